/**
 * Astro links a file for every component that a page shows. A page that is read has its styles in itself: on
 * a slow line a file that the first paint waits for costs a journey, and more than the 10 kB that the next page
 * then moves again. Embeds keep two files, what all embeds share and the rest of their own in one: an article
 * may hold ten of them, and each release keeps its own.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const link = /<link rel="stylesheet" href="(\/_astro\/[^"]+\.css)"\s*\/?>/g;

const linked = (html: string): readonly string[] =>
  [...html.matchAll(link)].map(([, file = '']) => file);

/** The files that every one of these pages links. */
const sharedBy = (pages: readonly string[]): ReadonlySet<string> =>
  pages
    .map((html) => new Set(linked(html)))
    .reduce((common, own) => new Set([...common].filter((file) => own.has(file))));

/** The page with `tag` where its first style among these files stood, and none of the others. */
function withInstead(html: string, files: ReadonlySet<string>, tag: string): string {
  let isWritten = false;
  return html.replace(link, (each, file: string) => {
    if (!files.has(file)) return each;
    if (isWritten) return '';
    isWritten = true;
    return tag;
  });
}

/** The page with its styles in itself, and their hash in its policy; the order of the rules stays. */
export function withStylesInside(html: string, read: (file: string) => string): string {
  const files = linked(html);
  const text = files.map(read).join('\n');
  const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return withInstead(html, new Set(files), `<style>${text}</style>`).replace(
    "style-src 'self'",
    `style-src 'self' ${hash}`,
  );
}

/** The page with its own styles in one file, and that file; the order of the rules stays. */
export function withOneStyle(
  html: string,
  shared: ReadonlySet<string>,
  read: (file: string) => string,
): { readonly html: string; readonly file?: string; readonly text?: string } {
  const own = linked(html).filter((file) => !shared.has(file));
  if (own.length < 2) return { html };
  const text = own.map(read).join('\n');
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const file = `/_astro/page.${digest}.css`;
  const tag = `<link rel="stylesheet" href="${file}">`;
  return { file, text, html: withInstead(html, new Set(own), tag) };
}

const islandStyle = /<style>astro-island[^<]*<\/style>/g;

/** The page with what Astro writes beside its first widget where a style belongs: HTML has none in a body. */
export function withIslandStyleInHead(html: string): string {
  const [style] = html.match(islandStyle) ?? [];
  return style === undefined
    ? html
    : html.replace(islandStyle, '').replace('</head>', () => `${style}</head>`);
}

export const pageStyles = (): AstroIntegration => ({
  name: 'page-styles',
  hooks: {
    'astro:build:done': ({ dir, logger }) => {
      const folder = fileURLToPath(dir);
      const read = (file: string) => readFileSync(join(folder, file), 'utf8');
      const names = globSync('**/*.html', { cwd: folder });
      for (const name of names)
        writeFileSync(join(folder, name), withIslandStyleInHead(read(name)));
      const isEmbed = (name: string) => /(^|\/)embed\//.test(name);
      for (const name of names.filter((each) => !isEmbed(each)))
        writeFileSync(join(folder, name), withStylesInside(read(name), read));
      const embeds = names.filter(isEmbed).map((name) => ({ name, page: read(name) }));
      const shared = sharedBy(embeds.map(({ page }) => page));
      for (const { name, page } of embeds) {
        const { html, file, text } = withOneStyle(page, shared, read);
        if (file === undefined || text === undefined) continue;
        writeFileSync(join(folder, file), text);
        writeFileSync(join(folder, name), html);
      }
      logger.info(`${names.length - embeds.length} pages, ${embeds.length} embeds`);
    },
  },
});
