/** The releases of this site: `content/releases.yaml`, and the one in preparation. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { release } from './release.ts';
import { releasesSchema, type Release } from './schemas/release.ts';

const file = 'content/releases.yaml';

/** All releases, newest first; throws with file and reason when the list does not hold. */
export function releases(): readonly Release[] {
  const read = releasesSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  throw new Error(
    `${file}: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  );
}

/** The version that is built, while it is not in the list yet. */
export const inPreparation = (): string | undefined =>
  releases().some(({ version }) => version === release) ? undefined : release;

export const releaseAnchor = (version: string): string => `r${version.replaceAll('.', '-')}`;
