/** Embeds pinned to the version that is built, and `pinReleases` (releases whole: `release.test.ts`). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pinnedFiles, pinReleases } from '../../commands/releases/pin.ts';
import { isMeasured } from '../../src/site/embed-code.ts';
import { release } from '../../src/site/release.ts';
import { t } from '../../src/site/messages.ts';
import { embeds, pinnedHref } from '../../src/site/routes.ts';
import { attributes, root } from './site.ts';

const files = pinnedFiles(root, release);

test('every embed of this release is pinned, in both languages', () => {
  const missing = embeds
    .flatMap(({ id }) => (['nl', 'en'] as const).map((lang) => pinnedHref(id, lang).slice(1)))
    .filter((path) => !files.includes(`${path}index.html`));
  expect(missing).toEqual([]);
});

test('a pinned embed says so, and takes only files named by their digest, all of which its release keeps', () => {
  const pages = files.filter((file) => /\/embed\/.*index\.html$/.test(file));
  for (const page of pages) {
    const html = readFileSync(join(root, page), 'utf8');
    expect(html).toContain(t(page.includes('/en/') ? 'en' : 'nl', 'embed.pinned'));
    const taken = ['src', 'href', 'component-url', 'renderer-url', 'data-deferred']
      .flatMap((name) => attributes(html, name))
      .filter((address) => address.startsWith('/_astro/'));
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter((address) => !files.includes(address.slice(1)))).toEqual([]);
  }
  const digested = /^_astro\/[\w.-]+[.-][\w-]{8}\.\w+$/;
  const assets = files.filter((file) => !file.startsWith('v/'));
  expect(assets.filter((file) => !digested.test(file))).toEqual([]);
});

test('every embed has been measured, so that its code has a height that fits', () => {
  expect(embeds.filter(({ id }) => !isMeasured(id)).map(({ id }) => id)).toEqual([]);
});

describe('a later release', () => {
  const place = mkdtempSync(join(tmpdir(), 'sts-dane-pinned-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));
  const releases = join(place, 'releases');
  for (const file of files) cpSync(join(root, file), join(releases, release, file));

  test('has every byte of the earlier one, and its own', () => {
    const later = join(place, 'later');
    cpSync(root, later, { recursive: true });
    // The later build has other scripts, and rendered its embeds under its own number.
    cpSync(join(later, 'v', release), join(later, 'v', '99.0.0'), { recursive: true });
    for (const file of files) rmSync(join(later, file));
    const pinned = pinReleases(later, '99.0.0', releases);
    expect(pinned.map(({ version, from }) => [version, from])).toEqual([
      [release, 'released'],
      ['99.0.0', 'built'],
    ]);
    expect(pinnedFiles(later, release)).toEqual(files);
    const changed = files.filter(
      (file) => !readFileSync(join(root, file)).equals(readFileSync(join(later, file))),
    );
    expect(changed).toEqual([]);
  });

  test('does not make anew what was released under its own number', () => {
    const again = join(place, 'again');
    cpSync(root, again, { recursive: true });
    const [page = ''] = files;
    writeFileSync(join(again, page), 'rendered again');
    pinReleases(again, release, releases);
    expect(readFileSync(join(again, page))).toEqual(readFileSync(join(root, page)));
  });

  test('is refused where a file of the earlier one would become another', () => {
    const other = join(place, 'other');
    cpSync(root, other, { recursive: true });
    const script = files.find((file) => file.endsWith('.js')) ?? '';
    writeFileSync(join(other, script), 'other');
    expect(() => pinReleases(other, '99.0.0', releases)).toThrow(script);
  });
});
