/** The word files of the rooms, as they stand on disk. */
import { globSync, readFileSync } from 'node:fs';
import { format } from '../../src/view/messages/say.ts';
import type { Lang } from '../../src/view/messages/lang.ts';

/** The rooms that have words: `site`, `home`, … */
export const messageFiles = (): readonly string[] => [
  ...new Set(
    globSync('content/messages/*.json').map((file) =>
      file.replace(/^.*\//, '').replace(/\.(nl|en)\.json$/, ''),
    ),
  ),
];

export function wordFiles(room: string): Record<'nl' | 'en', Record<string, string>> {
  const read = (lang: string) =>
    JSON.parse(readFileSync(`content/messages/${room}.${lang}.json`, 'utf8')) as Record<
      string,
      string
    >;
  return { nl: read('nl'), en: read('en') };
}

/** The arguments a message asks for, in any of its branches: what formatting it looks up. */
export function placesOf(message: string, lang: Lang): readonly string[] {
  const asked = new Set<string>();
  const args = new Proxy(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return 1;
      },
    },
  );
  format(message, args, lang);
  return [...asked].sort();
}

/** Where ids have dots of their own: rules, situations, knob values, parts of messages on the wire. */
const dotted = ['rule', 'situation', 'knob', 'wire', 'burden', 'scene.says'];

/** Keys written out, and patterns of those that are put together: `` `lookup.status.${status}` ``. */
export function saidIn(texts: readonly string[]): (key: string) => boolean {
  const literal = new Set<string>();
  const patterns = new Set<string>();
  for (const text of texts) {
    for (const [, key = ''] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w@-]+)+)['"`]/gi))
      literal.add(key);
    for (const [template] of text.matchAll(/`[a-z][\w-]*\.(?:[\w.@-]|\$\{[^`]*?\})*`/gi)) {
      const parts = template.slice(1, -1).split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
      const filling = dotted.some((begin) => template.startsWith(`\`${begin}.`))
        ? '.*'
        : '[\\w@-]*';
      if (parts.length > 1)
        patterns.add(parts.map((part) => part.replaceAll('.', '\\.')).join(filling));
    }
  }
  const expressions = [...patterns].map((pattern) => new RegExp(`^${pattern}$`));
  const isSaid = (key: string) => literal.has(key) || expressions.some((each) => each.test(key));
  // The shorter form of what is drawn small: the code says it by the key of the longer one.
  const hasShort = texts.some((text) => text.includes('`${key}.narrow`'));
  return (key: string) =>
    isSaid(key) || (hasShort && key.endsWith('.narrow') && isSaid(key.slice(0, -'.narrow'.length)));
}
