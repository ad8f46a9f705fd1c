/** The words that the glossary explains, read from `content/glossary.yaml` at build. */
import { parse } from 'yaml';
import type { Lang } from '../../words/lang.ts';

export interface Term {
  readonly word: string;
  readonly meaning: string;
}

type Entry = { readonly id: string } & Readonly<Record<Lang, Term>>;

const files = import.meta.glob<string>('/content/glossary.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const terms = new Map(
  Object.values(files)
    .flatMap((text) => parse(text) as readonly Entry[])
    .map((term) => [term.id, term] as const),
);

/** A term that does not exist is our own mistake and ends the build; undefined only while there are none. */
export function termOf(id: string, lang: Lang): Term | undefined {
  if (terms.size === 0) return undefined;
  const term = terms.get(id);
  if (!term) throw new Error(`content/glossary.yaml: no term "${id}"`);
  return term[lang];
}
