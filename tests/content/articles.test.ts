/** The articles: equal in both languages, short where they promise it, and true to their sources. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bodyDigest, readArticles, type Article } from '../../commands/articles.ts';
import { memoFile } from '../../commands/at-hand.ts';
import { articleQuotations, fold, holds } from '../../src/site/facts/quotations.ts';
import { claimVerdicts } from '../../src/site/schemas/claim.ts';
import { countWords } from '../../src/site/schemas/text.ts';
import { contentFolder, facts } from './facts.ts';
import { policyPages, readabilityOf, sentencesOf, syllablesOf } from './readability.ts';

const dutch = readArticles('nl');
const english = readArticles('en');
const all = [...dutch, ...english];
const named = (articles: readonly Article[]) =>
  articles.map((article) => [article.path, article] as const);

/** Values of an attribute, in order; of some elements only, or of all but some. */
const attributes = (body: string, pattern: RegExp): readonly string[] =>
  [...body.matchAll(pattern)].map(([, value = '']) => value);

const sourcesOf = (body: string) =>
  [...body.matchAll(/<Source id="([^"]+)"(?: section="([^"]+)")?/g)].map(
    ([, id = '', section]) => ({ id, section }),
  );
const termsOf = (body: string) => attributes(body, /<Term id="([^"]+)"/g);
const claimsOf = (body: string) =>
  attributes(body, /\bclaims?="([^"]*)"/g).flatMap((ids) => ids.split(/\s+/).filter(Boolean));
/** Addresses within the page: ids of everything that is not a reference to something else. */
const addressesOf = (body: string) =>
  attributes(body.replace(/<(?:Source|Term|Widget)\b[^>]*>/g, ''), /\bid="([^"]+)"/g);

