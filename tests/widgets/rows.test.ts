import { describe, expect, it } from 'vitest';
import { cast } from '../../src/widgets/parts/cast.ts';
import { exchangeText } from '../../src/widgets/parts/exchange.ts';
import { lanesOf } from '../../src/widgets/parts/row.ts';
import { showRows } from '../../src/widgets/parts/rows.ts';
import { laneAt, placeRow } from '../../src/widgets/parts/strip.ts';
import { sayWith } from '../../src/words/say.ts';
import { readWords } from '../../src/words/read.ts';
import { attackerAddress, events } from './trace-example.ts';

const rows = showRows({ events }, new Set([attackerAddress]));
const lanes = lanesOf(rows, cast);
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
  it('shows memory as a lane of its own, asked and told', () => {
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
    expect(lanesOf(remembered, cast)).toEqual(['memory', 'sender', 'dns', 'receiver']);
  });
  it('shows a server of the attacker as the attacker, also after the connection', () => {
    expect(rows[2]?.exchanges.map((exchange) => exchange.with)).toEqual([
      'attacker',
      'attacker',
      'dns',
    ]);
  });
});

describe('a row as a strip of the diagram', () => {
  it('strikes the answer that was sent at the attacker, and starts the forged one there', () => {
    const strip = placeRow(rows[0]!, lanes);
    expect(strip.arrows.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['asked', laneAt(lanes, 'sender'), laneAt(lanes, 'dns')],
      ['struck', laneAt(lanes, 'dns'), laneAt(lanes, 'attacker')],
      ['forged', laneAt(lanes, 'attacker'), laneAt(lanes, 'sender')],
    ]);
  });
  it('ends a question that the attacker caught at the attacker, without an answer', () => {
    const caught = placeRow(rows[2]!, lanes).arrows.at(-1);
    expect(caught).toMatchObject({ kind: 'asked', to: laneAt(lanes, 'attacker') });
  });
  it('marks a step without exchanges as a decision of the sender', () => {
    expect(placeRow(rows[1]!, lanes)).toMatchObject({
      arrows: [],
      decidedAt: laneAt(lanes, 'sender'),
    });
  });
  it('keeps every arrow between the outer lanes and below the one before', () => {
    for (const row of rows) {
      const { arrows, heightPixels } = placeRow(row, lanes);
      arrows.forEach((arrow, index) => {
        expect(Math.min(arrow.from, arrow.to)).toBeGreaterThan(0);
        expect(Math.max(arrow.from, arrow.to)).toBeLessThan(100);
        expect(arrow.y).toBeGreaterThan(arrows[index - 1]?.y ?? 0);
        expect(arrow.y).toBeLessThan(heightPixels);
      });
    }
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
