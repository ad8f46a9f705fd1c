/**
 * Every quotation of `content/`, with the file it stands in and the source it is taken from; and
 * the comparison that says whether a text holds it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceIn } from './evidence.ts';
import type { Facts } from './read.ts';

export interface Quotation {
  /** Where we quote: file and path. */
  readonly at: string;
  readonly source: string;
  /** Where the words stand in the source; undefined where nobody wrote it down. */
  readonly place: string | undefined;
  readonly text: string;
}

/** A quotation in an article, with the attributes that mark it. */
export interface ArticleQuotation extends Quotation {
  /** Language of the words. */
  readonly lang: string | undefined;
}

const quoteElement = /<Quote((?:\s+[\w-]+="[^"]*")*)\s*>([\s\S]*?)<\/Quote>/g;
const attributesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );

/** What the words between the tags say, without the marks of MDX. */
const plainText = (mdx: string): string =>
  mdx
    .replace(/\{\s*(['"`])([\s\S]*?)\1\s*\}/g, '$2')
    .replace(/<[^>]+>/g, '')
    .replace(/[*_]{1,2}(\S[^*_]*?)[*_]{1,2}/g, '$1')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ');

/** The `<Quote>` elements of one article. */
export const quotationsOfArticle = (file: string, mdx: string): readonly ArticleQuotation[] =>
  [...mdx.matchAll(quoteElement)].map((match, index) => {
    const attributes = attributesOf(match[1] ?? '');
    return {
      at: `${file}: quotation ${index + 1}`,
      source: attributes.get('source') ?? '',
      place: attributes.get('place') ?? attributes.get('section'),
      lang: attributes.get('lang'),
      text: plainText(match[2] ?? ''),
    };
  });

/** All articles below `folder`, in both languages. */
export function articleQuotations(folder: string): readonly ArticleQuotation[] {
  const articles = join(folder, 'articles');
  if (!existsSync(articles)) return [];
  return readdirSync(articles, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .sort()
    .flatMap((name) =>
      quotationsOfArticle(`content/articles/${name}`, readFileSync(join(articles, name), 'utf8')),
    );
}

/** The quotations of claims, sources, clauses of rules, comparison and articles. */
export function allQuotations(facts: Facts, folder: string): readonly Quotation[] {
  const quotations: Quotation[] = [];
  for (const { file, path, given } of evidenceIn(facts))
    if (given.quote !== undefined)
      quotations.push({
        at: `${file}: ${path}`,
        source: given.source,
        place: given.section,
        text: given.quote,
      });
  for (const { id, quotation, places } of facts.claims)
    for (const [index, text] of quotation.entries())
      quotations.push({
        at: `content/claims/${id}.yaml: quotation.${index}`,
        source: 'memo',
        place: places[index] ?? places[0],
        text,
      });
  for (const [id, { sections }] of facts.sources)
    for (const [section, { clause }] of Object.entries(sections))
      if (clause !== undefined)
        quotations.push({
          at: `content/sources/${id}.yaml: sections.${section}.clause`,
          source: id,
          place: section,
          text: clause,
        });
  for (const { rules, source, section, words } of facts.clauses?.clauses ?? [])
    quotations.push({
      at: `content/clauses.yaml: ${rules.join(', ')}`,
      source,
      place: section,
      text: words,
    });
  return [...quotations, ...articleQuotations(folder)];
}

/** Page heads and feet of RFCs, which come between two lines of one sentence. */
const withoutPages = (text: string): string =>
  text
    .replace(/\r/g, '')
    .replace(/\n+[^\n]*\[Page [0-9ivx]+\]\s*\n*\f?\n*(?:[^\n]*\n)?/g, '\n')
    .replace(/\f/g, '\n');

/**
 * Folds what printing adds: page heads and feet of RFCs, line breaks, word breaks at a hyphen, the
 * shape of quotation marks, marks of Markdown. Letters, digits and punctuation stay as they are.
 */
export const fold = (text: string): string =>
  withoutPages(text)
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/­/g, '')
    .replace(/-\s+/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** Is the quotation, folded, in the text, folded? Pass the text folded once for many quotations. */
export const holds = (foldedText: string, quotation: string): boolean => {
  const wanted = fold(quotation);
  return wanted !== '' && foldedText.includes(wanted);
};

/** A heading of a section as RFCs print it: its number at the margin. Not a line of the contents. */
const heading = /^(\d+(?:\.\d+)*)\.? +\S(?!.*\. ?\.)/;

/**
 * The text of each section of an RFC by its number, folded, without that of the sections below it.
 */
export function sectionsOf(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string[]>();
  let open: string[] | undefined;
  for (const line of withoutPages(text).split('\n')) {
    const number = heading.exec(line)?.[1];
    // A section that seems to begin twice is read on: its number stands in its own text.
    if (number !== undefined && !sections.has(number)) sections.set(number, (open = []));
    open?.push(line);
  }
  return new Map([...sections].map(([number, lines]) => [number, fold(lines.join('\n'))]));
}
