/** The releases of this site: `content/releases.yaml`, and the one in preparation. */
import { contentOfBuild } from './content.ts';
import { release } from './release.ts';
import { releasesSchema, type Release } from './schemas/release.ts';

/** All releases, newest first. */
export const releases = (): readonly Release[] => contentOfBuild('releases.yaml', releasesSchema);

/** The version that is built, while it is not in the list yet. */
export const inPreparation = (): string | undefined =>
  releases().some(({ version }) => version === release) ? undefined : release;

export const releaseAnchor = (version: string): string => `r${version.replaceAll('.', '-')}`;
