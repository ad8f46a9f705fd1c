/**
 * Computes in a worker, so that the page stays at hand. A frame that is sandboxed without an origin
 * may not start one: there the same work is done on the page, in slices between which it breathes.
 */
import { startWorker } from '../start-worker.ts';
import address from './matrix.worker.ts?worker&url';
import type { Outcomes } from '../../view/matrix/outcomes.ts';
import type { Computed, Wanted } from '../../view/matrix/wanted.ts';

/** Longest stretch of computing on the page's own thread. */
const sliceMilliseconds = 12;

/** A worker that says nothing for so long was ended by a browser short of memory: none says so itself. */
const patienceMilliseconds = 20_000;

/** One worker for the page: what it has once computed it computes faster again. */
let worker: Worker | undefined;
/** Questions are put one after another, so that each answer has its question. */
let last: Promise<unknown> = Promise.resolve();

export function computeOutcomes(wanted: Wanted): Promise<Outcomes> {
  const next = last.then(async () => {
    const { outcomes, milliseconds } = await inWorker(wanted).catch(() => inSlices(wanted));
    // Shown by the browser's own tools, and read by the measurement.
    if ('receiver' in wanted)
      performance.measure('matrix of a receiver', {
        start: performance.now() - milliseconds,
        duration: milliseconds,
      });
    return outcomes;
  });
  last = next.catch(() => undefined);
  return next;
}

function inWorker(wanted: Wanted): Promise<Computed> {
  return new Promise((resolve, reject) => {
    const own = (worker ??= startWorker(address));
    const giveUp = () => {
      own.terminate();
      worker = undefined;
      reject(new Error('no worker here'));
    };
    const patience = setTimeout(giveUp, patienceMilliseconds);
    own.onmessage = ({ data }: MessageEvent<Computed>) => {
      clearTimeout(patience);
      resolve(data);
    };
    own.onerror = (event) => {
      event.preventDefault();
      clearTimeout(patience);
      giveUp();
    };
    own.postMessage(wanted);
  });
}

async function inSlices(wanted: Wanted): Promise<Computed> {
  const { outcomeOfKnobs, rowsOf } = await import('../../view/matrix/wanted.ts');
  const rows = rowsOf(outcomeOfKnobs, wanted);
  const outcomes: Outcomes[] = [];
  let milliseconds = 0;
  let start = performance.now();
  for (const row of rows) {
    outcomes.push(row);
    const spent = performance.now() - start;
    if (spent < sliceMilliseconds) continue;
    milliseconds += spent;
    await new Promise((resolve) => setTimeout(resolve));
    start = performance.now();
  }
  return { outcomes: outcomes.join(''), milliseconds: milliseconds + performance.now() - start };
}
