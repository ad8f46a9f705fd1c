import type { ScenarioRun } from '../../world/simulated/simulate.ts';
import type { Row } from '../trace/row.ts';
import { showRows } from '../trace/rows.ts';

/** The rows of a run; servers of the attacker's own are shown as the attacker. */
export function rowsOf({ scenario, trace }: ScenarioRun): Row[] {
  const theirs = scenario.servers
    .filter((server) => server.owner === 'attacker')
    .map((server) => server.address);
  return showRows(trace, new Set(theirs));
}
