/** The address of a page is in the table of routes; elsewhere it is asked of that table, or given to a widget. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { linksOf, routes } from '../../src/site/routes.ts';

const slugs = routes
  .flatMap(({ nl, en }) => [nl, en])
  .map((path) => path.replace(/^\/(?:en\/)?/, '').replace(/\/$/, ''))
  .filter((slug) => slug !== '' && slug !== 'en');
/** A quote, or what was filled in before; then the address as it would be written by hand. */
const written = new RegExp(`['"\`}](?:/en)?/?(?:${[...new Set(slugs)].join('|')})/(?=['"\`#?$])`);

test('no other file of the site or of a widget writes one by hand', () => {
  const files = globSync('src/{site,widgets,words}/**/*.{ts,svelte,astro}').filter(
    (file) => file !== 'src/site/routes.ts',
  );
  expect(files.length).toBeGreaterThan(200);
  const withoutComments = (text: string) => text.replace(/\/\*\*[^]*?\*\//g, '');
  const found = files.filter((file) => written.test(withoutComments(readFileSync(file, 'utf8'))));
  expect(found).toEqual([]);
});

test('an address written by hand would be found', () => {
  for (const text of ["'/bronnen/'", '`${base}sources/`', "lang === 'en' ? 'memo/' : 'notitie/'"])
    expect(written.test(text)).toBe(true);
  expect(linksOf('en')).toEqual({ sources: '/en/sources/', memo: '/en/memo/' });
});
