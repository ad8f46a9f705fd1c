/** Beside the page: takes what is wanted, and gives the outcomes. */
import { outcomeOfKnobs, rowsOf, type Computed, type Wanted } from '../../view/matrix/wanted.ts';

addEventListener('message', ({ data }: MessageEvent<Wanted>) => {
  const start = performance.now();
  const outcomes = [...rowsOf(outcomeOfKnobs, data)].join('');
  postMessage({ outcomes, milliseconds: performance.now() - start } satisfies Computed);
});
