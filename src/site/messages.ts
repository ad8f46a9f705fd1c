/**
 * All words of the site, for pages built by Astro: every `content/messages/<room>.<lang>.json`, merged.
 * (The command line reads the same files with `read-messages.ts`.)
 */
import { format, sayWith, type Args, type Say, type Words } from '../view/messages/say.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import type { Lang } from '../view/messages/lang.ts';
import { merge } from '../view/messages/merge.ts';

const files = import.meta.glob<Record<string, string>>('/content/messages/*.json', {
  eager: true,
  import: 'default',
});

export const allWords: Readonly<Record<Lang, Words>> = merge(files);

/** The language of a component: that of the page it stands on. */
export const langOf = (page: { readonly currentLocale?: string | undefined }): Lang =>
  page.currentLocale === 'en' ? 'en' : 'nl';

/** Says one message; a key that does not exist is our own mistake and ends the build. */
export function t(lang: Lang, key: MessageKey, args: Args = {}): string {
  const message = allWords[lang][key];
  if (message === undefined) throw new Error(`content/messages: no "${key}" in ${lang}`);
  return format(message, args, lang);
}

/** Says every message in a language: for what is drawn when the site is built. */
export const sayIn = (lang: Lang): Say => sayWith(allWords[lang], lang);

/** Is there such a message? For words that are there for some things only. */
export const has = (lang: Lang, key: string): key is MessageKey => key in allWords[lang];

/** The words whose keys begin with one of these prefixes: what a widget is given as a prop. */
export const wordsFor = (lang: Lang, prefixes: readonly string[]): Words =>
  Object.fromEntries(
    Object.entries(allWords[lang]).filter(([key]) =>
      prefixes.some((prefix) => key.startsWith(prefix)),
    ),
  );
