/** The worker of `deliveries.ts`: prepares the worlds once, then only delivers. */
import { parentPort } from 'node:worker_threads';
import { deliver } from '../../src/core/sender/deliver.ts';
import { cellKnobs, fullGrid } from '../../src/view/matrix/axes.ts';
import { defaultKnobs } from '../../src/world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../src/world/simulated/scenario-of-knobs.ts';
import { envelopeOf, senderOf, simulate } from '../../src/world/simulated/simulate.ts';
import { walk } from '../../src/world/run.ts';
import { SimulatedWorld } from '../../src/world/simulated/simulated.ts';

export interface Speed {
  /** A protection, or `all` of them in turns. */
  readonly name: string;
  readonly deliveries: number;
  readonly perSecond: number;
  /** By the processor time that this thread got. */
  readonly perComputingSecond: number;
}

const prepared = fullGrid.histories.flatMap((history) =>
  fullGrid.attackers.flatMap((attacker) =>
    fullGrid.protections.map((protection) => {
      const scenario = scenarioOfKnobs(cellKnobs(defaultKnobs, protection, attacker, history));
      return {
        protection,
        world: new SimulatedWorld(scenario),
        sender: senderOf(scenario.sender),
        envelope: envelopeOf(scenario),
        memory: simulate(scenario).before,
      };
    }),
  ),
);

function speedOf(name: string, cells: typeof prepared, seconds: number): Speed {
  const start = performance.now();
  const used = process.threadCpuUsage();
  let deliveries = 0;
  while (performance.now() - start < seconds * 1000)
    for (const { world, sender, envelope, memory } of cells) {
      world.reset();
      walk(deliver(sender, envelope, memory), world);
      deliveries += 1;
    }
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.threadCpuUsage(used);
  return {
    name,
    deliveries,
    perSecond: deliveries / wallSeconds,
    perComputingSecond: (deliveries * 1_000_000) / (user + system),
  };
}

speedOf('warm', prepared, 1);
parentPort?.postMessage([
  speedOf('all', prepared, 3),
  ...fullGrid.protections.map((protection) =>
    speedOf(
      protection,
      prepared.filter((cell) => cell.protection === protection),
      1,
    ),
  ),
] satisfies readonly Speed[]);
