/** Senders and world together: loaded where no worker may be started, and in the worker. */
import type { Wanted } from './computing.ts';
import { fullGrid, situationGrid } from './axes.ts';
import { outcomeRows, type OutcomeOf, type Outcomes } from './outcomes.ts';

export { outcomeOfKnobs } from '../../world/simulate-knobs.ts';

/** What is wanted, row by row. */
export function rowsOf(outcomeOf: OutcomeOf, wanted: Wanted): Iterable<Outcomes> {
  return 'receiver' in wanted
    ? outcomeRows(outcomeOf, wanted.receiver, fullGrid)
    : outcomeRows(outcomeOf, wanted.situation, situationGrid(wanted.situation));
}
