/** The page of the laws says what the results on file say: cell by cell, and every counterexample. */
import { expect, test } from 'vitest';
import { contentOfBuild } from '../../src/site/content.ts';
import { lawResultsSchema } from '../../src/site/schemas/laws.ts';
import { hrefOf } from '../../src/site/routes.ts';
import { columnsOf, lawOrder } from '../../src/view/laws/table.ts';
import { setOf } from '../../src/world/laws/powers.ts';
import { builtPages } from './site.ts';

const results = contentOfBuild('laws/results.json', lawResultsSchema);
const pages = builtPages();

test.each(['nl', 'en'] as const)('each cell of the page is that of the results, in %s', (lang) => {
  const html = pages.find(({ path }) => path === hrefOf('laws', lang))?.html ?? '';
  const shown = new Map(
    [...html.matchAll(/<td\b[^>]*data-law="([\w-]+)" data-row="([\w-]+)" data-kind="(\w+)"/g)].map(
      ([, law, row, kind]) => [`${law} ${row}`, kind],
    ),
  );
  expect(shown.size).toBe(lawOrder.length * columnsOf(results).length);
  for (const law of lawOrder)
    for (const { id } of columnsOf(results)) {
      const lengths = results.findings.find((each) => each.law === law && each.row === id)?.lengths;
      const plan = results.plans.find((each) => each.row === id);
      // Read from the lengths, where the page reads the minimal sets.
      const kindOfLengths = (text: string) =>
        [...text].every((length) => length === '0')
          ? 'always'
          : [...text].some((length, budget) => length !== '0' && (budget & setOf('CPKZ')) === 0)
            ? 'never'
            : 'while';
      const ofPlan = plan && (plan.harmed === null ? 'always' : 'never');
      const ofLaw = lengths === undefined ? undefined : kindOfLengths(lengths);
      const kind = (law === 'no-self-harm' ? ofPlan : ofLaw) ?? 'none';
      expect(shown.get(`${law} ${id}`), `${law} ${id}`).toBe(kind);
    }
});

test.each(['nl', 'en'] as const)('each counterexample of the table is told, in %s', (lang) => {
  const html = pages.find(({ path }) => path === hrefOf('laws', lang))?.html ?? '';
  const columns = columnsOf(results).map(({ id }) => id);
  const cards = html.split(/<div class="card"|<\/details> *<\/section>/).slice(1);
  for (const { law, row, weakest } of results.findings) {
    if (!columns.includes(row) || weakest.length === 0) continue;
    const card = cards.find((each) => each.includes(`id="${law}-${row}"`)) ?? '';
    const told = [...card.matchAll(/data-powers="(\w+)"/g)].map(([, powers]) => powers);
    expect(told, `${law} ${row}`).toEqual(weakest.map(({ powers }) => powers));
    const links = [...card.matchAll(/href="[^"]*\?protection=/g)];
    expect(links.length).toBe(weakest.length);
  }
});
