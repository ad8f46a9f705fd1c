/** `content/clauses.yaml`: for each rule id the words of a standard that say it, or why none do. */
import { z } from 'astro/zod';
import { sourceQuotation } from './text.ts';

/** What a clause does, by the key words of RFC 2119; `states` has none of them. */
export const forces = ['must', 'must-not', 'should', 'should-not', 'may', 'states'] as const;

export const clausesSchema = z.strictObject({
  clauses: z
    .array(
      z
        .strictObject({
          rules: z.array(z.string()).min(1),
          /** Why these rules rest on the same words. */
          because: z.string().min(1).optional(),
          source: z.string(),
          section: z.string(),
          force: z.enum(forces),
          words: sourceQuotation,
        })
        .refine(
          ({ rules, because }) => rules.length > 1 === (because !== undefined),
          'a clause of several rules says why they share it (`because`), and no other does',
        ),
    )
    .min(1),
  none: z.record(z.string(), z.string().min(1)),
});

export type Clauses = z.infer<typeof clausesSchema>;
export type Clause = Clauses['clauses'][number];
export type Force = Clause['force'];
