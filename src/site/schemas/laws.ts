/** `content/laws.yaml`: the scope and the laws that both provers hold against it. */
import { z } from 'astro/zod';
import { lawIds } from '../../world/laws/law.ts';
import { powers } from '../../world/laws/powers.ts';
import { bilingual } from './text.ts';

const provers = ['explorer', 'spin'] as const;

export const lawsSchema = z.strictObject({
  lifetimeDays: z.int().min(1),
  powers: z
    .array(
      z.strictObject({
        id: z.enum(powers.map(({ id }) => id)),
        letter: z.string().length(1),
        name: bilingual,
        means: bilingual,
      }),
    )
    .length(powers.length),
  laws: z
    .array(
      z.strictObject({
        id: z.enum(lawIds),
        name: bilingual,
        sentence: bilingual,
        /** For whoever wants to check the provers: what each of them holds on every day. */
        formula: z.string().min(1),
        /** What the sender remembers before day 0. */
        start: z.enum(['nothing', 'known']),
        provers: z.array(z.enum(provers)).min(1),
        /** Claims of the memo that say it, or the opposite. */
        claims: z.array(z.string().regex(/^C\d{2}$/)),
      }),
    )
    .length(lawIds.length),
  assumptions: z.array(bilingual).min(1),
});
