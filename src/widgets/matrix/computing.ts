/**
 * Computes in a worker, so that the page stays at hand. A frame that is sandboxed without an origin
 * may not start one: there the same work is done on the page, in slices between which it breathes.
 */
import type { Knobs } from '../../world/knobs.ts';
import { fullGrid } from './axes.ts';
import type { Outcomes } from './outcomes.ts';

/** Longest stretch of computing on the page's own thread. */
const sliceMilliseconds = 12;

export async function computeOutcomes(receiver: Knobs): Promise<Outcomes> {
  try {
    return await inWorker(receiver);
  } catch {
    return inSlices(receiver);
  }
}

function inWorker(receiver: Knobs): Promise<Outcomes> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./matrix.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Outcomes>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(new Error('no worker here'));
    };
    worker.postMessage(receiver);
  });
}

async function inSlices(receiver: Knobs): Promise<Outcomes> {
  const { outcomeOfKnobs, outcomeRows } = await import('./engine.ts');
  let outcomes = '';
  let start = performance.now();
  for (const row of outcomeRows(outcomeOfKnobs, receiver, fullGrid)) {
    outcomes += row;
    if (performance.now() - start < sliceMilliseconds) continue;
    await new Promise((resolve) => setTimeout(resolve));
    start = performance.now();
  }
  return outcomes;
}
