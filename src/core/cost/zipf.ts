/**
 * How a sender's mail spreads over domains: few get much, many get little.
 * The k-th most mailed of n domains gets a share `k^-s / Σ j^-s` (Zipf's law, exponent s).
 */

/** Neighbouring ranks taken together. */
export interface ZipfBand {
  readonly domains: number;
  /** Share of all mail that each domain of the band gets. */
  readonly shareEach: number;
}

/** Ranks up to this one stand alone; beyond, bands widen by one per cent, which is exact enough. */
const ranksAlone = 500;
const widening = 1.01;

/** What was used last, for who drags another number: three senders stand beside each other, one may be changing. */
const kept = new Map<string, readonly ZipfBand[]>();
const keptAtMost = 4;

/**
 * Bands that together hold all domains and all mail.
 * Shape: `domains` at least 1; `exponent` from 0 (all equal) upwards. Each band's domains get the
 * share of its geometric middle; the sum of all shares is 1.
 */
export function zipfBands(domains: number, exponent: number): readonly ZipfBand[] {
  const key = `${domains} ${exponent}`;
  const bands = kept.get(key) ?? computedBands(domains, exponent);
  // A map keeps the order in which keys came: what is used moves to its end.
  kept.delete(key);
  kept.set(key, bands);
  for (const oldest of kept.keys()) if (kept.size > keptAtMost) kept.delete(oldest);
  return bands;
}

function computedBands(domains: number, exponent: number): readonly ZipfBand[] {
  const bands: { domains: number; weight: number }[] = [];
  let first = 1;
  while (first <= domains) {
    const last = Math.min(
      domains,
      first < ranksAlone ? first : Math.max(first, Math.floor(first * widening)),
    );
    bands.push({
      domains: last - first + 1,
      weight: Math.sqrt(first * last) ** -exponent,
    });
    first = last + 1;
  }
  const total = bands.reduce((sum, band) => sum + band.domains * band.weight, 0);
  return bands.map((band) => ({ domains: band.domains, shareEach: band.weight / total }));
}
