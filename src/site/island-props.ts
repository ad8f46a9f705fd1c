/**
 * Astro writes what a widget is given, mostly its words, as an attribute into the page: as much again as the
 * page itself, for the one reader in so many who uses it. Here it becomes a file beside the script, which
 * `client:use` fetches together with that; pages in the same language that show the same widget share it.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const island = /<astro-island(?:\s+[\w-]+(?:="[^"]*")?)+>/g;
const given = / props="([^"]*)"/;

const characters: Readonly<Record<string, string>> = {
  '&quot;': '"',
  '&#39;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};
const unescaped = (text: string): string =>
  text.replace(/&(?:quot|#39|lt|gt|amp);/g, (name) => characters[name] ?? name);

/** The page, and what its waiting widgets are given: a text in JSON by the name of its file. */
export function withPropsApart(html: string): {
  readonly html: string;
  readonly files: ReadonlyMap<string, string>;
} {
  const files = new Map<string, string>();
  const without = html.replace(island, (tag) => {
    const [attribute, escaped] = given.exec(tag) ?? [];
    if (attribute === undefined || escaped === undefined || !tag.includes(' client="use"'))
      return tag;
    const text = unescaped(escaped);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const file = `/_astro/props.${digest}.json`;
    files.set(file, text);
    return tag.replace(attribute, ` data-props="${file}"`);
  });
  return { html: without, files };
}

export const islandProps = (): AstroIntegration => ({
  name: 'island-props',
  hooks: {
    'astro:build:done': ({ dir, logger }) => {
      const folder = fileURLToPath(dir);
      const written = new Set<string>();
      for (const name of globSync('**/*.html', { cwd: folder })) {
        const page = readFileSync(join(folder, name), 'utf8');
        const { html, files } = withPropsApart(page);
        if (files.size === 0) continue;
        writeFileSync(join(folder, name), html);
        for (const [file, text] of files) {
          written.add(file);
          writeFileSync(join(folder, file), text);
        }
      }
      logger.info(`${written.size} files of what widgets are given`);
    },
  },
});
