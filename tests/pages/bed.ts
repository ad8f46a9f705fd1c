/** Where the test bed of this run leaves word of itself. */
import { readFileSync } from 'node:fs';

/** The site as built for the test bed. */
export const bedRoot = 'test-results/site';
export const bedFile = 'test-results/bed/bed.json';

/** The DoH address of the test bed; with settings, one that fails or lies (tests/testbed/README.md). */
export function doh(settings: Readonly<Record<string, string>> = {}): string {
  const { doh: address } = JSON.parse(readFileSync(bedFile, 'utf8')) as { doh: string };
  const query = new URLSearchParams(settings).toString();
  return query === '' ? address : `${address}?${query}`;
}
