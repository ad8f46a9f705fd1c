/**
 * Astro links a file for every component that a page shows. Here a page keeps two: what all pages share, which
 * stays in the cache, and the rest of its own in one. On a slow line each file less is a wait less before the
 * first paint; inline styles would need a hash each, and cannot be kept for the next page.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const link = /<link rel="stylesheet" href="(\/_astro\/[^"]+\.css)"\s*\/?>/g;

/** The files that every one of these pages links. */
const sharedBy = (pages: readonly string[]): ReadonlySet<string> =>
  pages
    .map((html) => new Set([...html.matchAll(link)].map(([, file = '']) => file)))
    .reduce((common, own) => new Set([...common].filter((file) => own.has(file))));

/** The page with its own styles in one file, and that file; the order of the rules stays. */
export function withOneStyle(
  html: string,
  shared: ReadonlySet<string>,
  read: (file: string) => string,
): { readonly html: string; readonly file?: string; readonly text?: string } {
  const own = [...html.matchAll(link)]
    .map(([, file = '']) => file)
    .filter((file) => !shared.has(file));
  if (own.length < 2) return { html };
  const text = own.map(read).join('\n');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const file = `/_astro/page.${digest}.css`;
  let isWritten = false;
  return {
    file,
    text,
    html: html.replace(link, (tag, each: string) => {
      if (shared.has(each)) return tag;
      if (isWritten) return '';
      isWritten = true;
      return `<link rel="stylesheet" href="${file}">`;
    }),
  };
}

export const pageStyles = (): AstroIntegration => ({
  name: 'page-styles',
  hooks: {
    'astro:build:done': ({ dir, logger }) => {
      const folder = fileURLToPath(dir);
      const names = globSync('**/*.html', { cwd: folder });
      const pages = names.map((name) => readFileSync(join(folder, name), 'utf8'));
      const shared = sharedBy(pages);
      const read = (file: string) => readFileSync(join(folder, file), 'utf8');
      const written = new Set<string>();
      for (const [index, page] of pages.entries()) {
        const { html, file, text } = withOneStyle(page, shared, read);
        if (file === undefined || text === undefined) continue;
        written.add(file);
        writeFileSync(join(folder, file), text);
        writeFileSync(join(folder, names[index] ?? ''), html);
      }
      logger.info(`${written.size} files for ${pages.length} pages`);
    },
  },
});
