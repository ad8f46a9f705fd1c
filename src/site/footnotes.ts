import type { HastPluginEntry, PluginFactoryContext } from 'satteri';

/**
 * Dutch labels for footnotes in Dutch articles.
 * The Markdown engine is set up once for both languages, so the language is read from the folder.
 */
export const footnoteLabels = ((context: PluginFactoryContext): HastPluginEntry => {
  const dutch = context?.fileURL?.pathname.includes('/articles/nl/') ?? false;
  return {
    name: 'footnote-labels',
    element: {
      filter: ['h2', 'a'],
      visit(node) {
        if (!dutch) return undefined;
        if (node.tagName === 'h2' && node.properties?.id === 'footnote-label')
          return { ...node, children: [{ type: 'text', value: 'Voetnoten' }] };
        if (node.tagName === 'a' && 'dataFootnoteBackref' in (node.properties ?? {}))
          return { ...node, properties: { ...node.properties, ariaLabel: 'Terug naar de tekst' } };
        return undefined;
      },
    },
  };
}) satisfies (context: PluginFactoryContext) => HastPluginEntry;
