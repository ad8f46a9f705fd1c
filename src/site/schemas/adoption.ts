/** `content/adoption.yaml`: counted use over time, each figure with its source. */
import { z } from 'astro/zod';
import { bilingual, confidence, looseDate, place } from './text.ts';

export const adoptionSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    /** The finding, as a sentence. */
    title: bilingual,
    /** What one number counts. */
    unit: z.enum(['domains', 'percent']),
    /** What the figures cover, and what they do not. */
    scope: bilingual,
    figures: z
      .array(
        z.strictObject({
          date: looseDate,
          about: z.boolean().default(false),
          value: z.number().nonnegative(),
          /** Of how many domains the survey looked at; for DANE: the signed domains with a mail server. */
          outOf: z.number().positive().optional(),
          /** Percentage of those; as published, unless `scope` says that it was computed. */
          share: z.number().nonnegative().max(100).optional(),
          ...place.shape,
          confidence,
        }),
      )
      .min(1),
  }),
);

export type AdoptionSeries = z.infer<typeof adoptionSchema>[number];
