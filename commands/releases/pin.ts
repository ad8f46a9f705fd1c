/**
 * Pins the embeds of a build to its release: `v/VERSION/embed/ID/` and `v/VERSION/en/embed/ID/`, with
 * every file they need beside them in `v/VERSION/_astro/`. What a publication embeds from there never
 * changes by a byte: later builds copy it from `releases/` and make nothing of it anew.
 */
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A release may weigh this much, so that a hundred of them fit beside the code. */
export const releaseLimitBytes = 3_000_000;

const assets = '_astro';
const isText = (file: string) => /\.(js|css|html|json|svg)$/.test(file);

/** Files under `_astro/` that a text names: in attributes, `url()`, and lists of what to preload. */
const named = (text: string): string[] =>
  [...text.matchAll(/\/?_astro\/([\w.~-]+\.\w+)/g)].map(([, name = '']) => name);

/** Files that a script imports from beside itself. */
const imported = (text: string): string[] =>
  [...text.matchAll(/["'`]\.\/([\w.~-]+\.js)["'`]/g)].map(([, name = '']) => name);

/** Everything in `_astro/` that these pages may ask for, now or at a press. */
function closure(dist: string, pages: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (text: string) => {
    for (const name of [...named(text), ...imported(text)]) {
      const file = join(dist, assets, name);
      if (seen.has(name) || !existsSync(file)) continue;
      seen.add(name);
      if (isText(name)) visit(readFileSync(file, 'utf8'));
    }
  };
  for (const page of pages) visit(readFileSync(page, 'utf8'));
  return seen;
}

/** The same text, with every file of the build taken from the release's own folder. */
export const rebased = (text: string, base: string): string =>
  text.replace(/(["'`(=\s])(\/?)_astro\//g, (_, before: string, slash: string) =>
    slash === '' ? `${before}${base.slice(1)}/_astro/` : `${before}${base}/_astro/`,
  );

const markPinned = (html: string): string => html.replace(/<html lang="\w+"/, '$& data-pinned');

export interface Pinned {
  readonly version: string;
  readonly pages: number;
  readonly bytes: number;
  /** `released`: taken as it is from `releases/`; `built`: made from this build. */
  readonly from: 'built' | 'released';
}

/** A page that a pinned embed is made from, when it is not the live one: a recorded run. */
const recordedOf = (page: string): string => {
  const recorded = join(dirname(page), 'recorded', 'index.html');
  return existsSync(recorded) ? recorded : page;
};

/** Writes `dist/v/VERSION/` from the pages of `dist`. */
function pin(dist: string, version: string): void {
  const folder = join(dist, 'v', version);
  const base = `/v/${version}`;
  const pages = globSync('{embed,en/embed}/*/index.html', { cwd: dist })
    .filter((page) => !page.includes('/not-found/'))
    .sort();
  const sources = pages.map((page) => recordedOf(join(dist, page)));
  for (const [index, page] of pages.entries()) {
    const html = readFileSync(sources[index] ?? join(dist, page), 'utf8');
    const target = join(folder, page);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, markPinned(rebased(html, base)));
  }
  mkdirSync(join(folder, assets), { recursive: true });
  for (const name of closure(dist, sources)) {
    const [from, to] = [join(dist, assets, name), join(folder, assets, name)];
    if (isText(name)) writeFileSync(to, rebased(readFileSync(from, 'utf8'), base));
    else cpSync(from, to);
  }
}

const bytesOf = (folder: string): number =>
  globSync('**/*', { cwd: folder })
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);

/**
 * Puts every release into `dist/v/`: those of `releases/` as they are, and this one from the build
 * unless it has been released before: what was released is never made again.
 */
export function pinReleases(dist: string, version: string, releases: string): readonly Pinned[] {
  rmSync(join(dist, 'v'), { recursive: true, force: true });
  const kept = existsSync(releases)
    ? readdirSync(releases, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];
  for (const each of kept) cpSync(join(releases, each), join(dist, 'v', each), { recursive: true });
  if (!kept.includes(version)) pin(dist, version);
  return [...new Set([...kept, version])].map((each) => {
    const folder = join(dist, 'v', each);
    return {
      version: each,
      pages: globSync('**/index.html', { cwd: folder }).length,
      bytes: bytesOf(folder),
      from: kept.includes(each) ? 'released' : 'built',
    };
  });
}
