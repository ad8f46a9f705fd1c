/** Merges the word files of the rooms; a key that two rooms claim is our own mistake. */
import type { Lang } from './lang.ts';

type Flat = Readonly<Record<string, string>>;

/** `files`: path, ending in `<room>.<lang>.json` or `<lang>.json`, to its flat keys. */
export function merge(files: Readonly<Record<string, Flat>>): Record<Lang, Flat> {
  const merged: Record<Lang, Record<string, string>> = { nl: {}, en: {} };
  const owner = new Map<string, string>();
  for (const [path, words] of Object.entries(files)) {
    const lang = /(?:^|[./])(nl|en)\.json$/.exec(path)?.[1] as Lang | undefined;
    if (!lang) throw new Error(`${path}: the name does not end in .nl.json or .en.json`);
    for (const [key, message] of Object.entries(words)) {
      const other = owner.get(`${lang} ${key}`);
      if (other) throw new Error(`${path}: "${key}" already stands in ${other}`);
      owner.set(`${lang} ${key}`, path);
      merged[lang][key] = message;
    }
  }
  return merged;
}
