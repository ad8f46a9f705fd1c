/** Where the test bed of this run leaves word of itself. */
import { readFileSync } from 'node:fs';

/** The site as built for the test bed. */
export const bedRoot = 'test-results/site';
export const bedFile = 'test-results/bed/bed.json';

const bed = () =>
  JSON.parse(readFileSync(bedFile, 'utf8')) as {
    readonly doh: string;
    readonly anchorFile: string;
  };

/** The file with the trust anchor of the test bed. */
export const anchorFile = (): string => bed().anchorFile;

/** The DoH address of the test bed; with settings, one that fails or lies (tests/testbed/README.md). */
export function doh(settings: Readonly<Record<string, string>> = {}): string {
  const { doh: address } = bed();
  const query = new URLSearchParams(settings).toString();
  return query === '' ? address : `${address}?${query}`;
}
