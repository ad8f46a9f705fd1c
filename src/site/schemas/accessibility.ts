/** `content/accessibility.yaml`: an evaluation in the manner of WCAG-EM; published as `/data/accessibility.json`. */
import { z } from 'astro/zod';
import { day } from './text.ts';

export const accessibilitySchema = z.strictObject({
  evaluated: day,
  target: z.literal('WCAG 2.2 AA'),
  evaluator: z.string().min(1),
  method: z.string().min(1),
  criteria: z.record(
    z.string().regex(/^[1-4]\.\d\.\d{1,2}$/),
    z
      .strictObject({
        level: z.enum(['A', 'AA']),
        /** The words of EARL 1.0. */
        outcome: z.enum(['passed', 'failed', 'cantTell', 'inapplicable', 'untested']),
        by: z.array(z.enum(['axe', 'html', 'keyboard', 'width', 'routes'])).optional(),
      })
      .refine(
        ({ outcome, by }) => (by === undefined) === ['inapplicable', 'untested'].includes(outcome),
        'what was looked at says by what, and nothing else does',
      ),
  ),
});

export const accessibilityJsonSchema = {
  ...z.toJSONSchema(accessibilitySchema, { io: 'input' }),
  title: 'Accessibility of this site, criterion by criterion',
};
