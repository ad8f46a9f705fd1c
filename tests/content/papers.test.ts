/**
 * The papers of public code: each fits the schema of its kind, as far as we use it; they agree with each other and with
 * package.json; and what they link to is there.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'astro/zod';
import { parse } from 'yaml';
import { releases } from '../../src/site/releases.ts';
import { operator } from '../../src/site/inputs.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const own = JSON.parse(read('package.json')) as { version: string; license: string };

// publiccode.yml 0.4, https://yml.publiccode.tools (schema.core). Only what we use: an unknown key is a fault.
const oneOf = <const Words extends readonly string[]>(...words: Words) => z.enum(words);
const text = z.string().min(1);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);
const inRepository = text.refine(existsSync, 'is not in the repository');
const dependency = z.strictObject({
  name: text,
  versionMin: text.optional(),
  versionMax: text.optional(),
  version: text.optional(),
  optional: z.boolean().optional(),
});
const contact = z.strictObject({
  name: text,
  email: z.email().optional(),
  phone: text.optional(),
  affiliation: text.optional(),
});
const publicCode = z
  .strictObject({
    publiccodeYmlVersion: z.string().regex(/^0(\.\d+){1,2}$/),
    name: text,
    url: z.url({ protocol: /^https$/ }),
    landingURL: z.url().optional(),
    softwareVersion: text,
    releaseDate: z.iso.date().optional(),
    platforms: z.array(text).min(1),
    // Those of the controlled vocabulary that fit us.
    categories: z
      .array(oneOf('it-security', 'educational-content', 'email-management', 'communications'))
      .min(1),
    developmentStatus: oneOf('concept', 'development', 'beta', 'stable', 'obsolete'),
    softwareType: oneOf(
      ...(['standalone/web', 'standalone/desktop', 'standalone/backend', 'library'] as const),
    ),
    intendedAudience: z.strictObject({
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)),
      scope: z.array(oneOf('government', 'education', 'science-and-technology')),
    }),
    description: z.record(
      language,
      z.strictObject({
        localisedName: text,
        shortDescription: text.max(150),
        longDescription: text.min(150).max(10_000),
        documentation: z.url().optional(),
        features: z.array(text).min(1),
        screenshots: z.array(inRepository).optional(),
      }),
    ),
    legal: z.strictObject({ license: z.literal(own.license), repoOwner: text.optional() }),
    maintenance: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('none') }),
      z.strictObject({ type: oneOf('internal', 'community'), contacts: z.array(contact).min(1) }),
      z.strictObject({ type: z.literal('contract'), contractors: z.array(contact).min(1) }),
    ]),
    localisation: z.strictObject({
      localisationReady: z.boolean(),
      availableLanguages: z.array(language).min(1),
    }),
    dependsOn: z.strictObject({ open: z.array(dependency) }).optional(),
  })
  .refine(({ description }) => Object.keys(description).length > 0);

// Citation File Format 1.2.0: required keys, and those we use.
const entity = z.strictObject({ name: text, website: z.url().optional() });
const person = z.strictObject({
  'family-names': text,
  'given-names': text,
  orcid: z.url().optional(),
});
const citation = z.strictObject({
  'cff-version': z.literal('1.2.0'),
  message: text,
  title: text,
  abstract: text,
  type: oneOf('software', 'dataset'),
  authors: z.array(z.union([entity, person])).min(1),
  version: text,
  'date-released': z.iso.date().optional(),
  'repository-code': z.url().optional(),
  url: z.url().optional(),
  license: z.array(oneOf('EUPL-1.2', 'CC-BY-4.0')).min(1),
  keywords: z.array(text).min(1),
});

// CodeMeta 3.0: terms of its context.
const codeMeta = z.strictObject({
  '@context': z.literal('https://w3id.org/codemeta/3.0'),
  '@type': z.literal('SoftwareSourceCode'),
  name: text,
  description: text,
  version: text,
  license: z.url(),
  author: z.array(z.strictObject({ '@type': oneOf('Person', 'Organization'), name: text })).min(1),
  programmingLanguage: z.array(text),
  runtimePlatform: text,
  developmentStatus: oneOf(
    ...(['concept', 'wip', 'active', 'inactive', 'unsupported', 'moved', 'suspended'] as const),
  ),
  applicationCategory: text,
  keywords: z.array(text),
  readme: text,
  codeRepository: z.url().optional(),
  datePublished: z.iso.date().optional(),
});

const papers = {
  'publiccode.yml': { schema: publicCode, json: parse(read('publiccode.yml')) as unknown },
  'CITATION.cff': { schema: citation, json: parse(read('CITATION.cff')) as unknown },
  'codemeta.json': { schema: codeMeta, json: JSON.parse(read('codemeta.json')) as unknown },
} as const;

describe.each(Object.entries(papers))('%s', (_, { schema, json }) => {
  test('fits the schema of its kind', () => {
    expect(schema.safeParse(json).error?.issues ?? []).toEqual([]);
  });

  test('does not, with a key that nobody knows, or without its name', () => {
    const { name: _name, title: _title, ...nameless } = json as Record<string, unknown>;
    expect(schema.safeParse({ ...(json as object), unknown: 1 }).success).toBe(false);
    expect(schema.safeParse(nameless).success).toBe(false);
  });
});

test('they name the newest release, the licence of package.json, and the repository that the operator named', () => {
  const code = publicCode.parse(papers['publiccode.yml'].json);
  const cited = citation.parse(papers['CITATION.cff'].json);
  const meta = codeMeta.parse(papers['codemeta.json'].json);
  // While the next one is prepared, package.json names that; what readers cite and install is the newest that is out.
  const released = releases()[0]?.version;
  expect([code.softwareVersion, cited.version, meta.version]).toEqual([
    released,
    released,
    released,
  ]);
  expect(meta.license.endsWith(own.license)).toBe(true);
  expect(Object.keys(code.description)).toEqual(expect.arrayContaining(['nl', 'en']));
  // Without an owner the address leads nowhere on purpose (RFC 6761), and nobody maintains it.
  const { repository } = operator();
  if (repository === '') {
    expect(code.url).toMatch(/^https:\/\/[^/]+\.invalid\//);
    expect(code.maintenance.type).toBe('none');
  } else {
    expect(code.url).toBe(repository);
    expect([cited['repository-code'], meta.codeRepository]).toEqual([repository, repository]);
  }
});

/** What a heading is called in an address, as forges write it. */
const anchorsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

