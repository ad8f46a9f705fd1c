/**
 * Cases that another implementation can be held to, `/corpus/cases.json`: the deliveries of the corpus, and readings
 * and matches of `content/vectors/`. `sts-dane-corpus` hands them out one by one (docs/corpus.md).
 */
import { beliefs, verdicts } from '../../core/verdict.ts';
import { readFileSync } from 'node:fs';
import { z } from 'astro/zod';
import { scenarioSchema, type Read } from '../../world/simulated/scenario.ts';
import type { Origin } from '../facts/published.ts';
import { corpusFormat, corpusLicence, headOf } from './corpus.ts';
import type { NamedScenario } from './read.ts';

const text = z.string();
const txt = z
  .array(z.array(text))
  .describe('the TXT records of a name, each a list of its character-strings');
const error = text.describe('which part is at fault; docs/corpus.md has the words');
const either = <Shape extends z.ZodRawShape>(valid: Shape) =>
  z.union([
    z.strictObject({ valid: z.literal(true), ...valid }),
    z.strictObject({
      valid: z.literal(false),
      error: error.exactOptional(),
      errorAlso: z.array(text).exactOptional().describe('errors that are right too'),
    }),
  ]);

/** What is given, and what is to be found, for each kind. */
const kinds = {
  delivery: {
    input: scenarioSchema,
    expect: z.strictObject({ verdict: z.enum(verdicts), belief: z.enum(beliefs) }),
  },
  'mta-sts-txt': { input: z.strictObject({ txt }), expect: either({ id: text }) },
  'mta-sts-policy': {
    input: z.strictObject({
      body: text,
      status: z.int().exactOptional(),
      contentType: text.exactOptional(),
    }),
    expect: either({ mode: text, max_age: z.int(), mx: z.array(text) }),
  },
  'mta-sts-mx-match': {
    input: z.strictObject({ patterns: z.array(text), host: text }),
    expect: z.strictObject({ match: z.boolean() }),
  },
  'tlsrpt-txt': {
    input: z.strictObject({ txt }),
    expect: either({ rua: z.array(text), unsupportedScheme: z.array(text).exactOptional() }),
  },
  'tlsa-record': {
    input: z.union([
      z.strictObject({ presentation: text }),
      z.strictObject({ wire: text.describe('RDATA as hexadecimal') }),
    ]),
    expect: z.union([
      z.strictObject({ parse: z.literal('error') }),
      z.strictObject({
        parse: z.literal('ok'),
        usage: z.int(),
        selector: z.int(),
        matchingType: z.int(),
        data: text,
        usableForSmtp: z.boolean(),
      }),
    ]),
  },
} as const;

const id = text.regex(/^[a-z-]+\/[\w.-]+$/);
const caseSchema = z.discriminatedUnion(
  'kind',
  Object.entries(kinds).map(([kind, { input, expect }]) =>
    z.strictObject({ id, kind: z.literal(kind), input, expect, source: text }),
  ) as unknown as readonly [z.ZodObject<{ id: typeof id; kind: z.ZodLiteral<string> }>],
);
const casesSchema = z.strictObject({
  $schema: text,
  format: z.literal(corpusFormat),
  version: text,
  licence: z.literal(corpusLicence),
  credit: text,
  count: z.int().positive(),
  cases: z.array(caseSchema).min(1),
});

export interface CorpusCase {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly expect: unknown;
  readonly source: string;
}
export type CorpusCases = Omit<Read<typeof casesSchema>, 'cases'> & {
  readonly cases: readonly CorpusCase[];
};

interface Vectors {
  readonly vectors: readonly ({
    readonly name: string;
    readonly source: string;
    readonly disputed?: unknown;
    readonly match?: boolean;
    readonly expect?: Readonly<Record<string, unknown>>;
  } & Readonly<Record<string, unknown>>)[];
}

/** Fields of a vector that tell a person more, and a machine nothing. */
const told: readonly string[] = ['reason', 'note'];

function casesFrom(kind: Exclude<keyof typeof kinds, 'delivery'>): readonly CorpusCase[] {
  const { vectors } = JSON.parse(readFileSync(`content/vectors/${kind}.json`, 'utf8')) as Vectors;
  const { input } = kinds[kind];
  const fields = (input instanceof z.ZodUnion ? input.options : [input]).flatMap((each) =>
    Object.keys(each.shape),
  );
  return (
    vectors
      // Where readers of the standards part, no reading is held against another.
      .filter(({ disputed }) => disputed === undefined)
      .map(({ name, source, match, expect = { match }, ...vector }) => ({
        id: `${kind}/${name}`,
        kind,
        input: Object.fromEntries(
          Object.entries(vector).filter(([field]) => fields.includes(field)),
        ),
        expect: Object.fromEntries(
          Object.entries(expect).filter(([field]) => !told.includes(field)),
        ),
        source,
      }))
  );
}

export const casesOf = (scenarios: readonly NamedScenario[], origin: Origin): CorpusCases => {
  const cases: readonly CorpusCase[] = [
    ...scenarios.map(({ id, scenario, verdict, belief, rule }) => ({
      id: `delivery/${id}`,
      kind: 'delivery',
      input: scenario,
      expect: { verdict, belief },
      source: rule,
    })),
    ...(Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
      kind === 'delivery' ? [] : casesFrom(kind),
    ),
  ];
  return { ...headOf(origin, 'cases.schema.json', cases.length), cases };
};

export const casesJsonSchema = (): object => ({
  ...z.toJSONSchema(casesSchema, { target: 'draft-2020-12' }),
  title: 'Cases of the corpus, for other implementations',
});
