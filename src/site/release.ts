/**
 * The release of this copy: the version in package.json, shown in the foot and in credit lines. With `STS_DANE_PINNED`
 * Astro builds the pinned edition of that version instead (`npm run release`): its articles and embeds under
 * `/v/VERSION/`, linked to each other, and nothing else that is kept.
 */
import { readFileSync } from 'node:fs';

const pinned = process.env['STS_DANE_PINNED'];

export const isPinnedEdition = pinned !== undefined;

export const release: string =
  pinned ?? (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
