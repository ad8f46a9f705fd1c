/** Beside the page: takes what is wanted, and gives the outcomes. */
import type { Computed, Wanted } from './computing.ts';
import { outcomeOfKnobs, rowsOf } from './engine.ts';

addEventListener('message', ({ data }: MessageEvent<Wanted>) => {
  const start = performance.now();
  const outcomes = [...rowsOf(outcomeOfKnobs, data)].join('');
  postMessage({ outcomes, milliseconds: performance.now() - start } satisfies Computed);
});
