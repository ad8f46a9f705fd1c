import { describe, expect, it } from 'vitest';
import {
  assumptionsOf,
  defaultState,
  fromQuery,
  sizes,
  stateOfSize,
  toQuery,
} from '../../../src/view/burden/state.ts';
import { burdenOf } from '../../../src/core/cost/burden.ts';
import { burdenDrawing } from '../../../src/view/burden/drawing.ts';
import { csvOf, place, playedRates, pointsOf } from '../../../src/view/burden/view.ts';
import { svgOf } from '../../../src/view/drawing/drawing.ts';

describe('the curve of mail that meets an empty memory', () => {
  it.each([0.5, 7, 11.57, 365])(
    'is the same computed and played out, within four standard errors, at %s days',
    (lifetime) => {
      for (const point of pointsOf({ lifetime, refresh: 0 }))
        expect(Math.abs(point.played - point.computed)).toBeLessThan(4 * point.error + 0.002);
    },
  );
  it('is next to nothing when the policy is refreshed in time', () => {
    for (const point of pointsOf({ lifetime: 7, refresh: 1 }))
      expect(point.played).toBeLessThan(0.001);
  });
  it('is not helped by a refresh that comes after the policy has expired', () => {
    expect(pointsOf({ lifetime: 2, refresh: 5 })).toEqual(pointsOf({ lifetime: 2, refresh: 0 }));
  });
  it.each([340, 900])('stays inside a picture of %s pixels', (width) => {
    const picture = place(defaultState, pointsOf(defaultState), width);
    for (const { x, y } of [...picture.dots, picture.marker]) {
      expect(x).toBeGreaterThanOrEqual(picture.plot.left);
      expect(x).toBeLessThanOrEqual(picture.plot.right);
      expect(y).toBeGreaterThanOrEqual(picture.plot.top);
      expect(y).toBeLessThanOrEqual(picture.plot.bottom);
    }
  });
});

describe('the numbers beside the three senders', () => {
  it('change with every assumption that the reader can change', () => {
    const before = burdenOf(assumptionsOf(defaultState));
    const after = (change: Partial<typeof defaultState>) =>
      burdenOf(assumptionsOf({ ...defaultState, ...change }));
    expect(after({ fetch: 12_000 }).httpsBytesPerDay).toBeCloseTo(2 * before.httpsBytesPerDay);
    expect(after({ entry: 600 }).cacheBytes).toBeCloseTo(2 * before.cacheBytes);
    expect(after({ hosts: 4 }).daneLookupsPerDay).toBeCloseTo(2 * before.daneLookupsPerDay);
    expect(after({ ttl: 24 }).daneLookupsPerDay).toBeLessThan(before.daneLookupsPerDay);
    expect(after({ zipf: 0 }).cacheEntries).not.toBeCloseTo(before.cacheEntries);
  });
  it('are not helped by a refresh that comes too late', () => {
    const late = burdenOf(assumptionsOf({ ...defaultState, lifetime: 2, refresh: 5 }));
    expect(late).toEqual(burdenOf(assumptionsOf({ ...defaultState, lifetime: 2 })));
  });
});

describe('the burden as an address', () => {
  it.each(sizes)('comes back as it was: %s', (size) => {
    const state = { ...stateOfSize(size), rate: 0.25, lifetime: 30, refresh: 1, publishing: 12.5 };
    expect(fromQuery(toQuery(state))).toEqual({ state, corrections: [] });
  });
  it('holds numbers to their limits and says so', () => {
    const { state, corrections } = fromQuery(
      new URLSearchParams('rate=0&lifetime=9999&refresh=x&sender=bank'),
    );
    expect(state).toMatchObject({ rate: 0.01, lifetime: 365, refresh: 0, size: 'municipality' });
    expect(corrections.map(({ key }) => key)).toEqual([
      'link.unknown-choice',
      'link.out-of-range',
      'link.out-of-range',
      'link.not-a-number',
    ]);
  });
  it('hands the model what the reader set', () => {
    expect(assumptionsOf({ ...defaultState, publishing: 50, refresh: 0 })).toMatchObject({
      publishingShare: 0.5,
    });
    expect(assumptionsOf({ ...defaultState, refresh: 0 })).not.toHaveProperty('refreshDays');
  });
});

describe('the figure as files', () => {
  const points = pointsOf(defaultState);
  it('has one line of the table for each point, and a head', () => {
    expect(csvOf(points).trim().split('\r\n')).toHaveLength(playedRates.length + 1);
  });
  const drawn = (say: (key: string) => string) =>
    svgOf(burdenDrawing(place(defaultState, points, 760), 7, say, String));
  it('names its axis, its curves, its dots and its source in the picture itself', () => {
    const svg = drawn((key) => key);
    for (const key of [
      'burden.axis-x',
      'burden.source',
      'burden.played',
      'burden.curve.chosen',
      'burden.curve.draft-2016',
      'burden.curve.year',
    ])
      expect(svg).toContain(`>${key}<`);
    expect(svg).toMatch(/<title[^>]*>burden\.picture</);
  });
  it('escapes what stands in the picture', () => {
    const svg = drawn(() => '<b>&"');
    expect(svg).not.toContain('<b>');
    expect(svg).toContain('&#60;b&#62;&#38;&#34;');
  });
});
