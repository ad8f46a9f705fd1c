/** The schemas of `content/`: the one place that knows its folders. A broken file ends the build. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const words = (text: string) => text.trim().split(/\s+/).length;

const articles = defineCollection({
  loader: glob({ base: './content/articles', pattern: '{nl,en}/**/*.mdx' }),
  schema: z
    .object({
      title: z.string().min(1),
      /** What a reader who stops here knows. */
      summary: z.string().refine((text) => words(text) <= 80, 'a summary has at most 80 words'),
      /** What the page concludes; the title is then the small line above it. */
      headline: z
        .string()
        .refine((text) => words(text) <= 14, 'a headline has at most 14 words')
        .optional(),
      /** The ground of the headline, in at most two sentences under it. */
      lead: z.string().optional(),
      updated: z.coerce.date().optional(),
    })
    .loose(),
});

export const collections = { articles };
