/** Knobs in, what the simulator shows out. Part of what is loaded late; pages call it when built. */
import { departuresTaken } from '../../core/sender/departures.ts';
import type { SenderMemory } from '../../core/sender/sender.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { simulate as runScenario } from '../../world/simulated/simulate.ts';
import type { Line } from '../messages/line.ts';
import type { Simulation } from './simulation.ts';
import { sceneOf } from '../stage/scene.ts';
import { rowsOf } from './rows.ts';
import { gapOf } from '../verdict.ts';

const days = (seconds: number): number => Number((seconds / 86_400).toFixed(1));

/** What the sender holds after a delivery, in sentences; policies whose time is over are left out. */
export function showMemory(memory: SenderMemory, nowSeconds: number): Line[] {
  const lines: Line[] = [];
  for (const [domain, { cached, failed }] of memory.mtaSts) {
    const left = cached && cached.fetchedSeconds + cached.policy.maxAgeSeconds - nowSeconds;
    if (cached && left !== undefined && left >= 0) {
      const { mode, mx } = cached.policy;
      lines.push({
        key: 'simulator.memory.mta-sts',
        args: { domain, mode, mx: mx.join(', ') || '–', days: days(left) },
      });
    }
    if (failed) lines.push({ key: 'simulator.memory.failed', args: { domain, id: failed.id } });
  }
  for (const [domain, { text, expiresSeconds, authenticated }] of memory.draft2016)
    if (expiresSeconds >= nowSeconds)
      lines.push({
        key: `simulator.memory.draft-2016${authenticated ? '' : '-unproved'}`,
        args: { domain, text, days: days(expiresSeconds - nowSeconds) },
      });
  return lines;
}

export function simulate(knobs: Knobs): Simulation {
  const run = runScenario(scenarioOfKnobs(knobs));
  return {
    knobs,
    outcome: run.outcome,
    scene: sceneOf(run, gapOf(run.outcome) === 'false-security'),
    rows: rowsOf(run),
    memory: showMemory(run.trace.result.memory, run.scenario.clockSeconds),
    departures: departuresTaken(run.trace.events),
  };
}
