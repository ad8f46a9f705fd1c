import { longestLifetime2016Seconds } from '../../../src/core/sts-2016/lifetime.ts';
import { maxAgeMostSeconds } from '../../../src/core/mta-sts/memory.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  burdenOf,
  type SenderAssumptions,
  zipfBands,
  daneLookupsPerDay,
  daysOf,
  emptyCacheShare,
  fetchesPerDayOnDemand,
  keptShare,
} from '../../../src/core/cost/burden.ts';
import { Gaps, seededChance, simulateCache } from '../../../src/core/cost/simulate.ts';
import { senders } from '../../../src/core/cost/senders.table.ts';

const percent = (share: number, digits: number) => `${(share * 100).toFixed(digits)}%`;

describe('mail that meets an empty cache', () => {
  const days2016 = daysOf(longestLifetime2016Seconds);
  const daysRfc = daysOf(maxAgeMostSeconds);
  it.each([
    ['1000 a day, 11.57 days', 1000, days2016, 3, '0.009%'],
    ['1 a day, 11.57 days', 1, days2016, 1, '8.0%'],
    ['1 a week, 11.57 days', 1 / 7, days2016, 1, '37.7%'],
    ['1 a month, 11.57 days', 12 / 365, days2016, 1, '72.4%'],
    ['1 a week, 365.25 days', 1 / 7, daysRfc, 1, '1.9%'],
    ['1 a month, 365.25 days', 12 / 365, daysRfc, 1, '7.7%'],
  ])('%s gives the share of the dossier', (_, rate, days, digits, expected) => {
    expect(percent(emptyCacheShare(rate, days), digits)).toBe(expected);
  });

  it('is all mail when nothing is kept', () => {
    expect(emptyCacheShare(5, 0)).toBe(1);
  });

  it('falls when lifetime or mail grows, and never leaves 0 to 1', () => {
    const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, positive, (rate, days, more) => {
        const share = emptyCacheShare(rate, days);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
        expect(emptyCacheShare(rate + more, days)).toBeLessThanOrEqual(share);
        expect(emptyCacheShare(rate, days + more)).toBeLessThanOrEqual(share);
        expect(keptShare(rate, days) + share).toBeCloseTo(1, 12);
      }),
      { seed: 461 },
    );
  });

  it('makes more fetches per message for the smaller sender, and fewer in total', () => {
    const [small, large] = [
      fetchesPerDayOnDemand(1 / 7, 11.57),
      fetchesPerDayOnDemand(1000, 11.57),
    ];
    expect(small).toBeLessThan(large);
    expect(small / (1 / 7)).toBeGreaterThan(large / 1000);
  });

  it('counts the lookups of DANE per host', () => {
    expect(daneLookupsPerDay(24, 1 / 24, 2)).toBeCloseTo(24, 10);
  });
});

describe('the simulated cache', () => {
  it.each([
    [1000, 11.57],
    [10, 11.57],
    [1, 11.57],
    [1 / 7, 11.57],
    [1 / 30.4375, 11.57],
    [1 / 7, 365.25],
  ])('agrees with 1/(1+rL) within three standard errors for r=%d, L=%d', (rate, days) => {
    const run = simulateCache(
      { messagesPerDay: rate, lifetimeDays: days, days: 200_000 / rate },
      new Gaps(seededChance(8461)),
    );
    const expected = emptyCacheShare(rate, days);
    // One more cycle at the edge of the run.
    const edge = 1 / run.messages;
    expect(Math.abs(run.share - expected)).toBeLessThan(3 * run.standardError + edge);
    expect(run.standardError).toBeLessThan(0.05 * expected);
    expect(run.fetches).toBe(run.metEmpty);
  });

  it('meets an empty cache only once when it refreshes ahead', () => {
    const run = simulateCache(
      { messagesPerDay: 0.2, lifetimeDays: 7, refreshDays: 1, days: 10_000 },
      new Gaps(seededChance(1)),
    );
    expect(run.metEmpty).toBe(1);
    expect(run.fetches).toBeGreaterThan(9_900);
  });

  it('is the same run for the same seed, and another for another', () => {
    const stream = { messagesPerDay: 1, lifetimeDays: 3, days: 5_000 };
    expect(simulateCache(stream, new Gaps(seededChance(7)))).toEqual(
      simulateCache(stream, new Gaps(seededChance(7))),
    );
    expect(simulateCache(stream, new Gaps(seededChance(7)))).not.toEqual(
      simulateCache(stream, new Gaps(seededChance(8))),
    );
  });

  it('is the same run whether its gaps were drawn before or are drawn now', () => {
    const stream = { messagesPerDay: 1, lifetimeDays: 3, days: 5_000 };
    const gaps = new Gaps(seededChance(7));
    simulateCache({ ...stream, messagesPerDay: 2, lifetimeDays: 30 }, gaps);
    expect(simulateCache(stream, gaps)).toEqual(simulateCache(stream, new Gaps(seededChance(7))));
  });

  it('stays within 0 and 1 for any seed', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const chance = seededChance(seed);
        for (let count = 0; count < 20; count += 1) {
          const drawn = chance();
          expect(drawn > 0 && drawn < 1).toBe(true);
        }
      }),
      { seed: 461 },
    );
  });
});

