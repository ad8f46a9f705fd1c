import { describe, expect, it } from 'vitest';
import {
  claimsJsonSchema,
  publishedClaims,
  publishedSources,
  sourcesJsonSchema,
} from '../../src/site/facts/published.ts';
import { facts } from './facts.ts';

const origin = { site: 'https://example.org/', release: '1.2.3' };

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** As much of JSON Schema as our two schemas use; a property that no schema names is an error. */
function faultsOf(schema: Schema, value: unknown, at = '$'): string[] {
  if (schema.anyOf)
    return schema.anyOf.some((one) => faultsOf(one, value, at).length === 0) ? [] : [`${at}: none`];
  if (schema.enum) return schema.enum.includes(value) ? [] : [`${at}: ${String(value)}`];
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.includes(typeOf(value))) return [`${at}: is ${typeOf(value)}`];
  if (typeof value === 'string')
    return [
      ...(value.length >= (schema.minLength ?? 0) ? [] : [`${at}: empty`]),
      ...(new RegExp(schema.pattern ?? '').test(value) ? [] : [`${at}: pattern`]),
    ];
  if (Array.isArray(value))
    return [
      ...(value.length >= (schema.minItems ?? 0) ? [] : [`${at}: too few`]),
      ...value.flatMap((item, index) => faultsOf(schema.items ?? {}, item, `${at}[${index}]`)),
    ];
  if (typeof value !== 'object' || value === null) return [];
  return [
    ...(schema.required ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${at}: no ${name}`),
    ...Object.entries(value).flatMap(([name, part]) => {
      const inner = schema.properties?.[name] ?? schema.additionalProperties;
      return inner ? faultsOf(inner, part, `${at}.${name}`) : [`${at}: unknown ${name}`];
    }),
  ];
}

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
    expect(faultsOf(claimsJsonSchema, published([without]))).toEqual(['$[0]: no verdict']);
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
