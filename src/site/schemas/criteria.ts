/** `content/criteria.yaml`: the four criteria, the memo's findings, and our re-assessment of 2026. */
import { z } from 'astro/zod';
import { bilingual, place } from './text.ts';

export const criterionIds = ['added-value', 'open-process', 'support', 'adoption'] as const;

export const criteriaSchema = z.strictObject({
  criteria: z
    .array(
      z.strictObject({
        id: z.enum(criterionIds),
        name: bilingual,
        /** What the criterion asks, in our words. */
        question: bilingual,
        places: z.array(z.string()).min(1),
        /** What the memo concluded under it, in our words. */
        memo: bilingual,
        /** The same criterion held against RFC 8461 and RFC 8460 as they stand: this site's analysis. */
        now: bilingual.extend({
          /** In a line, beside the balance. */
          short: bilingual,
          sources: z.array(place).min(1),
          weight: z.enum(['for', 'mixed', 'against', 'not-established']),
        }),
      }),
    )
    .length(criterionIds.length),
  findings: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      criterion: z.enum(criterionIds),
      text: bilingual,
      /** Which way the finding pulls: going on with DANE now, or waiting for SMTP STS. */
      pulls: z.enum(['go-on', 'wait', 'neither']),
      claims: z.array(z.string()).min(1),
      /** What would change in the outcome if the finding were wrong. */
      ifWrong: bilingual,
    }),
  ),
  /** Findings that a reader weighs first, in this order; the others on demand. */
  first: z.array(z.string()).length(6),
  /** Findings without which the memo's advice would have been another: our reading. */
  carrying: z.array(z.string()).min(1),
  advice: bilingual,
});

export type Criteria = z.infer<typeof criteriaSchema>;
