import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  allQuotations,
  articleQuotations,
  fold,
  holds,
  quotationsOfArticle,
  sectionsOf,
} from '../../src/site/facts/quotations.ts';
import { countWords } from '../../src/site/schemas/text.ts';
import { contentFolder, facts } from './facts.ts';

describe('a quotation is found', () => {
  it.each([
    ['over a line break', 'MUST be\n   trusted and honored', 'MUST be trusted and honored'],
    ['over a word broken at a hyphen', 'Well-\n      behaved clients', 'Well-behaved clients'],
    [
      'over a page of an RFC',
      'to validate\n\n\n\nA. Author    Expires 2016    [Page 2]\n\f\nInternet-Draft   STS   March 2016\n\n\n   the policy',
      'to validate the policy',
    ],
    ['whatever the shape of its marks', 'een ‘sleutel’ te', "een 'sleutel' te"],
  ])('%s', (_, text, quotation) => {
    expect(holds(fold(text), quotation)).toBe(true);
  });

  it.each([
    ['with another word', 'MUST be trusted', 'MUST be honored'],
    ['with another capital', 'MUST be trusted', 'must be trusted'],
    ['with a word left out', 'MUST be trusted and honored', 'MUST be honored'],
    ['when it is empty', 'MUST be trusted', ' '],
  ])('not %s', (_, text, quotation) => {
    expect(holds(fold(text), quotation)).toBe(false);
  });
});

describe('the section of an RFC', () => {
  const text = [
    'Table of Contents',
    '   2.  Discovery ...... 2',
    '2.  Discovery ........ 2',
    '2.1.  Fetching . . . . 3',
    '2.  Discovery',
    '   Senders MUST look',
    '   1.  for this, and',
    '   2.  for that.',
    'A. Author    Standards Track    [Page 2]',
    '\f',
    'RFC 9999     Discovery          March 2016',
    '',
    '   They MAY wait.',
    '2.1.  Fetching',
    '   HTTPS only.',
    '3  Last, without a dot',
    '   The end.',
  ].join('\n');

  it('has its own text, over pages and past lists, without the sections below it', () => {
    expect([...sectionsOf(text)]).toEqual([
      ['2', '2. Discovery Senders MUST look 1. for this, and 2. for that. They MAY wait.'],
      ['2.1', '2.1. Fetching HTTPS only.'],
      ['3', '3 Last, without a dot The end.'],
    ]);
  });
});

describe('a quotation in an article', () => {
  it('is read with its source, place and language', () => {
    const mdx =
      'Zie <Quote source="memo" place="Draagvlak" lang="nl" rendering="no experience > here">nog *geen*\nervaring</Quote>.';
    expect(quotationsOfArticle('a.mdx', mdx)).toEqual([
      {
        at: 'a.mdx: quotation 1',
        source: 'memo',
        place: 'Draagvlak',
        lang: 'nl',
        text: 'nog geen\nervaring',
      },
    ]);
  });

  const memoHeadings = Object.values(facts.sources.get('memo')?.sections ?? {}).map(
    ({ heading }) => heading,
  );
  const quotations = articleQuotations(contentFolder);

  it('exists', () => {
    expect(quotations.length).toBeGreaterThan(0);
  });

  it.each(quotations.map((quotation) => [quotation.at, quotation] as const))(
    '%s is short, marked with its language, and has its place',
    (_, { source, place, lang, text }) => {
      expect(facts.sources.has(source)).toBe(true);
      expect(countWords(text)).toBeLessThanOrEqual(source === 'memo' ? 25 : 15);
      expect(['nl', 'en']).toContain(lang);
      if (source === 'memo')
        expect(
          memoHeadings.some((heading) => place?.endsWith(heading)),
          place,
        ).toBe(true);
      else expect(facts.sources.get(source)?.sections).toHaveProperty([place ?? '']);
    },
  );
});

describe('npm run quotes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quotes-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (...options: readonly string[]): readonly string[] => {
    let said: string;
    try {
      said = execFileSync(process.execPath, ['commands/quotes.ts', folder, ...options], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      said = (error as { stdout: string }).stdout;
    }
    return said.trimEnd().split('\n');
  };

  it('counts what is there, what is not, and what has no text', () => {
    const all = allQuotations(facts, contentFolder);
    const errata = all.filter(({ source }) => source === 'rfc9276');
    expect(errata.length).toBeGreaterThan(1);
    expect(run().at(-1)).toBe(`0 found, 0 not found, ${all.length} without text`);

    // A text made of one of the two clauses only.
    writeFileSync(join(folder, 'RFC-9276.txt'), errata[0]?.text ?? '');
    const lines = run();
    expect(lines.at(-1)).toBe(
      `1 found, ${errata.length - 1} not found, ${all.length - errata.length} without text`,
    );
    expect(lines.some((line) => line.includes(errata[1]?.text ?? ''))).toBe(true);
  });

  it('does not find words that stand in another section', () => {
    const [wanted] = allQuotations(facts, contentFolder).filter(
      ({ source }) => source === 'rfc9276',
    );
    writeFileSync(
      join(folder, 'RFC-9276.txt'),
      `${wanted?.place}.  One\n   Nothing.\n9.  Other\n   ${wanted?.text}\n`,
    );
    const lines = run();
    expect(lines.at(-1)).toMatch(/^0 found/);
    expect(lines.some((line) => line.includes(`not in rfc9276 §${wanted?.place}`))).toBe(true);
  });

  it('keeps nothing while a clause is not found in the text on file', () => {
    const file = new URL('found-clauses.json', import.meta.url);
    const before = readFileSync(file, 'utf8');
    expect(run('--keep')).toContain('Nothing is written down.');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
