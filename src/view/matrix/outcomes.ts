/**
 * Outcomes of many cells as one short text, in the order of their grid: small enough to stand in a
 * page, to come from a worker, and to be compared.
 */
import { type Outcome, beliefs, verdicts } from '../../core/verdict.ts';
import { cellKnobs, type Grid } from './axes.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';

/** Two digits a cell: the place of its verdict in `verdicts`, that of its belief in `beliefs`. */
export type Outcomes = string;

export const formatOutcome = ({ verdict, belief }: Outcome): string =>
  `${verdicts.indexOf(verdict)}${beliefs.indexOf(belief)}`;

/** The outcome of the cell at `index`. Throws where the text has no such cell: our own mistake. */
export function outcomeAt(outcomes: Outcomes, index: number): Outcome {
  const verdict = verdicts[Number(outcomes[2 * index])];
  const belief = beliefs[Number(outcomes[2 * index + 1])];
  if (verdict === undefined || belief === undefined) throw new Error(`no outcome ${index}`);
  return { verdict, belief };
}

/** How a delivery with these settings ends. */
export type OutcomeOf = (knobs: Knobs) => Outcome;

/** Computes a grid over a receiver, row by row, so that whoever walks it may pause between rows. */
export function* outcomeRows(
  outcomeOf: OutcomeOf,
  receiver: Knobs,
  { histories, attackers, protections }: Grid,
): Generator<Outcomes, void, void> {
  for (const history of histories)
    for (const attacker of attackers) {
      let row = '';
      for (const protection of protections)
        row += formatOutcome(outcomeOf(cellKnobs(receiver, protection, attacker, history)));
      yield row;
    }
}

export const outcomesOf = (outcomeOf: OutcomeOf, receiver: Knobs, grid: Grid): Outcomes =>
  [...outcomeRows(outcomeOf, receiver, grid)].join('');
