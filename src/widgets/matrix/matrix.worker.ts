/** Beside the page: takes a receiver's knobs, or `every`, and gives the outcomes. */
import { outcomeOfKnobs } from '../../world/simulate-knobs.ts';
import { fullGrid } from './axes.ts';
import type { Computed, Wanted } from './computing.ts';
import { everyRow } from './enumeration.ts';
import { outcomesOf } from './outcomes.ts';

addEventListener('message', ({ data }: MessageEvent<Wanted>) => {
  const start = performance.now();
  const outcomes =
    data === 'every'
      ? [...everyRow(outcomeOfKnobs)].join('')
      : outcomesOf(outcomeOfKnobs, data, fullGrid);
  postMessage({ outcomes, milliseconds: performance.now() - start } satisfies Computed);
});
