/** The facts as others read them: `/data/claims.json`, `/data/sources.json`, and their JSON schemas. */
import { z } from 'astro/zod';
import type { Read } from '../../world/simulated/scenario.ts';
import { hrefOf, hrefOfClaim } from '../routes.ts';
import { claimSchema } from '../schemas/claim.ts';
import { sourceSchema } from '../schemas/source.ts';
import { bilingual } from '../schemas/text.ts';
import { clausesFrom } from './clauses.ts';
import { runs } from './runs.ts';
import type { Facts } from './read.ts';

export interface Origin {
  /** Where this copy is served; undefined when the builder did not say. */
  readonly site: string | undefined;
  readonly release: string;
}

/** As whole as the address is known. */
export const at = (origin: Origin, path: string): string =>
  origin.site === undefined ? path : new URL(path, origin.site).href;

const { toldWith: _, ...claimFields } = claimSchema.shape;
const claimsSchema = z.array(
  z.strictObject({
    ...claimFields,
    address: bilingual,
    release: z.string().min(1),
    /** The first of `places`. */
    place: z.string().min(1),
    runKind: z.enum(['scenario', 'parse', 'computation']).exactOptional(),
    runInput: z.string().min(1).exactOptional(),
    notRunnableBecause: bilingual.nullable(),
  }),
);

const { sections, ...sourceFields } = sourceSchema.shape;
const sourcesSchema = z.array(
  z.strictObject({
    ...sourceFields,
    sections: z.record(
      z.string(),
      sections.valueType.extend({
        /** Which rules of this site it states, and in which words. */
        rules: z.record(z.string(), z.string().min(1)).exactOptional(),
      }),
    ),
    page: bilingual,
    release: z.string().min(1),
  }),
);

export const claimsJsonSchema = {
  ...z.toJSONSchema(claimsSchema),
  title: 'Claims of the memo FS 160608.3D, checked',
};
export const sourcesJsonSchema = {
  ...z.toJSONSchema(sourcesSchema),
  title: 'Sources of this site',
};

/** How to repeat a run: a scenario of the corpus, or a parse or computation with its input. */
function runOf(facts: Facts, id: string | null) {
  if (id === null) return {};
  if (facts.scenarios.has(id)) return { runKind: 'scenario' as const };
  const run = runs[id];
  return run ? { runKind: run.kind, runInput: run.input } : {};
}

/** All claims, each with its verdict, its sources with sections, and its run or why it has none. */
export const publishedClaims = (facts: Facts, origin: Origin): Read<typeof claimsSchema> =>
  facts.claims.map(({ id, toldWith: _, ...claim }) => ({
    id,
    address: {
      nl: at(origin, hrefOfClaim(id, 'nl')),
      en: at(origin, hrefOfClaim(id, 'en')),
    },
    release: origin.release,
    place: claim.places[0] ?? '',
    ...claim,
    ...runOf(facts, claim.run),
    notRunnableBecause: claim.notRunnableBecause ?? null,
  }));

/** All sources; a section says which rules of this site it states, and in which words (`rules`). */
export const publishedSources = (facts: Facts, origin: Origin): Read<typeof sourcesSchema> =>
  [...facts.sources.values()].map((source) => ({
    ...source,
    sections: Object.fromEntries(
      Object.entries(source.sections).map(([number, section]) => {
        const own = clausesFrom(facts, source.id, number).flatMap(({ rules, words }) =>
          rules.map((rule) => [rule, words] as const),
        );
        return [number, { ...section, ...(own.length > 0 && { rules: Object.fromEntries(own) }) }];
      }),
    ),
    page: {
      nl: at(origin, `${hrefOf('sources', 'nl')}#${source.id}`),
      en: at(origin, `${hrefOf('sources', 'en')}#${source.id}`),
    },
    release: origin.release,
  }));
