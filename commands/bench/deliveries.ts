/** How many messages a second the core delivers in one worker thread, beside an empty loop of its own. */
import { Worker } from 'node:worker_threads';
import type { Bench } from '../bench.ts';
import type { Speed } from './deliveries.worker.ts';

const goalPerSecond = 200_000;
const file = new URL('./deliveries.worker.ts', import.meta.url);

const measured = (): Promise<readonly Speed[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(file);
    worker.once('message', resolve);
    worker.once('error', reject);
  });

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');

export const bench: Bench = {
  title: 'deliveries a second in one worker, over every cell of the default matrix',
  run: async () => {
    const speeds = await measured();
    const lines = speeds.map(
      ({ name, deliveries, perSecond, perComputingSecond }) =>
        `${name}: ${whole(perSecond)} a second, ${whole(perComputingSecond)} a second of computing (${whole(deliveries)} deliveries)`,
    );
    const all = speeds.find(({ name }) => name === 'all');
    if (all === undefined) throw new Error('nothing was measured');
    return [
      ...lines,
      `ratio to the goal of ${whole(goalPerSecond)}: ${(all.perSecond / goalPerSecond).toFixed(2)}, of computing ${(all.perComputingSecond / goalPerSecond).toFixed(2)} (the machine may be shared: the second is the core's own)`,
    ];
  },
};
