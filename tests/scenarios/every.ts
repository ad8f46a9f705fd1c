/** The scenarios as they stand in `content/`, and a run of each, once for the tests that need them. */
import { fileURLToPath } from 'node:url';
import type { RuleId } from '../../src/core/rules.ts';
import { readScenarios, type NamedScenario } from '../../src/site/scenarios/read.ts';
import { simulate, type ScenarioRun } from '../../src/world/simulated/simulate.ts';

export const { scenarios, problems } = readScenarios(
  fileURLToPath(new URL('../../content/', import.meta.url)),
);

const runs = new Map<string, ScenarioRun>();
export function runOf({ id, scenario }: NamedScenario): ScenarioRun {
  const known = runs.get(id) ?? simulate(scenario);
  runs.set(id, known);
  return known;
}

/** Every rule that a run passes, its past included, in the order in which they were passed. */
export const rulesOf = ({ past, trace }: ScenarioRun): readonly RuleId[] => [
  ...past.flatMap(rulesOf),
  ...trace.events.flatMap((event) => (event.kind === 'step' ? [event.rule] : [])),
];
