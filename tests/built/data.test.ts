/** The files of data as they are published: all are on the page of data, and each fits the schema beside it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../json-schema.ts';
import { attributes, builtPages, root } from './site.ts';

const pageOf = (path: string): string =>
  builtPages().find((each) => each.path === path)?.html ?? '';
const linked = attributes(pageOf('/data/'), 'href');
const files = linked.filter((href) => /^\/(data|corpus)\/\w+\.json$/.test(href));
const jsonOf = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as object;

test('every schema and its file are on the page, in both languages', () => {
  const there = globSync('{data,corpus}/*.schema.json', { cwd: root }).map((each) => `/${each}`);
  expect(there.length).toBe(6);
  for (const path of ['/data/', '/en/data/']) {
    const hrefs = attributes(pageOf(path), 'href');
    for (const schema of there)
      expect(hrefs).toEqual(expect.arrayContaining([schema, schema.replace('.schema', '')]));
  }
});

test.each(files)('%s fits its schema', (path) => {
  expect(faultsOf(jsonOf(path.replace('.json', '.schema.json')), jsonOf(path))).toEqual([]);
});

/** What a page says of itself to machines. */
const dataOn = (path: string): readonly Record<string, unknown>[] =>
  [...pageOf(path).matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(
    ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
  );

describe('for machines', () => {
  test('the page of data is an article and a catalogue of the same files', () => {
    const [article, catalogue] = dataOn('/data/');
    expect(article?.['@type']).toBe('Article');
    expect(catalogue?.['@type']).toBe('DataCatalog');
    const sets = catalogue?.['dataset'] as {
      license: string;
      distribution: { contentUrl: string };
    }[];
    const addresses = sets.map(
      ({ distribution }) => new URL(distribution.contentUrl, 'http://x').pathname,
    );
    expect(addresses.sort()).toEqual([...new Set(files)].sort());
    for (const { license } of sets)
      expect(license).toContain('creativecommons.org/licenses/by/4.0');
  });

  test('claims that sources can settle have a review, opinions and forecasts have none', () => {
    const claims = jsonOf('/data/claims.json') as unknown as readonly {
      id: string;
      verdict: string;
      kind: string;
    }[];
    const [, reviews] = dataOn('/en/claims/');
    const graph = reviews?.['@graph'] as { '@type': string; url: string; reviewRating: object }[];
    const reviewed = graph.map(({ url }) => url.split('#')[1]);
    expect(reviewed).toEqual(
      claims.filter(({ verdict, kind }) => verdict !== 'OP' && kind === 'fact').map(({ id }) => id),
    );
    expect(reviewed.length).toBeGreaterThan(30);
    for (const each of graph) expect(each.reviewRating).not.toHaveProperty('ratingValue');
  });
});

test('the feed is there in both languages or in none, and the page of releases says which', () => {
  const feeds = globSync('{uitgaven,en/releases}/feed.xml', { cwd: root });
  expect([0, 2]).toContain(feeds.length);
  const links = attributes(pageOf('/uitgaven/'), 'href').filter((href) =>
    href.endsWith('feed.xml'),
  );
  expect(links.length > 0).toBe(feeds.length === 2);
});
