/** The facts of `content/`: a file that does not fit is told, and never becomes half a fact. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'astro/zod';
import { idsIn, readContent, type Problem } from '../content.ts';
import { adoptionSchema, type AdoptionSeries } from '../schemas/adoption.ts';
import { answersSchema, type Answer } from '../schemas/answer.ts';
import { claimSchema, type Claim } from '../schemas/claim.ts';
import { clausesSchema, type Clauses } from '../schemas/clauses.ts';
import { comparisonSchema, type Comparison } from '../schemas/comparison.ts';
import { criteriaSchema, type Criteria } from '../schemas/criteria.ts';
import { glossarySchema, type GlossaryTerm } from '../schemas/glossary.ts';
import { sourceSchema, type Source } from '../schemas/source.ts';
import { timelineSchema, type TimelineEvent } from '../schemas/timeline.ts';

export interface Facts {
  readonly claims: readonly Claim[];
  readonly sources: ReadonlyMap<string, Source>;
  /** Which words of which section say which rule. */
  readonly clauses: Clauses | undefined;
  readonly answers: readonly Answer[];
  readonly glossary: readonly GlossaryTerm[];
  readonly timeline: readonly TimelineEvent[];
  readonly adoption: readonly AdoptionSeries[];
  readonly comparison: Comparison | undefined;
  readonly criteria: Criteria | undefined;
  /** Ids of `content/scenarios/*.yaml`. */
  readonly scenarios: ReadonlySet<string>;
}

/** As a build has them: nothing is missing. */
export type WholeFacts = { readonly [Name in keyof Facts]: NonNullable<Facts[Name]> };

/** Reads everything below `folder` (usually `content`), and says all that is wrong with it. */
export function readFacts(folder: string): { facts: Facts; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  /** Undefined: not there, or told. */
  const load = <Schema extends z.ZodType>(name: string, schema: Schema) => {
    if (!existsSync(join(folder, name))) return undefined;
    const read = readContent(folder, name, schema);
    if (read.ok) return read.value;
    problems.push(...read.problems);
    return undefined;
  };
  const loadRoom = <Schema extends z.ZodType<{ id: string }>>(
    room: string,
    schema: Schema,
  ): z.infer<Schema>[] =>
    idsIn(folder, room).flatMap((id) => {
      const entry = load(`${room}/${id}.yaml`, schema);
      if (entry === undefined) return [];
      if (entry.id !== id)
        problems.push({
          file: `content/${room}/${id}.yaml`,
          path: 'id',
          reason: `is "${entry.id}", the file is called "${id}"`,
        });
      return [entry];
    });

  const facts: Facts = {
    claims: loadRoom('claims', claimSchema),
    sources: new Map(loadRoom('sources', sourceSchema).map((source) => [source.id, source])),
    clauses: load('clauses.yaml', clausesSchema),
    answers: load('answers.yaml', answersSchema) ?? [],
    glossary: load('glossary.yaml', glossarySchema) ?? [],
    timeline: load('timeline.yaml', timelineSchema) ?? [],
    adoption: load('adoption.yaml', adoptionSchema) ?? [],
    comparison: load('comparison.yaml', comparisonSchema),
    criteria: load('criteria.yaml', criteriaSchema),
    scenarios: new Set(idsIn(folder, 'scenarios')),
  };
  return { facts, problems };
}
