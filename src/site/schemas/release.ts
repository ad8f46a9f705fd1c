/** `content/releases.yaml`: every release, and what was found wrong in it later. */
import { z } from 'astro/zod';
import { bilingual, day } from './text.ts';

export const releasesSchema = z.array(
  z.strictObject({
    version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version is written 1.2.3'),
    date: day,
    /** The number that it had before its day, which readers may have linked to. */
    preparedAs: z.string().optional(),
    note: bilingual,
    /** Found after the release, oldest first; `about` is a claim or the id of a figure. */
    corrections: z.array(z.strictObject({ date: day, about: z.string().min(1), text: bilingual })),
  }),
);

export type Release = z.infer<typeof releasesSchema>[number];