describe('the articles', () => {
  it('exist in both languages under the same names', () => {
    expect(english.map(({ name }) => name)).toEqual(dutch.map(({ name }) => name));
    expect(dutch.length).toBeGreaterThan(10);
  });

  it.each(named(all))('%s has a title and a summary of at most 80 words', (_, { front, name }) => {
    expect(front['title']).toEqual(expect.any(String));
    expect(front['id'] ?? name).toBe(name);
    expect(countWords(String(front['summary']))).toBeLessThanOrEqual(80);
    expect(countWords(String(front['summary']))).toBeGreaterThan(5);
  });

  it.each(named(english))('%s translates the Dutch text as it is now', (_, { front, name }) => {
    const body = dutch.find((article) => article.name === name)?.body ?? '';
    expect(
      front['translates'],
      `bring content/articles/en/${name}.mdx up to date with the Dutch, then run node commands/articles.ts`,
    ).toEqual({ file: `nl/${name}.mdx`, digest: bodyDigest(body) });
  });

  it.each(named(dutch))('%s is equal to its translation, id by id', (_, { name, body }) => {
    const other = english.find((article) => article.name === name)?.body ?? '';
    expect(addressesOf(other)).toEqual(addressesOf(body));
    expect(claimsOf(other)).toEqual(claimsOf(body));
    expect(sourcesOf(other)).toEqual(sourcesOf(body));
    expect([...termsOf(other)].sort()).toEqual([...termsOf(body)].sort());
  });

  it.each(named(all))('%s has each address, and explains each word, once', (_, { body }) => {
    for (const ids of [addressesOf(body), termsOf(body)]) expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(named(all))(
    '%s refers to sources, sections, claims and words that exist',
    (_, article) => {
      for (const { id, section } of sourcesOf(article.body)) {
        const source = facts.sources.get(id);
        expect(source, id).toBeDefined();
        // A fact from memory is never published as one.
        expect(['V', 'V2']).toContain(source?.confidence);
        if (section !== undefined) expect(Object.keys(source?.sections ?? {})).toContain(section);
      }
      const claims = new Set(facts.claims.map(({ id }) => id));
      for (const id of claimsOf(article.body)) expect(claims).toContain(id);
      const words = new Set(facts.glossary.map(({ id }) => id));
      for (const id of termsOf(article.body)) expect(words).toContain(id);
    },
  );

  it.each(named(all))('%s says so where a source is second-hand', (_, { body, lang }) => {
    const says = lang === 'nl' ? /tweede hand/ : /second-hand/;
    for (const passage of body.split(/\n\n|<\/tr>|<\/li>/))
      for (const { id } of sourcesOf(passage))
        if (facts.sources.get(id)?.confidence === 'V2') expect(passage, id).toMatch(says);
  });

  it.each(named(all))('%s links within its own language', (_, { body, lang }) => {
    // A data file is in no language.
    for (const [, address = ''] of body.matchAll(/\]\((\/[^)#]*(?<!\.json))(?=[)#])/g))
      expect(address.startsWith('/en/'), address).toBe(lang === 'en');
  });
});

describe('the memo retold', () => {
  const expected = [
    'header',
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => `p${n}`),
    'requested-decisions',
    ...[1, 2, 3].map((n) => `decision-${n}`),
    ...[1, 2, 3, 4, 5, 6].map((n) => `record-${n}`),
    ...['1', '2', '3', '3a', '3b'].map((n) => `step-${n}`),
    ...[1, 2, 3, 4, 5, 6, 7].flatMap((n) => [`pro-${n}`, `con-${n}`, `conclusion-${n}`]),
    'advice-1',
    'advice-2',
    'people',
    ...[1, 2, 3, 4].map((n) => `note-${n}`),
  ];
  it.each(named(all.filter(({ name }) => name === 'memo')))(
    '%s leaves no section, row, conclusion, footnote or claim out',
    (_, { body }) => {
      expect(addressesOf(body)).toEqual(expect.arrayContaining(expected));
      expect(new Set(claimsOf(body))).toEqual(new Set(facts.claims.map(({ id }) => id)));
    },
  );

  it.each(named(all.filter(({ name }) => name === 'memo')))(
    '%s marks the sentence that each note belongs to, with one address for each claim',
    (_, { body }) => {
      const first = attributes(body, /<Sentence claim="(C\d\d)">/g);
      expect([...first].sort()).toEqual(facts.claims.map(({ id }) => id).sort());
      const again = attributes(body, /<Sentence claim="(C\d\d)" again>/g);
      for (const id of again) expect(first).toContain(id);
      // As many marks as notes in the margins, but for C19, which the note of C12 tells.
      const noted = attributes(body, /<Told\b[^>]*\bclaims="([^"]+)"/g).flatMap((ids) =>
        ids.split(' '),
      );
      expect([...first, ...again].sort()).toEqual(noted.sort());
    },
  );
});

describe('how many claims there are', () => {
  it.each(named(all.filter(({ name }) => name === 'method')))(
    '%s counts each verdict at build, and types no count',
    (_, { body }) => {
      const table = body.slice(0, body.indexOf('</Grid>'));
      expect(attributes(table, /<td><Tally verdict="(\w+)" \/><\/td>/g)).toEqual(claimVerdicts);
      expect(table).not.toMatch(/<td>\d+<\/td>/);
    },
  );

  it.each(named(all))('%s names no other total', (_, { front, body }) => {
    const text = `${String(front['summary'])} ${body}`;
    for (const total of attributes(text, /(\d+) (?:uitspraken|statements|claims)\b/g))
      expect(Number(total)).toBe(facts.claims.length);
  });
});

/**
 * Each must be one that was once found in the memo (`commands/articles.ts` keeps those); where the text
 * of the memo is at hand, it is looked up there too.
 */
describe('the words quoted from the memo', () => {
  const file = new URL('found-quotations.json', import.meta.url);
  const found = JSON.parse(readFileSync(file, 'utf8')) as { text: string; words: string[] };
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const quotations = articleQuotations(contentFolder).filter(({ source }) => source === 'memo');

  it.each(quotations.map((quotation) => [quotation.at, quotation] as const))(
    '%s were found in the text of the memo',
    (_, { text }) => {
      expect(found.words).toContain(sha256(fold(text)));
    },
  );

  it.skipIf(memoFile === undefined)('stand in the text of the memo that is at hand', () => {
    const text = readFileSync(memoFile!, 'utf8');
    expect(sha256(text)).toBe(found.text);
    const folded = fold(text);
    for (const quotation of quotations)
      expect(holds(folded, quotation.text), quotation.text).toBe(true);
  });
});

describe('the Dutch of the policy pages', () => {
  it('is measured by counting syllables by groups of vowels', () => {
    expect(['beleid', 'mailserver', 'ijs', 'geïnd', 'de'].map(syllablesOf)).toEqual([
      2, 3, 1, 2, 1,
    ]);
    expect(sentencesOf('Een zin. Nog een zin.\n\n- Een punt\n- Nog een punt')).toHaveLength(4);
  });

  it.each(policyPages)('%s reads easily: short sentences, words explained', (page) => {
    const body = dutch.find(({ name }) => name === page)?.body ?? '';
    const it = readabilityOf(body);
    // Douma calls 60 to 70 "standard"; we ask for easier than that, and sentences of at most ten words on average.
    expect(it.douma).toBeGreaterThan(70);
    expect(it.wordsPerSentence).toBeLessThan(11);
    expect(it.unexplained).toEqual([]);
  });
});
