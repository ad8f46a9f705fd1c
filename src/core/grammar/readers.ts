/**
 * The second verdict: how known software takes a text that readers of the standard take
 * differently. Data, not behaviour: each room has a table from situation to readers.
 */
import type { ParseProblem, ReaderVerdict } from '../parsed.ts';

/** For one situation: who accepts such a text and who refuses it, as seen in their own tests or runs. */
export interface ReaderSplit {
  readonly accept?: readonly string[];
  readonly refuse?: readonly string[];
}

/** The situations met in one text: what is wrong with it, and what is only odd. */
export const situationsOf = (
  problems: readonly ParseProblem<string>[],
  warnings: readonly ParseProblem<string>[],
): readonly string[] => [
  ...problems.map(({ code, situation = code }) => situation),
  ...warnings.map(({ code }) => code),
];

/** The verdicts for the situations met in one text; a reader that refuses one of them refuses all. */
export function readersOf(
  situations: readonly string[],
  table: Readonly<Record<string, ReaderSplit>>,
): readonly ReaderVerdict[] {
  const verdicts = new Map<string, ReaderVerdict>();
  for (const situation of situations) {
    const split = table[situation];
    for (const reader of split?.accept ?? []) {
      if (!verdicts.has(reader)) verdicts.set(reader, { reader, accepts: true, note: situation });
    }
    for (const reader of split?.refuse ?? [])
      verdicts.set(reader, { reader, accepts: false, note: situation });
  }
  return [...verdicts.values()];
}

/**
 * Who takes a text that we refuse: only those known to accept every one of its faults. A fault that is
 * not in the table is one that nobody was seen to accept.
 */
export function takersOf(
  faults: readonly string[],
  table: Readonly<Record<string, ReaderSplit>>,
): readonly string[] {
  const [first = '', ...others] = faults;
  return (table[first]?.accept ?? []).filter((reader) =>
    others.every((fault) => table[fault]?.accept?.includes(reader) === true),
  );
}
