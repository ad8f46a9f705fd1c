/** Knobs in, what the simulator shows out. Part of what is loaded late; pages call it when built. */
import { departuresTaken } from '../../core/sender/departures.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { simulate as runScenario, type ScenarioRun } from '../../world/simulated/simulate.ts';
import type { EarlierDay, Shown, Simulation } from './simulation.ts';
import { sceneOf } from '../stage/scene.ts';
import { rowsOf } from '../trace/rows.ts';
import { gapOf } from '../verdict.ts';

const daysOf = (seconds: number): number => Math.round(seconds / 86_400);

const shownOf = (run: ScenarioRun): Shown => ({
  outcome: run.outcome,
  scene: sceneOf(run, gapOf(run.outcome) === 'false-security'),
  rows: rowsOf(run),
});

/** The deliveries before the one under study; days that went alike are shown once, as the last of them went. */
function earlierDaysOf({ past, scenario }: ScenarioRun): readonly EarlierDay[] {
  const daysBefore = (run: ScenarioRun) =>
    daysOf(scenario.clockSeconds - run.scenario.clockSeconds);
  const alike: { readonly from: number; readonly key: string; run: ScenarioRun }[] = [];
  for (const [index, each] of past.entries()) {
    const run: ScenarioRun = { ...each, past: past.slice(0, index) };
    const key = JSON.stringify([run.scenario.attacker, run.outcome]);
    const last = alike.at(-1);
    if (last?.key === key) last.run = run;
    else alike.push({ from: daysBefore(run), key, run });
  }
  return alike.map(({ from, run }) => ({ from, to: daysBefore(run), ...shownOf(run) }));
}

export function simulate(knobs: Knobs): Simulation {
  const run = runScenario(scenarioOfKnobs(knobs));
  return {
    knobs,
    ...shownOf(run),
    earlier: earlierDaysOf(run),
    departures: departuresTaken(run.trace.events),
  };
}