const documents = globSync(['*.md', 'docs/**/*.md']).sort();
test('the documents are found', () => {
  expect(documents.length).toBeGreaterThan(30);
});
test.each(documents)('every link in %s leads to a file, and to a heading that is in it', (file) => {
  const wrong = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^https?:/.test(to))
    .filter((to) => {
      const [path = '', heading] = to.split('#');
      const target = path === '' ? file : normalize(join(dirname(file), path));
      if (!existsSync(target)) return true;
      return heading !== undefined && !anchorsOf(read(target)).has(heading);
    });
  expect(wrong).toEqual([]);
});

describe('the self-assessment', () => {
  const assessment = read('docs/standard-for-public-code.md');
  const rows = [
    ...assessment.matchAll(/^\| ((?:MUST|SHOULD)(?: NOT)?): .*\| (\S+) +\| (.*) \|$/gm),
  ];

  test('has the sixteen criteria of version 0.8.0, and an answer to every requirement that binds', () => {
    expect(assessment.match(/^## /gm)).toHaveLength(16);
    const lines = assessment.split('\n').filter((line) => /^\| (?:MUST|SHOULD)/.test(line));
    expect(rows.length).toBe(lines.length);
    // Counted in the standard: 46 that must be met, and 51 that should.
    expect(rows.filter(([, force = '']) => force.startsWith('MUST'))).toHaveLength(46);
    expect(rows.filter(([, force = '']) => force.startsWith('SHOULD'))).toHaveLength(51);
  });

  test('says yes, no or owner, and why where it is not yes', () => {
    for (const [row, , met = '', why = ''] of rows) {
      expect(['yes', 'no', 'owner'], row).toContain(met);
      if (met !== 'yes') expect(why.trim(), row).not.toBe('');
    }
  });
});
