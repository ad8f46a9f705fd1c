/**
 * Writes the search index after the pages: one for each language, by the language of the page.
 * Only what stands in `data-pagefind-body` is searched; the index is read in pieces, on demand.
 */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex } from 'pagefind';

export const searchIndex = (): AstroIntegration => ({
  name: 'search-index',
  hooks: {
    'astro:build:done': async ({ dir, logger }) => {
      const folder = fileURLToPath(dir);
      const { index, errors } = await createIndex({
        includeCharacters: '-_',
        // What a widget or a drawing says is no sentence, and would be cut up as one.
        excludeSelectors: ['.fs-widget', '.fs-no-print', 'svg', 'select', 'button', 'figure table'],
      });
      if (!index) throw new Error(`the search index was not made: ${errors.join('; ')}`);
      const added = await index.addDirectory({ path: folder });
      if (added.errors.length > 0)
        throw new Error(`the search index was not filled: ${added.errors.join('; ')}`);
      const written = await index.writeFiles({ outputPath: `${folder}pagefind` });
      if (written.errors.length > 0)
        throw new Error(`the search index was not written: ${written.errors.join('; ')}`);
      await close();
      logger.info(`${added.page_count} pages can be searched`);
    },
  },
});
