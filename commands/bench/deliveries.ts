/**
 * How many messages a second the core delivers in one thread, over every cell of the default matrix: the worlds are
 * prepared once, then it only delivers. Part of `npm run bench`.
 */
import { deliver } from '../../src/core/sender/deliver.ts';
import { cellKnobs, fullGrid } from '../../src/view/matrix/axes.ts';
import { defaultKnobs } from '../../src/world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../src/world/simulated/scenario-of-knobs.ts';
import { envelopeOf, senderOf, simulate } from '../../src/world/simulated/simulate.ts';
import { walk } from '../../src/world/run.ts';
import { SimulatedWorld } from '../../src/world/simulated/simulated.ts';

const goalPerSecond = 200_000;

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

/** Deliveries a second by the clock, and by the processor time that this process got. */
function speedOf(cells: typeof prepared, seconds: number) {
  const start = performance.now();
  const used = process.cpuUsage();
  let deliveries = 0;
  while (performance.now() - start < seconds * 1000)
    for (const { world, sender, envelope, memory } of cells) {
      world.reset();
      walk(deliver(sender, envelope, memory), world);
      deliveries += 1;
    }
  const wallSeconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  return {
    perSecond: deliveries / wallSeconds,
    perComputingSecond: (deliveries * 1_000_000) / (user + system),
  };
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
const print = (name: string, { perSecond, perComputingSecond }: ReturnType<typeof speedOf>) =>
  console.log(
    `${name}: ${whole(perSecond)} deliveries a second, ${whole(perComputingSecond)} a second of computing`,
  );

speedOf(prepared, 1);
const all = speedOf(prepared, 3);
print('all', all);
for (const protection of fullGrid.protections)
  print(
    protection,
    speedOf(
      prepared.filter((cell) => cell.protection === protection),
      1,
    ),
  );
console.log(
  `ratio to the goal of ${whole(goalPerSecond)}: ${(all.perSecond / goalPerSecond).toFixed(2)}, of computing ${(all.perComputingSecond / goalPerSecond).toFixed(2)}`,
);
