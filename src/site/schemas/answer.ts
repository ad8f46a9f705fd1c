/** `content/answers.yaml`: what readers are likeliest to ask, with the answer and where it is founded. */
import { z } from 'astro/zod';
import { placeOnSite } from './text.ts';

/** Three readers, as on the home page. */
export const askers = ['decide', 'run', 'publish'] as const;

const words = z.strictObject({
  question: z.string().endsWith('?'),
  answer: z.string().min(1),
  /** What else they may type. */
  words: z.string(),
});

export const answersSchema = z.array(
  z.strictObject({
    reader: z.enum(askers),
    ...placeOnSite.shape,
    nl: words,
    en: words,
  }),
);

export type Answer = z.infer<typeof answersSchema>[number];
