/** Pinned embeds: whole in themselves, and the same to the byte after every later release. */
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { pinReleases, releaseLimitBytes } from '../../commands/releases/pin.ts';
import { isMeasured } from '../../src/site/embed-code.ts';
import { release } from '../../src/site/release.ts';
import { embedHref, embeds } from '../../src/site/routes.ts';
import { root } from './site.ts';

const folder = join(root, 'v', release);
const files = globSync('**/*.*', { cwd: folder }).sort();

test('every embed of this release is pinned, in both languages', () => {
  const missing = embeds
    .flatMap(({ id }) => (['nl', 'en'] as const).map((lang) => embedHref(id, lang)))
    .filter((path) => !existsSync(join(folder, path, 'index.html')));
  expect(missing).toEqual([]);
});

test('a pinned embed takes no file from the build, only from its own folder', () => {
  const texts = files.filter((file) => /\.(html|js|css)$/.test(file));
  expect(texts.length).toBeGreaterThan(10);
  const wrong = texts.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [...text.matchAll(/["'(=\s`]\/?_astro\/[^"')\s`]*/g)].map(
      ([found]) => `${file}: ${found}`,
    );
  });
  expect(wrong).toEqual([]);
  const named = texts.flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/\/v\/[\d.]+\/_astro\/[\w.~-]+\.\w+/g),
    ].map(([path]) => path),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every embed has been measured, so that its code has a height that fits', () => {
  expect(embeds.filter(({ id }) => !isMeasured(id)).map(({ id }) => id)).toEqual([]);
});

test('a release keeps within its size', () => {
  const bytes = files.reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0);
  expect(bytes).toBeLessThan(releaseLimitBytes);
});

describe('a later release', () => {
  const place = mkdtempSync(join(tmpdir(), 'sts-dane-pinned-'));
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  test('leaves every byte of the earlier one as it was, and has its own', () => {
    const [later, releases] = [join(place, 'dist'), join(place, 'releases')];
    cpSync(root, later, { recursive: true });
    cpSync(folder, join(releases, release), { recursive: true });
    // The later build differs in every script and every embed.
    for (const file of globSync('{_astro/*.js,embed/*/*.html,en/embed/*/*.html}', { cwd: later })) {
      const text = readFileSync(join(later, file), 'utf8');
      writeFileSync(
        join(later, file),
        `${text}\n${file.endsWith('.js') ? '// later' : '<!-- later -->'}`,
      );
    }
    const pinned = pinReleases(later, '99.0.0', releases);
    expect(pinned.map(({ version, from }) => [version, from])).toEqual([
      [release, 'released'],
      ['99.0.0', 'built'],
    ]);
    const changed = files.filter(
      (file) =>
        !readFileSync(join(folder, file)).equals(readFileSync(join(later, 'v', release, file))),
    );
    expect(changed).toEqual([]);
    expect(globSync('**/*.*', { cwd: join(later, 'v', release) }).sort()).toEqual(files);
    const [page = ''] = files.filter((file) => file.endsWith('.html'));
    expect(readFileSync(join(later, 'v', '99.0.0', page), 'utf8')).toContain('<!-- later -->');
  });

  test('does not make anew what was released under its own number', () => {
    const [again, releases] = [join(place, 'again'), join(place, 'kept')];
    cpSync(root, again, { recursive: true });
    cpSync(folder, join(releases, release), { recursive: true });
    writeFileSync(join(releases, release, 'mark.txt'), 'released');
    pinReleases(again, release, releases);
    expect(readFileSync(join(again, 'v', release, 'mark.txt'), 'utf8')).toBe('released');
  });
});
