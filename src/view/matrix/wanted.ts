/** Senders and world together: loaded where no worker may be started, and in the worker. */
import type { Knobs } from '../../world/simulated/knobs.ts';
import { fullGrid, situationGrid } from './axes.ts';
import { outcomeRows, type OutcomeOf, type Outcomes } from './outcomes.ts';

/** The matrix of one receiver, or the row of one situation. */
export type Wanted = { readonly receiver: Knobs } | { readonly situation: Knobs };

export { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';

/** What is wanted, row by row. */
export function rowsOf(outcomeOf: OutcomeOf, wanted: Wanted): Iterable<Outcomes> {
  return 'receiver' in wanted
    ? outcomeRows(outcomeOf, wanted.receiver, fullGrid)
    : outcomeRows(outcomeOf, wanted.situation, situationGrid(wanted.situation));
}