describe('mail spread by the law of Zipf', () => {
  it.each([
    [10_000, 0.8],
    [10_000, 1],
    [50_000, 1.2],
  ])('in bands equals rank by rank for %d domains, exponent %d', (domains, exponent) => {
    const ranks = Array.from({ length: domains }, (_, index) => (index + 1) ** -exponent);
    const total = ranks.reduce((sum, weight) => sum + weight, 0);
    const exact = ranks.reduce((sum, weight) => sum + keptShare((weight / total) * 20_000, 7), 0);
    const bands = zipfBands(domains, exponent);
    const banded = bands.reduce(
      (sum, band) => sum + band.domains * keptShare(band.shareEach * 20_000, 7),
      0,
    );
    expect(Math.abs(banded - exact) / exact).toBeLessThan(0.001);
    expect(bands.reduce((sum, band) => sum + band.domains, 0)).toBe(domains);
    expect(bands.reduce((sum, band) => sum + band.domains * band.shareEach, 0)).toBeCloseTo(1, 9);
  });

  it('is equal for all domains with exponent 0', () => {
    for (const band of zipfBands(2_000, 0)) expect(band.shareEach).toBeCloseTo(1 / 2_000, 12);
  });
});

describe('the burden of a sender', () => {
  const burdens = Object.entries(senders).map(([size, sender]) => ({
    size,
    onDemand: burdenOf(sender),
    ahead: burdenOf({ ...sender, refreshDays: 1 } satisfies SenderAssumptions),
  }));

  it('covers less mail the smaller the sender is', () => {
    const shares = burdens.map(({ onDemand }) => onDemand.emptyCacheShare);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(shares[0]).toBeGreaterThan(shares[2] ?? 1);
  });

  it('grows in total and shrinks per message with size', () => {
    for (const [index, { onDemand }] of burdens.entries()) {
      const next = burdens[index + 1]?.onDemand;
      if (!next) continue;
      expect(next.httpsFetchesPerDay).toBeGreaterThan(onDemand.httpsFetchesPerDay);
      expect(next.fetchesPerMessage).toBeLessThan(onDemand.fetchesPerMessage);
    }
  });

  it('with refresh ahead keeps every publishing domain and fetches each daily', () => {
    for (const { size, ahead } of burdens) {
      const sender = senders[size as keyof typeof senders];
      expect(ahead.cacheEntries).toBeCloseTo(sender.domains * sender.publishingShare, 6);
      expect(ahead.httpsFetchesPerDay).toBeCloseTo(ahead.cacheEntries, 6);
      expect(ahead.emptyCacheShare).toBe(0);
    }
  });

  it('fetches exactly when a message meets an empty cache', () => {
    for (const { onDemand } of burdens)
      expect(onDemand.httpsFetchesPerDay).toBeCloseTo(onDemand.emptyCacheMessagesPerDay, 6);
  });
});
