import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attacks,
  axisDays,
  fromQuery,
  limits,
  stopOf,
  stops,
  toQuery,
  type FirstContactState,
} from '../../../src/view/first-contact/state.ts';

const half = (low: number, high: number) =>
  fc.integer({ min: low * 2, max: high * 2 }).map((value) => value / 2);

const states: fc.Arbitrary<FirstContactState> = fc
  .record({
    attack: fc.constantFrom(...attacks),
    from: half(0, axisDays),
    length: half(0, axisDays),
    interval: half(limits.interval.low, limits.interval.high),
    lifetime: half(limits.lifetime.low, limits.lifetime.high),
    refresh: fc.boolean(),
    draft: fc.constantFrom('text', 'pseudocode'),
  })
  .map(({ length, ...state }) => ({ ...state, to: Math.min(axisDays, state.from + length) }));

describe('first contact as an address', () => {
  it('comes back as it was, whatever it was', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(fromQuery(toQuery(state))).toEqual({ state, corrections: [], dot: undefined });
      }),
      { seed: 2016 },
    );
  });
  it('never throws and never leaves the limits, whatever the address says', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('from', 'to', 'interval', 'attack', 'dot', 'stop'),
          fc.string(),
        ),
        (parameters) => {
          const { state } = fromQuery(new URLSearchParams(parameters));
          expect(state.from).toBeGreaterThanOrEqual(0);
          expect(state.to).toBeGreaterThanOrEqual(state.from);
          expect(state.to).toBeLessThanOrEqual(axisDays);
          expect(state.interval).toBeGreaterThanOrEqual(limits.interval.low);
        },
      ),
      { seed: 2016 },
    );
  });
  it('turns a window that ends before it begins into one of no length, and says so', () => {
    const { state, corrections } = fromQuery(new URLSearchParams('from=9&to=3'));
    expect(state).toMatchObject({ from: 9, to: 9 });
    expect(corrections.map(({ key }) => key)).toEqual(['link.window-reversed']);
  });
  it('knows each of its six stops again', () => {
    expect(stops).toHaveLength(6);
    for (const stop of stops) expect(stopOf(stop.state)).toBe(stop.id);
  });
  it('opens the message that the address names', () => {
    expect(fromQuery(new URLSearchParams('dot=mta-sts.3')).dot).toEqual({
      track: 'mta-sts',
      index: 2,
    });
    const { dot, corrections } = fromQuery(new URLSearchParams('dot=spf.3'));
    expect(dot).toBeUndefined();
    expect(corrections).toHaveLength(1);
  });
});
