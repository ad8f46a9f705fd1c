/** The built site as files: every page with its text, for tests that read `dist/`. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = 'dist';

export interface BuiltPage {
  /** Its address: `/notitie/`. */
  readonly path: string;
  readonly html: string;
}

/** What was released can change no more: tests of today do not judge it, and it was tested before. */
export const isReleased = (path: string): boolean => {
  const [, version] = /^\/v\/([^/]+)\//.exec(path) ?? [];
  return version !== undefined && existsSync(join('releases', version));
};

/** All pages; throws when there are none, so that no test passes on an empty folder. */
export function builtPages(folder = root): readonly BuiltPage[] {
  const files = globSync('**/*.html', { cwd: folder }).sort();
  if (files.length === 0) throw new Error(`${folder}/ is empty: run \`npm run build\` first`);
  return files
    .map((file) => ({
      path: `/${file.replace(/(^|(?<=\/))index\.html$/, '')}`,
      html: () => readFileSync(join(folder, file), 'utf8'),
    }))
    .filter(({ path }) => !isReleased(path))
    .map(({ path, html }) => ({ path, html: html() }));
}

/** The file that a server would answer an address with, or undefined. */
export function fileFor(path: string): string | undefined {
  const file = join(root, decodeURIComponent(path), path.endsWith('/') ? 'index.html' : '');
  return existsSync(file) ? file.replace(/\/$/, '') : undefined;
}

export const attributes = (html: string, name: string): readonly string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&').replaceAll('&#38;', '&'),
  );
