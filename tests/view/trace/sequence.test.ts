import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cast } from '../../../src/view/trace/cast.ts';
import { lanesOf } from '../../../src/view/trace/row.ts';
import { showRows } from '../../../src/view/trace/rows.ts';
import { endsWith, gridLineOf, laneAt, placeRow } from '../../../src/view/trace/sequence.ts';
import { verdicts } from '../../../src/view/verdict.ts';
import { simulate } from '../../../src/view/simulator/simulate.ts';
import {
  defaultKnobs,
  knobNames,
  knobValues,
  type Knobs,
} from '../../../src/world/simulated/knobs.ts';
import { attackerAddress, events } from './trace-example.ts';

/** Whole deliveries, on a machine that does other things too. */
const patience = { timeout: 60_000 };

const rows = showRows({ events }, new Set([attackerAddress]));
const lanes = lanesOf(rows, cast);
const lane = (member: (typeof cast)[number]) => lanes.indexOf(member);

const anyKnobs: fc.Arbitrary<Knobs> = fc.record(
  Object.fromEntries(
    knobNames.map((name) => [name, fc.constantFrom(...(knobValues[name] as readonly string[]))]),
  ),
) as unknown as fc.Arbitrary<Knobs>;

describe('a row as a band of the diagram', () => {
  it('strikes the answer that was sent at the attacker, and starts the forged one there', () => {
    expect(
      placeRow(rows[0]!, lanes).messages.map(({ kind, from, to }) => [kind, from, to]),
    ).toEqual([
      ['asked', lane('sender'), lane('dns')],
      ['struck', lane('dns'), lane('attacker')],
      ['forged', lane('attacker'), lane('sender')],
    ]);
  });
  it('ends a question that the attacker caught at the attacker, marked as held back', () => {
    expect(placeRow(rows[2]!, lanes).messages.at(-1)).toMatchObject({
      kind: 'asked',
      to: lane('attacker'),
      mark: 'blocked',
    });
  });
  it('marks a step without messages as a decision of the sender', () => {
    expect(placeRow(rows[1]!, lanes)).toEqual({ messages: [], decidedAt: lane('sender') });
  });
  it('draws what goes through TLS as sealed, and nothing before it', () => {
    const { rows: safe } = simulate({ ...defaultKnobs, protection: 'dane' });
    const sealed = safe
      .flatMap((row) => row.exchanges)
      .map(({ question, sealed: isSealed }) => [question.split(' ')[0], isSealed]);
    expect(sealed).toContainEqual(['MAIL,', true]);
    expect(sealed).toContainEqual(['EHLO', false]);
    const { rows: stripped } = simulate({ ...defaultKnobs, line: 'strip' });
    expect(stripped.flatMap((row) => row.exchanges).some((each) => each.sealed)).toBe(false);
  });
});

describe('any delivery as a diagram', () => {
  it(
    'keeps every message between two lanes, with words, in columns of its own lines',
    patience,
    () => {
      fc.assert(
        fc.property(anyKnobs, (knobs) => {
          const run = simulate(knobs);
          const shown = lanesOf(run.rows, cast);
          for (const row of run.rows)
            for (const message of placeRow(row, shown).messages) {
              const { from, to, start, end, labelStart, labelEnd, label } = message;
              expect(label).not.toBe('');
              expect(Math.min(from, to)).toBeGreaterThanOrEqual(0);
              expect(Math.max(from, to)).toBeLessThan(shown.length);
              expect(start).toBeLessThan(end);
              expect([start, end]).toEqual(
                [from, to].map(gridLineOf).sort((left, right) => left - right),
              );
              expect(end).toBeLessThanOrEqual(2 * shown.length);
              // Words in the diagram, around the middle of their arrow.
              expect(labelStart).toBeGreaterThanOrEqual(1);
              expect(labelEnd).toBeLessThanOrEqual(2 * shown.length + 1);
              expect(start - labelStart).toBe(labelEnd - end);
            }
        }),
        { seed: 2016, numRuns: 60 },
      );
    },
  );
  it('has the same lanes in every row, in the order of the cast', patience, () => {
    fc.assert(
      fc.property(anyKnobs, (knobs) => {
        const { rows: shownRows } = simulate(knobs);
        const shown = lanesOf(shownRows, cast);
        expect(shown).toEqual(cast.filter((member) => shown.includes(member)));
        const placed = shown.map((_, index) => laneAt(index, shown.length));
        expect(placed).toEqual(placed.toSorted((left, right) => left - right));
      }),
      { seed: 2016, numRuns: 40 },
    );
  });
  it('never draws an honest answer where the attacker put another', patience, () => {
    fc.assert(
      fc.property(anyKnobs, (knobs) => {
        const { rows: shownRows } = simulate(knobs);
        const shown = lanesOf(shownRows, cast);
        for (const row of shownRows)
          if (row.exchanges.every((exchange) => exchange.tampered))
            expect(placeRow(row, shown).messages.map(({ kind }) => kind)).not.toContain('answered');
      }),
      { seed: 8461, numRuns: 40 },
    );
  });
  it.each(verdicts)('ends on a lane that is there: %s', (verdict) => {
    expect(cast).toContain(endsWith({ verdict }));
  });
});
