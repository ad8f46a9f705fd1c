/** `content/claims/C01.yaml` …: one sentence of the memo, held against the sources of its time. */
import { beliefs, verdicts } from '../../core/verdict.ts';
import { z } from 'astro/zod';
import {
  bilingual,
  checked,
  confidence,
  countWords,
  evidence,
  memoQuotation,
  place,
} from './text.ts';

/** S supported · SN with nuance · NS not supported · CON contradicted · OP opinion or forecast. */
export const claimVerdicts = ['S', 'SN', 'NS', 'CON', 'OP'] as const;

/** What the run shows: a delivery's end, or the outcome of a parse or computation. */
const shows = z.union([
  bilingual.extend({ verdict: z.enum(verdicts), belief: z.enum(beliefs) }),
  bilingual.extend({ outcome: z.string().min(1) }),
]);

export const claimSchema = z
  .strictObject({
    id: z.string().regex(/^C\d{2}$/),
    /** Where the memo says it: sections of the source `memo`; the first is the main one. */
    places: z.array(z.string().min(1)).min(1),
    /** The memo's words, each piece literal. */
    quotation: z.array(memoQuotation).min(1),
    checked,
    /** What the memo claims, in a sentence of ours. */
    text: bilingual,
    /** The note's name: what it says, in a line. */
    short: bilingual,
    kind: z.enum(['fact', 'norm', 'forecast']),
    verdict: z
      .enum(claimVerdicts)
      .describe(
        'S supported, SN supported with nuance, NS not supported, CON contradicted, OP opinion or forecast',
      ),
    inPart: z
      .literal(true)
      .optional()
      .describe('The verdict holds for a part of the sentence only; `then` says for which'),
    /** A remark too small for a note of its own: the memo's page tells it in the note of this claim. */
    toldWith: z
      .string()
      .regex(/^C\d{2}$/)
      .optional(),
    /** Who says so: the memo's words alone, a source, or this site's own judgement. */
    says: z.enum(['memo', 'source', 'site']),
    /** What the sources of its time say. */
    then: bilingual,
    sources: z.array(evidence).min(1),
    /** What became of it by 2026. */
    later: bilingual.extend({ sources: z.array(place), confidence }),
    /** A scenario, parse or computation that demonstrates it. */
    run: z.string().nullable(),
    shows: shows.optional(),
    notRunnableBecause: bilingual.optional(),
  })
  .superRefine((claim, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (countWords(claim.quotation.join(' ')) > 25)
      problem('quotation', 'all pieces together have at most 25 words');
    if (claim.run === null && !claim.notRunnableBecause)
      problem('notRunnableBecause', 'a claim without a run says why');
    if (claim.run !== null && claim.notRunnableBecause)
      problem('notRunnableBecause', 'a claim with a run has no reason not to run');
    if ((claim.run === null) !== (claim.shows === undefined))
      problem('shows', 'a run says what it shows; without a run there is nothing to show');
  });

export type Claim = z.infer<typeof claimSchema>;
export type ClaimVerdict = Claim['verdict'];
