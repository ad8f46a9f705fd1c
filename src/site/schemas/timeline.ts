/** `content/timeline.yaml`: what happened from 2002 to 2026. */
import { z } from 'astro/zod';
import { bilingual, confidence, looseDate, place } from './text.ts';

/** What an event is about: the filter of the timeline. */
export const timelineThemes = ['standard', 'netherlands', 'abroad', 'adoption', 'study'] as const;

export const timelineSchema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    /** As exact as the sources give it. */
    date: looseDate,
    /** The day or month is inferred or about right. */
    about: z.boolean().default(false),
    theme: z.enum(timelineThemes),
    text: bilingual,
    /** Its name at its dot in the picture, at most 36 characters; many events have none. */
    flag: z.strictObject({ nl: z.string().max(36), en: z.string().max(36) }).optional(),
    sources: z.array(place).min(1),
    confidence,
    /** An event that is always shown with this one. */
    with: z.string().optional(),
  }),
);

export type TimelineEvent = z.infer<typeof timelineSchema>[number];
