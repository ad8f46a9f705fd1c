/** A release, cut in a copy of this checkout under a version that it does not have: whole, held together, and for good. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  languageBytes,
  languageLimitBytes,
  pinnedFiles,
  pinReleases,
} from '../../commands/releases/pin.ts';
import { figures } from '../../src/site/figures/figures.ts';
import { t } from '../../src/site/messages.ts';
import { release } from '../../src/site/release.ts';
import { embedHref, embeds, livingRouteOf, routes } from '../../src/site/routes.ts';
import { langs } from '../../src/view/messages/lang.ts';
import { attributes, fileFor, root } from './site.ts';

const version = '99.0.0';
const day = '2099-01-01';
const place = mkdtempSync(join(tmpdir(), 'sts-dane-cut-'));
const kept = join(place, 'releases', version);
const prefix = `/v/${version}`;
afterAll(() => rmSync(place, { recursive: true, force: true }));

const cut = () =>
  spawnSync(process.execPath, ['commands/release.ts', version, '--trial'], {
    cwd: place,
    encoding: 'utf8',
  });

beforeAll(() => {
  const papers = [
    'package.json',
    'package-lock.json',
    'codemeta.json',
    'CITATION.cff',
    'publiccode.yml',
  ];
  const rest = [
    'src',
    'content',
    'public',
    'commands',
    'CHANGELOG.md',
    'astro.config.ts',
    'svelte.config.js',
    'tsconfig.json',
  ];
  for (const each of [...papers, ...rest]) cpSync(each, join(place, each), { recursive: true });
  for (const file of papers) {
    const text = readFileSync(file, 'utf8');
    // A lock names its own version twice, before those of its packages.
    let left = file === 'package-lock.json' ? 2 : 1;
    const named = text.replace(/(?<=^ *"?(?:softwareVersion|version)"?: "?)[\d.]+/gm, (was) =>
      left-- > 0 ? version : was,
    );
    writeFileSync(join(place, file), named);
  }
  writeFileSync(
    join(place, 'content/releases.yaml'),
    `- { version: ${version}, date: ${day}, note: { nl: Proef., en: Trial. }, corrections: [] }\n`,
  );
  const changes = readFileSync('CHANGELOG.md', 'utf8').replace(
    /^## .*$/m,
    `## ${version} (${day})`,
  );
  writeFileSync(join(place, 'CHANGELOG.md'), changes);
  // Packages are those of this checkout; what a build keeps beside them is its own.
  mkdirSync(join(place, 'node_modules'));
  for (const name of readdirSync('node_modules').filter((each) => !/^\.(?!bin)/.test(each)))
    symlinkSync(resolve('node_modules', name), join(place, 'node_modules', name));
  const { status, stderr } = cut();
  if (status !== 0) throw new Error(stderr);
});

const pagesOf = (): readonly { readonly path: string; readonly html: string }[] =>
  pinnedFiles(kept, version)
    .filter((file) => file.endsWith('/index.html'))
    .map((file) => ({
      path: `/${dirname(file)}/`,
      html: readFileSync(join(kept, file), 'utf8'),
    }));
const toRead = () => pagesOf().filter(({ path }) => !path.includes('/embed/'));

test('it keeps every article and every embed in both languages, and no page that only lives', () => {
  const expected = langs.flatMap((lang) => [
    ...routes.filter((route) => !('livingOnly' in route)).map((route) => route[lang]),
    ...embeds.map(({ id }) => embedHref(id, lang)),
  ]);
  expect(expected.length).toBeGreaterThan(60);
  const found = pagesOf().map(({ path }) => path.slice(prefix.length));
  expect(found.filter((path) => !path.endsWith('/check/recorded/')).sort()).toEqual(
    expected.sort(),
  );
});

test('a kept article says what it is, since when, and where the newest and the corrections are', () => {
  for (const { path, html } of toRead()) {
    const lang = path.startsWith(`${prefix}/en/`) ? 'en' : 'nl';
    const living = path.slice(prefix.length);
    const [aside = ''] = /<aside class="pinned[\s\S]*?<\/aside>/.exec(html) ?? [];
    const date = lang === 'nl' ? '1 januari 2099' : '1 January 2099';
    expect(aside, path).toContain(t(lang, 'release.pinned', { version, date }));
    expect(attributes(aside, 'href'), path).toEqual([
      `${livingRouteOf('releases')[lang]}#r99-0-0`,
      living,
    ]);
    expect(html, path).toContain(`<link rel="canonical" href="${living}">`);
    expect(html, path).toContain('<meta name="robots" content="noindex">');
    // And how to cite it: at its own address.
    expect(html, path).toMatch(new RegExp(`<a href="${path}"[^>]*>${path}</a>`));
  }
});

test('a kept page links to its own release, and loads only what is kept', () => {
  const keptPaths = new Set(pagesOf().map(({ path }) => path));
  const files = new Set(pinnedFiles(kept, version));
  const ids = new Map(pagesOf().map(({ path, html }) => [path, new Set(attributes(html, 'id'))]));
  for (const { path, html } of pagesOf()) {
    const body = html.replace(
      /<aside class="pinned[\s\S]*?<\/aside>|<link rel="canonical"[^>]*>/g,
      '',
    );
    const links = attributes(body, 'href').map((href) => new URL(href, `http://site${path}`));
    const inside = links.filter(
      ({ host, pathname }) => host === 'site' && !pathname.startsWith('/_astro/'),
    );
    // An embed has a link to its newest; an article has none.
    const astray = inside.filter(({ pathname }) => keptPaths.has(prefix + pathname));
    expect(
      astray.map(({ pathname }) => pathname),
      path,
    ).toEqual(
      path.includes('/embed/') ? [path.slice(prefix.length).replace('/recorded/', '/')] : [],
    );
    const broken = inside.filter(({ pathname, hash }) =>
      pathname.startsWith(`${prefix}/`)
        ? !files.has(`${pathname.slice(1)}${pathname.endsWith('/') ? 'index.html' : ''}`) ||
          (hash !== '' && !ids.get(pathname)?.has(decodeURIComponent(hash.slice(1))))
        : fileFor(pathname) === undefined,
    );
    expect(
      broken.map(({ href }) => href),
      path,
    ).toEqual([]);
    const loaded = ['src', 'href', 'component-url', 'renderer-url', 'data-deferred']
      .flatMap((name) => attributes(html, name))
      .filter((address) => /^\/[^#]*\.\w+$/.test(address))
      .filter(
        (address) =>
          !['/icon.svg', '/data/matrix.json'].includes(address) && !address.startsWith('/corpus/'),
      );
    expect(
      loaded.filter((address) => !files.has(address.slice(1))),
      path,
    ).toEqual([]);
  }
});

test('it keeps within its weight in each language', () => {
  for (const lang of langs) {
    const bytes = languageBytes(kept, version, lang);
    expect(bytes).toBeGreaterThan(2_000_000);
    expect(bytes).toBeLessThanOrEqual(languageLimitBytes);
  }
});

test('it has figures, heights, changes and a bill of materials beside its pages, and a checksum of every file', () => {
  const beside = join(kept, prefix);
  const sums = readFileSync(join(beside, 'SHA256SUMS'), 'utf8').trim().split('\n');
  const summed = sums.map((line) => {
    const [digest = '', file = ''] = line.split('  ');
    const octets = readFileSync(join(beside, file));
    expect(createHash('sha256').update(octets).digest('hex'), file).toBe(digest);
    return join(prefix, file).slice(1);
  });
  const files = pinnedFiles(kept, version).filter((file) => !file.endsWith('SHA256SUMS'));
  expect(summed.sort()).toEqual([...files].sort());
  for (const file of [
    'figures.nl.zip',
    'figures.en.zip',
    'heights.json',
    'changes.md',
    'sbom.cdx.json',
  ])
    expect(files).toContain(`v/${version}/${file}`);
});

test('its figures are in one archive for each language, as drawings and as pictures', () => {
  const zip = readFileSync(join(kept, prefix, 'figures.nl.zip'));
  const names: string[] = [];
  // Local headers, one after another: method, length as held, length, length of the name (APPNOTE 4.3.7).
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50;) {
    const held = zip.readUInt32LE(at + 18);
    const start = at + 30 + zip.readUInt16LE(at + 26);
    const octets = zip.subarray(start, start + held);
    const whole = zip.readUInt16LE(at + 8) === 8 ? inflateRawSync(octets) : octets;
    const name = zip.toString('latin1', at + 30, start);
    names.push(name);
    expect(whole.length).toBe(zip.readUInt32LE(at + 22));
    expect(whole.toString('latin1', 0, 4), name).toBe(name.endsWith('.svg') ? '<svg' : '\x89PNG');
    at = start + held;
  }
  expect(names.sort()).toEqual(figures.flatMap(({ id }) => [`${id}.png`, `${id}.svg`]).sort());
});

test('its web archive has a record of every page and of all that it loads, with the octets and their digest', () => {
  const name = `sts-dane-${version}.warc.gz`;
  const whole = gunzipSync(readFileSync(join(kept, prefix, name)));
  const found = new Map<string, Buffer>();
  for (let at = 0; at < whole.length;) {
    const end = whole.indexOf('\r\n\r\n', at) + 4;
    const head = whole.toString('utf8', at, end);
    const field = (of: string) => new RegExp(`^${of}: (.*)\r$`, 'm').exec(head)?.[1] ?? '';
    const block = whole.subarray(end, end + Number(field('Content-Length')));
    at = end + block.length + 4;
    expect(whole.toString('latin1', at - 4, at)).toBe('\r\n\r\n');
    expect(head).toMatch(/^WARC\/1\.1\r\n[\s\S]*WARC-Record-ID: <urn:uuid:[0-9a-f-]{36}>\r\n/);
    expect(field('WARC-Date')).toBe(`${day}T00:00:00Z`);
    if (field('WARC-Type') === 'warcinfo') continue;
    expect(field('WARC-Block-Digest')).toBe(
      `sha256:${createHash('sha256').update(block).digest('hex')}`,
    );
    found.set(new URL(field('WARC-Target-URI')).pathname, block);
  }
  const files = pinnedFiles(kept, version).filter((file) => /\/index\.html$|^_astro\//.test(file));
  expect(found.size).toBe(files.length + 1);
  for (const file of files)
    expect(
      found.get(`/${file.replace(/index\.html$/, '')}`)?.equals(readFileSync(join(kept, file))),
      file,
    ).toBe(true);
});

test('every byte of it is the same in a build of other content, and nobody can cut it again', () => {
  const later = join(place, 'later');
  // The build of this checkout has another version and other words than the copy.
  cpSync(root, later, { recursive: true });
  pinReleases(later, release, join(place, 'releases'));
  const files = pinnedFiles(kept, version);
  expect(pinnedFiles(later, version)).toEqual(files);
  const changed = files.filter(
    (file) => !readFileSync(join(later, file)).equals(readFileSync(join(kept, file))),
  );
  expect(changed).toEqual([]);
  const again = cut();
  expect(again.status).toBe(1);
  expect(again.stderr).toContain(`releases/${version} is there already`);
});

test('a version that the papers do not name is refused, with each reason', () => {
  expect(() =>
    execFileSync(process.execPath, ['commands/release.ts', '98.0.0'], { stdio: 'pipe' }),
  ).toThrow(
    /package\.json names version [\d.]+, not 98\.0\.0\.\n[\s\S]*releases\.yaml does not begin with 98\.0\.0[\s\S]*no heading "## 98\.0\.0 \(day\)"/,
  );
});
