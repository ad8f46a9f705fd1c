/** `content/glossary.yaml`: the words that the site explains in place. */
import { z } from 'astro/zod';
import { placeOnSite } from './text.ts';

const term = z.strictObject({ word: z.string().min(1), meaning: z.string().min(1) });

export const glossarySchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    /** Where the thing is drawn. */
    drawn: placeOnSite.optional(),
    nl: term,
    en: term,
  }),
);

export type GlossaryTerm = z.infer<typeof glossarySchema>[number];
