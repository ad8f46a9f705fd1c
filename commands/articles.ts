/**
 * Reads the articles as text, and holds translations to what they translate.
 *
 * `node commands/articles.ts` writes into each English article the digest of the Dutch text that it
 * now translates. Run it after the translation has been brought up to date, never instead of that:
 * the test fails on a digest that is old.
 *
 * `node commands/articles.ts MEMO.txt` also looks up every quotation of the memo in that text, and keeps
 * the digests of those found, for the tests on a machine without it.
 */
import { hash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { articleQuotations, fold, holds } from '../src/site/facts/quotations.ts';

export type ArticleLang = 'nl' | 'en';

export interface Article {
  readonly lang: ArticleLang;
  /** File name without its extension: the same in both languages. */
  readonly name: string;
  readonly path: string;
  readonly front: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const folder = new URL('../content/articles/', import.meta.url);

/** The first 16 hexadecimal digits of the SHA-256 of the text after the front matter. */
export const bodyDigest = (body: string): string => hash('sha256', body).slice(0, 16);

export function readArticle(lang: ArticleLang, name: string): Article {
  const path = `${lang}/${name}.mdx`;
  const text = readFileSync(new URL(path, folder), 'utf8');
  const [, front, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  if (front === undefined || body === undefined)
    throw new Error(`content/articles/${path}: no front matter`);
  return { lang, name, path, front: parse(front) as Record<string, unknown>, body };
}

/** All articles of a language, by name. */
export const readArticles = (lang: ArticleLang): readonly Article[] =>
  readdirSync(new URL(`${lang}/`, folder))
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .map((file) => readArticle(lang, file.replace(/\.mdx$/, '')));

if (import.meta.main) {
  for (const { name } of readArticles('en')) {
    const digest = bodyDigest(readArticle('nl', name).body);
    const file = new URL(`en/${name}.mdx`, folder);
    const text = readFileSync(file, 'utf8');
    const line = `translates: { file: nl/${name}.mdx, digest: '${digest}' }`;
    const next = text.replace(/^translates: .*$/m, line);
    if (next !== text) {
      writeFileSync(file, next);
      console.log(`en/${name}.mdx now translates ${digest}`);
    }
  }
  const [memo] = process.argv.slice(2);
  if (memo !== undefined) keepFound(readFileSync(memo, 'utf8'));
}

function keepFound(text: string): void {
  const sha256 = (words: string) => hash('sha256', words);
  const folded = fold(text);
  const quoted = articleQuotations(fileURLToPath(new URL('..', folder)))
    .filter(({ source }) => source === 'memo')
    .map((quotation) => quotation.text);
  for (const words of quoted)
    if (!holds(folded, words)) throw new Error(`not in the memo: ${words}`);
  const found = { text: sha256(text), words: [...new Set(quoted.map(fold).map(sha256))].sort() };
  const file = new URL('../tests/content/found-quotations.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  console.log(`${quoted.length} quotations of the memo found`);
}
