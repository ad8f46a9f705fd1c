/** The built site as files: every page with its text, for tests that read `dist/`. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = 'dist';

export interface BuiltPage {
  /** Its address: `/notitie/`. */
  readonly path: string;
  readonly html: string;
}

/** All pages; throws when there are none, so that no test passes on an empty folder. */
export function builtPages(): readonly BuiltPage[] {
  const files = globSync(`${root}/**/*.html`).sort();
  if (files.length === 0) throw new Error('dist/ is empty: run `npm run build` first');
  return files.map((file) => ({
    path: file.slice(root.length).replace(/index\.html$/, ''),
    html: readFileSync(file, 'utf8'),
  }));
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
