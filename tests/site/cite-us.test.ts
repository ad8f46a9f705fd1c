import { expect, test } from 'vitest';
import { apaOf, bibtexOf, type Reference } from '../../src/site/facts/cite-us.ts';

const reference: Reference = {
  key: 'stsdane-C02-0.1.0',
  title: 'C02: The larger platforms support the proposal.',
  site: 'STS versus DANE',
  publisher: '',
  date: '2026-11-24',
  release: '0.1.0',
  address: 'https://example.org/en/sources/#C02',
};

test.each([
  [
    'a title that is a sentence keeps its one full stop',
    reference,
    'C02: The larger platforms support the proposal. (2026, November 24). STS versus DANE (v0.1.0). https://example.org/en/sources/#C02',
  ],
  [
    'a title without a full stop gets one',
    { ...reference, title: 'The check' },
    'The check. (2026, November 24). STS versus DANE (v0.1.0). https://example.org/en/sources/#C02',
  ],
  [
    'a question keeps its mark alone',
    { ...reference, title: 'Who decides?' },
    'Who decides? (2026, November 24). STS versus DANE (v0.1.0). https://example.org/en/sources/#C02',
  ],
  [
    'who publishes comes first, and without an address nothing follows',
    { ...reference, publisher: 'Example Foundation', address: '' },
    'Example Foundation. (2026, November 24). C02: The larger platforms support the proposal. STS versus DANE (v0.1.0).',
  ],
])('in APA %s', (_title, given, cited) => {
  expect(apaOf(given, 'en')).toBe(cited);
});

test('in BibTeX what it reads as its own is escaped or left out, so that no title ends the entry', () => {
  const given = { ...reference, title: 'A {brace}, 50% & more\\ #1_2' };
  expect(bibtexOf(given)).toContain('title = {{A brace, 50\\% \\& more \\#1\\_2}}');
});
