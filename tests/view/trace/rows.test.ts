import { describe, expect, it } from 'vitest';
import { exchangeText } from '../../../src/view/trace/exchange.ts';
import { showRows } from '../../../src/view/trace/rows.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { attackerAddress, events } from './trace-example.ts';

const rows = showRows({ events }, new Set([attackerAddress]));
const words = readWords();

describe('a trace as rows', () => {
  it('has one row for each step, numbered from 1, each with its rule and citations', () => {
    expect(rows.map(({ number, rule }) => [number, rule])).toEqual([
      [1, 'smtp.mx-found'],
      [2, 'smtp.certificate-not-judged'],
      [3, 'smtp.starttls-offered'],
    ]);
    for (const row of rows) expect(row.because.length).toBeGreaterThan(0);
  });
  it('gives each question to the step that follows it, and the last ones to the last step', () => {
    expect(rows.map((row) => row.exchanges.map((exchange) => exchange.question))).toEqual([
      ['MX recipient.example'],
      [],
      [`${attackerAddress}:25`, 'EHLO', 'TXT _mta-sts.recipient.example'],
    ]);
  });
  it('does not show the clock as somebody who was asked', () => {
    expect(rows[0]?.exchanges).toHaveLength(1);
  });
  it('shows memory as somebody who is asked and told', () => {
    const remembered = showRows({
      events: [
        { kind: 'step', rule: 'mta-sts.policy-cached', evidence: { id: '20160513' } },
        { kind: 'step', rule: 'mta-sts.policy-expired' },
        { kind: 'step', rule: 'smtp.mx-found' },
      ],
    });
    expect(
      remembered.map((row) => row.exchanges.map(({ question, answer }) => [question, answer])),
    ).toEqual([[['+ 20160513', undefined]], [['?', '∅']], []]);
  });
  it('shows a server of the attacker as the attacker, also after the connection', () => {
    expect(rows[2]?.exchanges.map((exchange) => exchange.with)).toEqual([
      'attacker',
      'attacker',
      'dns',
    ]);
  });
});

describe('an exchange in words and in wire lines', () => {
  it.each(['nl', 'en'] as const)('says every exchange, forged ones too, in %s', (lang) => {
    const say = sayWith(words[lang], lang);
    for (const exchange of rows.flatMap((row) => row.exchanges)) {
      const text = exchangeText(exchange, say);
      expect(text).toContain(exchange.question);
      expect(text).not.toMatch(/exchange\.|cast\.|\{/);
    }
  });
  it('keeps what was sent and never arrived apart from what arrived', () => {
    const wire = rows[0]!.exchanges[0]!.wire!;
    const text = (lines: (typeof wire)['answer']) =>
      lines.flatMap((line) => line.spans.map((span) => span.text)).join('');
    expect(text(wire.answer)).toContain('mx.attacker.example');
    expect(text(wire.original)).toContain('mx1.recipient.example');
    expect(text(wire.answer)).not.toContain('mx1.recipient.example');
  });
  it('has a word in both languages for every note on a stretch', () => {
    for (const { wire } of rows.flatMap((row) => row.exchanges)) {
      const { question, answer, original } = wire!;
      for (const line of [...question, ...answer, ...original])
        for (const { note } of line.spans)
          if (note)
            for (const lang of ['nl', 'en'] as const) expect(words[lang]).toHaveProperty([note]);
    }
  });
});
