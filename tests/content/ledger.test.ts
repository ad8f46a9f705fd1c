/** What articles and lists call places, verdicts and notes. */
import { describe, expect, it } from 'vitest';
import {
  claimsWith,
  memoPlaceOf,
  noteOf,
  placeOf,
  verdictWordsOf,
} from '../../src/site/prose/ledger.ts';
import { claimVerdicts } from '../../src/site/schemas/claim.ts';
import { facts } from './facts.ts';

const languages = ['nl', 'en'] as const;

describe('a place in the memo', () => {
  const sections = Object.keys(facts.sources.get('memo')?.sections ?? {});

  it.each(sections)('%s is called by what it is, never by its id', (section) => {
    expect(sections.length).toBeGreaterThan(30);
    for (const lang of languages) {
      const words = memoPlaceOf(section, lang);
      expect(words).not.toBe(section);
      expect(words).not.toMatch(/\b[a-z]+-\d|\bp\d|\{/);
    }
  });

  it.each(languages)('has a name of its own in %s', (lang) => {
    const names = sections.map((section) => memoPlaceOf(section, lang));
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['pro-3', 'tabel, voordeel 3 van DANE', 'table, advantage 3 of DANE'],
    ['pro-5', 'tabel, voordeel 1 van SMTP STS', 'table, advantage 1 of SMTP STS'],
    ['con-2', 'tabel, nadeel 2 van DANE', 'table, disadvantage 2 of DANE'],
    ['con-7', 'tabel, nadeel 5 van SMTP STS', 'table, disadvantage 5 of SMTP STS'],
    ['decision-3', 'gevraagd besluit 3', 'decision 3 requested'],
  ])('%s is "%s", "%s"', (section, nl, en) => {
    expect(placeOf('memo', section, 'nl')).toBe(nl);
    expect(placeOf('memo', section, 'en')).toBe(en);
  });
});

describe('a note', () => {
  it('says of a partial verdict that it is partial', () => {
    const { claim } = noteOf('C28') ?? {};
    expect(claim && verdictWordsOf(claim, 'nl')).toBe('deels in strijd met de bron');
    expect(verdictWordsOf({ verdict: 'CON', inPart: true }, 'en')).toBe(
      'contradicts the source in part',
    );
    expect(verdictWordsOf({ verdict: 'CON' }, 'en')).toBe('contradicts the source');
  });

  it('carries the claims that are told with it, and those have none of their own', () => {
    expect(noteOf('C12')?.ids).toEqual(['C12', 'C19']);
    expect(noteOf('C19')).toBeUndefined();
  });
});

it('the tallies add up to all claims', () => {
  const counts = claimVerdicts.map((verdict) => claimsWith(verdict));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(claimsWith());
  expect(claimsWith()).toBe(facts.claims.length);
});
