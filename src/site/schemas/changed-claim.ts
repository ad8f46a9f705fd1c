/** `content/changed-claims.yaml`: what changed in a claim after it could be read. */
import { z } from 'astro/zod';
import { claimVerdicts } from './claim.ts';
import { bilingual, day } from './text.ts';

export const changedClaimsSchema = z.array(
  z
    .strictObject({
      date: day,
      claim: z.string().regex(/^C\d{2}$/),
      was: z.enum(claimVerdicts).optional(),
      is: z.enum(claimVerdicts).optional(),
      text: bilingual,
    })
    .refine(
      ({ was, is }) => (was === undefined) === (is === undefined),
      '`was` and `is` go together',
    ),
);

export type ChangedClaim = z.infer<typeof changedClaimsSchema>[number];
