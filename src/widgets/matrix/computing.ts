/**
 * Computes in a worker, so that the page stays at hand. A frame that is sandboxed without an origin
 * may not start one: there the same work is done on the page, in slices between which it breathes.
 */
import { startWorker } from '../start-worker.ts';
import address from './matrix.worker.ts?worker&url';
import type { Outcomes } from '../../view/matrix/outcomes.ts';
import type { Wanted } from '../../view/matrix/wanted.ts';

/** Longest stretch of computing on the page's own thread. */
const sliceMilliseconds = 12;

/** A worker that says nothing for so long was ended by a browser short of memory: none says so itself. */
const patienceMilliseconds = 20_000;

/** One worker for the page: what it has once computed it computes faster again. */
let worker: Worker | undefined;
/** Questions are put one after another, so that each answer has its question. */
let last: Promise<unknown> = Promise.resolve();

export function computeOutcomes(wanted: Wanted): Promise<Outcomes> {
  const next = last.then(() => inWorker(wanted).catch(() => inSlices(wanted)));
  last = next.catch(() => undefined);
  return next;
}

function inWorker(wanted: Wanted): Promise<Outcomes> {
  return new Promise((resolve, reject) => {
    const own = (worker ??= startWorker(address));
    const giveUp = () => {
      own.terminate();
      worker = undefined;
      reject(new Error('no worker here'));
    };
    const patience = setTimeout(giveUp, patienceMilliseconds);
    own.onmessage = ({ data }: MessageEvent<Outcomes>) => {
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

async function inSlices(wanted: Wanted): Promise<Outcomes> {
  const { outcomeOfKnobs, rowsOf } = await import('../../view/matrix/wanted.ts');
  const rows = rowsOf(outcomeOfKnobs, wanted);
  const outcomes: Outcomes[] = [];
  let start = performance.now();
  for (const row of rows) {
    outcomes.push(row);
    if (performance.now() - start < sliceMilliseconds) continue;
    await new Promise((resolve) => setTimeout(resolve));
    start = performance.now();
  }
  return outcomes.join('');
}
