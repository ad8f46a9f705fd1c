/** The releases of this site: `content/releases.yaml`, and the one in preparation; what each keeps is in `releases/`. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../view/messages/lang.ts';
import { contentOfBuild } from './content.ts';
import { isPinnedEdition, release } from './release.ts';
import { livingRouteOf, type PageId } from './routes.ts';
import { releasesSchema, type Release } from './schemas/release.ts';

/** All releases, newest first. */
export const releases = (): readonly Release[] => contentOfBuild('releases.yaml', releasesSchema);

/** The version that is built, while it is not in the list yet. */
export const inPreparation = (): string | undefined =>
  releases().some(({ version }) => version === release) ? undefined : release;

export const releaseAnchor = (version: string): string => `r${version.replaceAll('.', '-')}`;

const folderOf = (version: string): string => join('releases', version, 'v', version);

/**
 * The newest release that keeps this page, or the one that is asked for, with the page's address there; in the pinned
 * edition its own.
 */
export function keptIn(page: PageId, lang: Lang, asked?: string) {
  const route = livingRouteOf(page);
  const kept = releases().find(({ version }) =>
    isPinnedEdition
      ? version === release && !route.livingOnly
      : (asked === undefined || version === asked) &&
        existsSync(join(folderOf(version), route[lang], 'index.html')),
  );
  return kept && { ...kept, address: `/v/${kept.version}${route[lang]}` };
}

/** The files that a release has beside its pages: documents, figures, checksums. */
export const filesOf = (
  version: string,
): readonly { readonly path: string; readonly bytes: number }[] =>
  existsSync(folderOf(version))
    ? readdirSync(folderOf(version), { withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name !== 'index.html')
        .map(({ name }) => ({
          path: `/v/${version}/${name}`,
          bytes: statSync(join(folderOf(version), name)).size,
        }))
        .sort((one, other) => (one.path < other.path ? -1 : 1))
    : [];
