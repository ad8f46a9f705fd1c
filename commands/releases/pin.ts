/**
 * What a release keeps: the articles and embeds of its pinned edition, below `v/VERSION/` and `v/VERSION/en/`, and what
 * lies beside them. What a publication cites or embeds from there never changes by a byte: `releases/VERSION/` keeps
 * it with all files of `_astro/` that its pages may ask for, and later builds copy it from there. Those files
 * are named by a digest of what is in them, so those of all releases lie beside each other.
 */
import { cpSync, existsSync, globSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Lang } from '../../src/view/messages/lang.ts';

/** The pages of a release in one language may weigh this much, with all that they load. */
export const languageLimitBytes = 6_000_000;

const assets = '_astro';

/** Files of `_astro/` that a text names: in attributes, `url()`, lists of what to preload, imports beside itself. */
const named = (text: string): string[] =>
  [...text.matchAll(/(?:_astro|["'`]\.)\/([\w.~-]+\.\w+)/g)].map(([, name = '']) => name);

/** Everything in `_astro/` that these pages may ask for, now or at a press. */
function assetsOf(dist: string, pages: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string) => {
    for (const name of named(readFileSync(file, 'utf8'))) {
      const next = join(dist, assets, name);
      if (seen.has(name) || !existsSync(next)) continue;
      seen.add(name);
      if (/\.(js|css|json|svg)$/.test(name)) visit(next);
    }
  };
  for (const page of pages) visit(page);
  return [...seen].sort();
}

export interface Pinned {
  readonly version: string;
  readonly pages: number;
  readonly bytes: number;
  /** `released`: taken as it is from `releases/`; `built`: rendered with this build. */
  readonly from: 'built' | 'released';
}

const isPage = (file: string): boolean => file.endsWith('/index.html');

const filesIn = (folder: string, pattern: string): readonly string[] =>
  globSync(pattern, { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();

const loadedBy = (dist: string, pages: readonly string[]): readonly string[] =>
  assetsOf(
    dist,
    pages.map((page) => join(dist, page)),
  ).map((name) => join(assets, name));

/** What a release consists of, as paths inside `dist`. */
export function pinnedFiles(dist: string, version: string): readonly string[] {
  const files = filesIn(dist, `v/${version}/**`);
  return [...files, ...loadedBy(dist, files.filter(isPage))];
}

export const bytesOf = (dist: string, files: readonly string[]): number =>
  files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);

/** What the pages of a release weigh in a language, with all that they load. */
export function languageBytes(dist: string, version: string, lang: Lang): number {
  const english = `v/${version}/en/`;
  const pages = filesIn(dist, `v/${version}/**/index.html`).filter(
    (page) => page.startsWith(english) === (lang === 'en'),
  );
  return bytesOf(dist, [...pages, ...loadedBy(dist, pages)]);
}

/** Copies a kept release into the build; throws where a file of another release has its name and not its bytes. */
function restore(dist: string, kept: string, version: string): void {
  const from = join(kept, version);
  rmSync(join(dist, 'v', version), { recursive: true, force: true });
  for (const file of filesIn(from, '**')) {
    const [source, target] = [join(from, file), join(dist, file)];
    if (existsSync(target) && !readFileSync(target).equals(readFileSync(source)))
      throw new Error(`${target} differs from ${source}: two files have one name`);
    cpSync(source, target);
  }
}

/** Puts every release of `releases/` into `dist` as it is, also over what this build rendered under its number. */
export function pinReleases(dist: string, version: string, releases: string): readonly Pinned[] {
  const kept = existsSync(releases) ? readdirSync(releases).sort() : [];
  for (const each of kept) restore(dist, releases, each);
  return [...new Set([...kept, version])].map((each) => {
    const files = pinnedFiles(dist, each);
    return {
      version: each,
      pages: files.filter(isPage).length,
      bytes: bytesOf(dist, files),
      from: kept.includes(each) ? 'released' : 'built',
    };
  });
}
