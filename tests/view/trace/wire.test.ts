import { describe, expect, it } from 'vitest';
import { formatData } from '../../../src/core/dns/format.ts';
import { decodeMessage } from '../../../src/core/dns/message.ts';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import { readFacts } from '../../../src/site/facts/read.ts';
import type { WireLine } from '../../../src/view/trace/exchange.ts';
import { octetsOf } from '../../../src/view/trace/octets.ts';
import { clauseOf, wireClauses } from '../../../src/view/trace/wire.table.ts';
import { simulate } from '../../../src/view/simulator/simulate.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { defaultKnobs, knobValues, type Knobs } from '../../../src/world/simulated/knobs.ts';

const words = readWords();
const { facts } = readFacts('content');

const linesOf = (knobs: Partial<Knobs>) =>
  simulate({ ...defaultKnobs, ...knobs }).rows.flatMap((row) =>
    row.exchanges.flatMap(({ wire }) =>
      wire ? [...wire.question, ...wire.answer, ...wire.original] : [],
    ),
  );

describe('what goes over the line, stretch by stretch', () => {
  it('has every clause in its source, so that the link beside it leads somewhere', () => {
    for (const { source, section } of Object.values(wireClauses))
      expect(facts.sources.get(source)?.sections, source).toHaveProperty([section]);
  });
  it.each(knobValues.protection)(
    'has a word for every note in both languages: %s',
    (protection) => {
      for (const line of linesOf({ protection, history: 'known', 'forge-mx': 'yes' }))
        for (const { note } of line.spans)
          if (note)
            for (const lang of ['nl', 'en'] as const) expect(words[lang]).toHaveProperty([note]);
    },
  );
  it('owns every character of a TLSA record, an MX record and a policy', () => {
    for (const line of linesOf({ protection: 'dane-and-mta-sts' })) {
      const text = line.spans.map((span) => span.text).join('');
      if (!/ (TLSA|MX) \S| mode:|^(version|mode|mx|max_age):/.test(text)) continue;
      const unowned = line.spans.filter((span) => span.clause === undefined);
      expect(unowned.map((span) => span.text)).toEqual([]);
    }
  });
  it('gives the value of a field the clause of the field', () => {
    expect(clauseOf('tlsa.usage.3')).toEqual(wireClauses['tlsa.usage']);
    expect(clauseOf('certificate.names')).toBeUndefined();
  });
});

describe('the same as octets', () => {
  const lines = [
    ...linesOf({ protection: 'dane-and-mta-sts', mx: 'two', alias: 'signed' }),
    ...linesOf({ protection: 'smtp-sts-2016', history: 'known', mx: 'two' }),
    ...linesOf({ protection: 'mta-sts', line: 'strip', 'policy-host': 'broken' }),
  ];
  const ofForm = (form: WireLine['form']) => lines.filter((line) => line.form === form);
  const joined = (line: WireLine) => concatOctets(octetsOf(line).map(({ octets }) => octets));

  it('is a record that our decoder reads back, whatever its type', () => {
    const types = new Set<string>();
    for (const line of ofForm('record')) {
      // A response that holds just this record (RFC 1035 §4.1).
      const head = Uint8Array.of(0, 0, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0);
      const decoded = decodeMessage(concatOctets([head, joined(line)]));
      if (!decoded.ok) throw new Error(line.spans.map(({ text }) => text).join(''));
      const [record] = decoded.value.answer;
      const told = line.spans.map(({ text }) => text).join('');
      expect(`${record!.name}. ${record!.ttlSeconds} IN ${record!.type} `).toBe(
        line.spans
          .slice(0, 4)
          .map(({ text }) => text)
          .join(''),
      );
      expect(told).toContain(formatData(record!));
      types.add(record!.type);
    }
    expect([...types].sort()).toEqual(['A', 'CNAME', 'MX', 'TLSA', 'TXT']);
  });
  it('is a question that our decoder reads back', () => {
    for (const line of ofForm('question')) {
      const head = Uint8Array.of(0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0);
      const decoded = decodeMessage(concatOctets([head, joined(line)]));
      const [question] = decoded.ok ? decoded.value.questions : [];
      expect(`${question?.name}. IN ${question?.type}`).toBe(
        line.spans.map(({ text }) => text).join(''),
      );
    }
  });
  it('is every character of an SMTP line or a policy, and what ends it', () => {
    expect(ofForm('line').length).toBeGreaterThan(20);
    for (const line of ofForm('line')) {
      const text = line.spans.map((each) => each.text).join('');
      expect(new TextDecoder().decode(joined(line))).toBe(`${text}${line.end}`);
      if (text.startsWith('2')) expect(line.end).toBe('\r\n');
    }
  });
  it('is the whole question to a policy host and its whole answer, as HTTP/1.1 has them', () => {
    const [fetched] = simulate({ ...defaultKnobs, protection: 'mta-sts' }).rows.flatMap((row) =>
      row.exchanges.filter((each) => each.with === 'policy-host'),
    );
    const told = (wire: readonly WireLine[]) =>
      new TextDecoder().decode(concatOctets(wire.map(joined)));
    expect(told(fetched!.wire!.question)).toBe(
      'GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: mta-sts.gemeente.example\r\n\r\n',
    );
    expect(told(fetched!.wire!.answer)).toBe(
      'HTTP/1.1 200 \r\nContent-Type: text/plain\r\n\r\n' +
        'version: STSv1\r\nmode: enforce\r\nmx: mx1.gemeente.example\r\nmax_age: 604800\r\n',
    );
  });
  it('invents none for a certificate that this world made up, and says so', () => {
    const certificates = ofForm('symbolic');
    expect(certificates.length).toBeGreaterThan(3);
    for (const line of certificates) expect(octetsOf(line)).toEqual([]);
    for (const lang of ['nl', 'en'] as const)
      expect(words[lang]).toHaveProperty(['steps.symbolic']);
  });
  it('owns the end of a line by the standard that the line is of', () => {
    const ends = new Map(
      ofForm('line').map(({ spans, endNote }) => [spans[0]?.text ?? '', endNote] as const),
    );
    expect(ends.get('STARTTLS')).toBe('line.end');
    expect(ends.get('mode: enforce')).toBe('policy.line-end');
    expect(ends.get('HTTP/1.1 ')).toBe('http.line-end');
    expect(ends.get('')).toBe('http.head-end');
  });
  it('has an owner for every octet: a word in both languages, and a clause', () => {
    for (const line of lines)
      for (const { octets, note, clause } of octetsOf(line)) {
        expect(octets.length, note).toBeGreaterThan(0);
        expect(clause, note).toBeDefined();
        for (const lang of ['nl', 'en'] as const) expect(words[lang]).toHaveProperty([note]);
      }
  });
  it('divides a text of more than 255 octets as the standard does', () => {
    const spans = ['x'.repeat(200), 'y'.repeat(300)].map((text) => ({ text }));
    const line: WireLine = {
      form: 'record',
      spans: [
        ...['a.example. ', '60 ', 'IN ', 'TXT '].map((text, at) => ({
          text,
          note: `wire.record.${['name', 'ttl', 'class', 'type'][at]}`,
        })),
        ...spans,
      ],
    };
    const head = Uint8Array.of(0, 0, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0);
    const decoded = decodeMessage(concatOctets([head, joined(line)]));
    const [record] = decoded.ok ? decoded.value.answer : [];
    const strings = record !== undefined && 'strings' in record ? record.strings : [];
    expect(strings.map(({ length }) => length)).toEqual([255, 245]);
  });
});
