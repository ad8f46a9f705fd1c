/** `/data/matrix.json`, published data: how every delivery of the matrix ends. */
import { beliefs, verdicts } from '../../core/verdict.ts';
import { z } from 'astro/zod';

const axes = z.record(z.string(), z.array(z.string()).min(1));

export const matrixJsonSchema = {
  ...z.toJSONSchema(
    z.strictObject({
      order: z.string(),
      receiver: axes,
      history: z.array(z.string()),
      attacker: axes,
      protection: z.array(z.string()),
      outcome: z.string(),
      verdicts: z.array(z.enum(verdicts)),
      beliefs: z.array(z.enum(beliefs)),
      outcomes: z.string().regex(/^\d+$/),
    }),
  ),
  title: 'How every delivery ends: all receivers, attackers, histories and protections',
};
