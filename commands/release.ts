/**
 * `npm run release`: keeps the pinned embeds of the build in `dist/` for good, in `releases/VERSION/`.
 * Refuses a version that was released before, and one over the limit. Commit what it writes.
 */
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { release } from '../src/site/release.ts';
import { pinnedFiles, pinReleases, releaseLimitBytes } from './releases/pin.ts';

const target = join('releases', release);
if (existsSync(target)) {
  console.error(`${target} is there already: raise the version in package.json first.`);
  process.exit(1);
}
const pinned = pinReleases('dist', release, 'releases').find(({ version }) => version === release);
if (!pinned || pinned.pages === 0) {
  console.error('dist/ has no embeds: run npm run build first.');
  process.exit(1);
}
if (pinned.bytes > releaseLimitBytes) {
  console.error(`${release} weighs ${pinned.bytes} bytes; the limit is ${releaseLimitBytes}.`);
  process.exit(1);
}
for (const file of pinnedFiles('dist', release)) cpSync(join('dist', file), join(target, file));
console.log(`${target}: ${pinned.pages} pages, ${(pinned.bytes / 1e6).toFixed(2)} MB.`);
