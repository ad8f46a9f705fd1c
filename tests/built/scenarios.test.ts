/** A file in `content/scenarios/` is all that a new situation takes: it is then everywhere it belongs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embedHref, hrefOf } from '../../src/site/routes.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { fileFor, root } from './site.ts';

const { scenarios } = readScenarios('content');
const inMenu = scenarios.filter(({ menu, isKnobs }) => menu !== false && isKnobs);
const plain = (html: string) =>
  html
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

for (const lang of ['nl', 'en'] as const) {
  const places = [hrefOf('comparison', lang), embedHref('matrix', lang)];
  // There a situation is a link with its knobs, in words.
  test(`${hrefOf('how-it-works', lang)} has a link to every situation of the menu`, () => {
    const html = plain(readFileSync(fileFor(hrefOf('how-it-works', lang)) ?? '', 'utf8'));
    expect(inMenu.filter(({ title }) => !html.includes(title[lang]))).toEqual([]);
  });
  test.each(places)('%s offers every situation of the menu, by its title', (place) => {
    const html = plain(readFileSync(fileFor(place) ?? '', 'utf8'));
    expect(inMenu.length).toBeGreaterThan(50);
    const missing = inMenu.filter(
      ({ id, title }) => !html.includes(id) || !html.includes(title[lang]),
    );
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
}

test('every situation is in the corpus, with its world and its trace in both languages', () => {
  const missing = scenarios
    .flatMap(({ id }) => [`corpus/${id}.json`, `corpus/${id}.txt`, `en/corpus/${id}.txt`])
    .filter((file) => !existsSync(join(root, file)));
  expect(missing).toEqual([]);
});
