/**
 * Reads `content/` facts from disk: for pages at build, for tests and for commands alike.
 * A file that does not fit is a problem with file, path and reason; it never becomes half a fact.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'astro/zod';
import { parse } from 'yaml';
import { adoptionSchema, type AdoptionSeries } from '../schemas/adoption.ts';
import { claimSchema, type Claim } from '../schemas/claim.ts';
import { clausesSchema, type Clauses } from '../schemas/clauses.ts';
import { comparisonSchema, type Comparison } from '../schemas/comparison.ts';
import { criteriaSchema, type Criteria } from '../schemas/criteria.ts';
import { glossarySchema, type GlossaryTerm } from '../schemas/glossary.ts';
import { sourceSchema, type Source } from '../schemas/source.ts';
import { timelineSchema, type TimelineEvent } from '../schemas/timeline.ts';
import { sayMisfit } from './misfit.ts';

export interface Problem {
  readonly file: string;
  readonly path: string;
  readonly reason: string;
}

export const sayProblem = ({ file, path, reason }: Problem): string =>
  `${file}: ${path === '' ? '' : `${path}: `}${reason}`;

export interface Facts {
  readonly claims: readonly Claim[];
  readonly sources: ReadonlyMap<string, Source>;
  /** Which words of which section say which rule. */
  readonly clauses: Clauses | undefined;
  readonly glossary: readonly GlossaryTerm[];
  readonly timeline: readonly TimelineEvent[];
  readonly adoption: readonly AdoptionSeries[];
  readonly comparison: Comparison | undefined;
  readonly criteria: Criteria | undefined;
  /** Ids of `content/scenarios/*.yaml`. */
  readonly scenarios: ReadonlySet<string>;
}

const stemOf = (name: string): string => name.replace(/\.yaml$/, '');

/** Reads everything below `folder` (usually `content`), and says all that is wrong with it. */
export function readFacts(folder: string): { facts: Facts; problems: readonly Problem[] } {
  const problems: Problem[] = [];

  const load = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
  ): z.infer<Schema> | undefined => {
    const file = `content/${name}`;
    let written: unknown;
    try {
      written = parse(readFileSync(join(folder, name), 'utf8'));
    } catch (error) {
      problems.push({ file, path: '', reason: (error as Error).message });
      return undefined;
    }
    const read = schema.safeParse(written, { error: sayMisfit });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues)
      problems.push({ file, path: path.map(String).join('.'), reason: message });
    return undefined;
  };

  const namesIn = (room: string): readonly string[] =>
    existsSync(join(folder, room))
      ? readdirSync(join(folder, room))
          .filter((name) => name.endsWith('.yaml'))
          .sort()
      : [];

  const loadRoom = <Schema extends z.ZodType<{ id: string }>>(
    room: string,
    schema: Schema,
  ): z.infer<Schema>[] =>
    namesIn(room).flatMap((name) => {
      const entry = load(`${room}/${name}`, schema);
      if (entry === undefined) return [];
      if (entry.id !== stemOf(name))
        problems.push({
          file: `content/${room}/${name}`,
          path: 'id',
          reason: `is "${entry.id}", the file is called "${stemOf(name)}"`,
        });
      return [entry];
    });

  const loadFile = <Schema extends z.ZodType>(name: string, schema: Schema) =>
    existsSync(join(folder, name)) ? load(name, schema) : undefined;

  const facts: Facts = {
    claims: loadRoom('claims', claimSchema),
    sources: new Map(loadRoom('sources', sourceSchema).map((source) => [source.id, source])),
    clauses: loadFile('clauses.yaml', clausesSchema),
    glossary: loadFile('glossary.yaml', glossarySchema) ?? [],
    timeline: loadFile('timeline.yaml', timelineSchema) ?? [],
    adoption: loadFile('adoption.yaml', adoptionSchema) ?? [],
    comparison: loadFile('comparison.yaml', comparisonSchema),
    criteria: loadFile('criteria.yaml', criteriaSchema),
    scenarios: new Set(namesIn('scenarios').map(stemOf)),
  };
  return { facts, problems };
}
