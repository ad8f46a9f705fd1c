/**
 * Pinned embeds: `v/VERSION/embed/ID/` and `v/VERSION/en/embed/ID/`, which Astro renders for the release it
 * builds. What a publication embeds from there never changes by a byte: `releases/VERSION/` keeps the pages of a
 * release and all files of `_astro/` that they may ask for, and later builds copy them from there. Those files
 * are named by a digest of what is in them, so those of all releases lie beside each other.
 */
import { cpSync, existsSync, globSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A release may weigh this much, so that a hundred of them fit beside the code. */
export const releaseLimitBytes = 3_000_000;

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

/** What a release consists of, as paths inside `dist`. */
export function pinnedFiles(dist: string, version: string): readonly string[] {
  const pages = globSync(`v/${version}/**/index.html`, { cwd: dist }).sort();
  const names = assetsOf(
    dist,
    pages.map((page) => join(dist, page)),
  );
  return [...pages, ...names.map((name) => join(assets, name))];
}

const isFile = (path: string): boolean => statSync(path).isFile();

/** Copies a kept release into the build; throws where a file of another release has its name and not its bytes. */
function restore(dist: string, kept: string, version: string): void {
  const from = join(kept, version);
  rmSync(join(dist, 'v', version), { recursive: true, force: true });
  for (const file of globSync('**/*.*', { cwd: from }).filter((each) => isFile(join(from, each)))) {
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
      pages: files.filter((file) => file.endsWith('.html')).length,
      bytes: files.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0),
      from: kept.includes(each) ? 'released' : 'built',
    };
  });
}
