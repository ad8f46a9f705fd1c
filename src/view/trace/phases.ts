/** The parts of a delivery, so that two protections can be laid side by side. */
import type { Row } from './row.ts';

export const phases = ['find', 'policy', 'connect', 'judge', 'end'] as const;
export type Phase = (typeof phases)[number];

const patterns: readonly (readonly [RegExp, Phase])[] = [
  [/^smtp\.(accepted|not-accepted)|^sender\.(no-usable-host|waits|returned|queue)/, 'end'],
  [/^smtp\.(mx|domain|address|no-address)|^dane\.(mx|address|alias)/, 'find'],
  [
    /^mta-sts\.(certificate|tls|host|delivered|beside)|^sts-2016\.(host|certificate|tls|failure|delivered|not-used|treated)|^dane\.(authenticated|not-authenticated|tls|mandatory)|certificate-not-judged|level-secure/,
    'judge',
  ],
  [/^smtp\./, 'connect'],
  [/^(mta-sts|sts-2016|dane)\./, 'policy'],
];

export const phaseOf = (row: Row): Phase =>
  patterns.find(([pattern]) => pattern.test(row.rule))?.[1] ?? 'judge';

/** The steps of two runs by part; a part that neither has is left out. */
export const align = (left: readonly Row[], right: readonly Row[]) =>
  phases
    .map((phase) => ({
      phase,
      left: left.filter((row) => phaseOf(row) === phase),
      right: right.filter((row) => phaseOf(row) === phase),
    }))
    .filter((aligned) => aligned.left.length + aligned.right.length > 0);
