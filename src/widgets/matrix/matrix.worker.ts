/** The matrix of a receiver, beside the page: takes its knobs, gives its outcomes. */
import type { Knobs } from '../../world/knobs.ts';
import { outcomeOfKnobs } from '../../world/simulate-knobs.ts';
import { fullGrid } from './axes.ts';
import { outcomesOf } from './outcomes.ts';

addEventListener('message', ({ data }: MessageEvent<Knobs>) => {
  postMessage(outcomesOf(outcomeOfKnobs, data, fullGrid));
});
