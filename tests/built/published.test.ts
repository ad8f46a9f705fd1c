/**
 * Addresses that were published once are in other people's documents: each must still lead to its subject.
 * The list was made from the site of 28 November 2026, before its pages were rebuilt; nothing leaves it.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { attributes, fileFor } from './site.ts';

interface Published {
  readonly page: string;
  readonly nl: string;
  readonly en: string;
  readonly ids: readonly string[];
  /** Ids that only one language has. */
  readonly own?: { readonly nl: readonly string[]; readonly en: readonly string[] };
}
const published = JSON.parse(
  readFileSync('tests/vectors/addresses/published.json', 'utf8'),
) as readonly Published[];

const htmlOf = (path: string): string => {
  const file = fileFor(path);
  return file === undefined ? '' : readFileSync(file, 'utf8');
};
const places = published.flatMap(({ ids, own, ...address }) =>
  (['nl', 'en'] as const).map((lang) => ({
    path: address[lang],
    ids: [...ids, ...(own?.[lang] ?? [])],
  })),
);

test('the list holds the pages and marks of that day', () => {
  expect(places.length).toBe(42);
  expect(places.reduce((sum, { ids }) => sum + ids.length, 0)).toBeGreaterThan(2300);
});

test.each(places)('$path and each of its marks lead to their subject', ({ path, ids }) => {
  const html = htmlOf(path);
  expect(html, 'the page itself').not.toBe('');
  const present = new Set(attributes(html, 'id'));
  expect(ids.filter((id) => !present.has(id))).toEqual([]);
  // A subject that moved to another page left a link behind, which carries its mark.
  const moved = [...html.matchAll(/<a [^>]*\bid="([^"]+)"[^>]*>/g)].filter(([, id = '']) =>
    ids.includes(id),
  );
  const astray = moved.filter(([tag, id = '']) => {
    const [to = '', mark = ''] = (attributes(tag, 'href')[0] ?? '').split('#');
    return mark !== id || !attributes(htmlOf(to), 'id').includes(id);
  });
  expect(astray.map(([tag]) => tag)).toEqual([]);
});
