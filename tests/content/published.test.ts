import { describe, expect, it } from 'vitest';
import {
  claimsJsonSchema,
  publishedClaims,
  publishedSources,
  sourcesJsonSchema,
} from '../../src/site/facts/published.ts';
import { faultsOf } from '../json-schema.ts';
import { facts } from './facts.ts';

const origin = { site: 'https://example.org/', release: '1.2.3' };

describe('the published facts', () => {
  const published = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('claims.json fits its schema', () => {
    expect(faultsOf(claimsJsonSchema, published(publishedClaims(facts, origin)))).toEqual([]);
  });

  it('sources.json fits its schema', () => {
    expect(faultsOf(sourcesJsonSchema, published(publishedSources(facts, origin)))).toEqual([]);
  });

  it('the schema refuses a claim without verdict', () => {
    const [first] = publishedClaims(facts, origin);
    const { verdict: _, ...without } = first ?? { verdict: 'S' };
    expect(faultsOf(claimsJsonSchema, published([without]))).toEqual([
      "/0: must have required property 'verdict'",
    ]);
  });

  it('gives each claim an address of its own on this site', () => {
    const addresses = publishedClaims(facts, origin).map(({ address }) => address.nl);
    expect(addresses[0]).toBe('https://example.org/beweringen/#C01');
    expect(new Set(addresses).size).toBe(facts.claims.length);
    expect(publishedClaims(facts, { ...origin, site: undefined })[0]?.address.en).toBe(
      '/en/claims/#C01',
    );
  });
});
