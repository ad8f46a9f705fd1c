/** The corpus as others read it: `/corpus/scenarios.json`. Its JSON Schema is made from this. */
import { beliefs, verdicts } from '../../core/verdict.ts';
import { z } from 'astro/zod';
import { scenarioGroups, scenarioOrigin, scenarioTags } from './scenario.ts';
import { bilingual } from './text.ts';
import { scenarioSchema, type Read } from '../../world/simulated/scenario.ts';

const citation = z.strictObject({ source: z.string().min(1), section: z.string().min(1) });

export const corpusEntrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  title: bilingual,
  lesson: bilingual,
  group: z.enum(scenarioGroups),
  tags: z.array(z.enum(scenarioTags)).min(1),
  /** Settings of the simulator that make this world; absent where it needs more than settings. */
  settings: z.record(z.string(), z.string()).exactOptional(),
  /** The whole world: all that decides how the delivery ends. */
  world: scenarioSchema,
  expected: z.strictObject({
    verdict: z.enum(verdicts),
    belief: z.enum(beliefs),
  }),
  /** The rule on which it turns, and the sections that it rests on. */
  rule: z.strictObject({ id: z.string().min(1), citations: z.array(citation).min(1) }),
  departure: z.string().exactOptional(),
  origin: scenarioOrigin,
  known: z.array(z.string()).exactOptional(),
  /** The rules that our sender passes, in order. */
  rules: z.array(z.string()).min(1),
  address: z.strictObject({ nl: z.string(), en: z.string(), json: z.string() }),
});

export const corpusSchema = z.strictObject({
  $schema: z.string(),
  format: z.literal(1),
  version: z.string().min(1),
  licence: z.literal('CC-BY-4.0'),
  credit: z.string().min(1),
  count: z.int().positive(),
  scenarios: z.array(corpusEntrySchema).min(1),
});

export type CorpusEntry = Read<typeof corpusEntrySchema>;
export type Corpus = Read<typeof corpusSchema>;
