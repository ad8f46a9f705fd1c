/** Where the test bed of this run leaves word of itself. */
import { readFileSync } from 'node:fs';

/** The site as built for the test bed. */
export const bedRoot = 'test-results/site';
export const bedFile = 'test-results/bed/bed.json';

export interface BedWord {
  readonly doh: string;
  readonly anchorFile: string;
  readonly resolverPort: number;
  /** DS records of the root of the test bed. */
  readonly anchors: readonly string[];
}

export const bed = (): BedWord => JSON.parse(readFileSync(bedFile, 'utf8')) as BedWord;

/** The file with the trust anchor of the test bed. */
export const anchorFile = (): string => bed().anchorFile;

/** The DoH address of the test bed; with settings, one that fails or lies (tests/testbed/README.md). */
export function doh(settings: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(settings).toString();
  return query === '' ? bed().doh : `${bed().doh}?${query}`;
}
