/** Senders and world together: loaded where no worker may be started, and in the worker. */
import type { Wanted } from './computing.ts';
import { fullGrid, situationGrid } from '../../view/matrix/axes.ts';
import { everyRow } from '../../view/matrix/enumeration.ts';
import { outcomeRows, type OutcomeOf, type Outcomes } from '../../view/matrix/outcomes.ts';

export { outcomeOfKnobs } from '../../world/simulated/simulate-knobs.ts';

/** What is wanted, row by row. */
export function rowsOf(outcomeOf: OutcomeOf, wanted: Wanted): Iterable<Outcomes> {
  if (wanted === 'every') return everyRow(outcomeOf);
  return 'receiver' in wanted
    ? outcomeRows(outcomeOf, wanted.receiver, fullGrid)
    : outcomeRows(outcomeOf, wanted.situation, situationGrid(wanted.situation));
}
