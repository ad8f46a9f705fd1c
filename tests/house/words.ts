/** The word files of the rooms, as they stand on disk. */
import { globSync, readFileSync } from 'node:fs';
import { format } from '../../src/view/messages/format.ts';
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
