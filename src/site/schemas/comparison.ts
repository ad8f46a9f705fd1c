/** `content/comparison.yaml`: four designs over seventeen aspects, the draft's own defects, the memo's table. */
import { z } from 'astro/zod';
import { bilingual, evidence } from './text.ts';

export const designIds = ['smtp-sts-2016', 'mta-sts-2016-04', 'rfc8461', 'rfc7672'] as const;

const cell = bilingual.extend({ sources: z.array(evidence).min(1) });

export const comparisonSchema = z.strictObject({
  designs: z
    .array(
      z.strictObject({
        id: z.enum(designIds),
        name: bilingual,
        date: bilingual,
      }),
    )
    .length(designIds.length),
  aspects: z
    .array(
      z.strictObject({
        id: z.string(),
        name: bilingual,
        cells: z.strictObject({
          'smtp-sts-2016': cell,
          'mta-sts-2016-04': cell,
          rfc8461: cell,
          rfc7672: cell,
        }),
      }),
    )
    .length(17),
  defects: z
    .array(
      z
        .strictObject({
          id: z.string().regex(/^X\d{1,2}$/),
          title: bilingual,
          text: bilingual,
          sources: z.array(evidence).min(1),
          run: z.string().nullable(),
          shows: bilingual.extend({ outcome: z.string() }).optional(),
          notRunnableBecause: bilingual.optional(),
        })
        .refine(
          (defect) =>
            defect.run === null
              ? defect.notRunnableBecause !== undefined && defect.shows === undefined
              : defect.shows !== undefined && defect.notRunnableBecause === undefined,
          'a defect has a run and what it shows, or a reason why it has none',
        ),
    )
    .length(12),
  /** The memo's table of advantages and disadvantages, row by row. */
  memoTable: z
    .array(
      z.strictObject({
        row: z.string().regex(/^(pro|con)-\d$/),
        of: z.enum(['dane', 'smtp-sts']),
        text: bilingual,
        claims: z.array(z.string()).min(1),
      }),
    )
    .length(14),
});

export type Comparison = z.infer<typeof comparisonSchema>;
