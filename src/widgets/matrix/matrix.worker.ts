/** Beside the page: takes what is wanted, and gives the outcomes. */
import { outcomeOfKnobs, rowsOf, type Wanted } from '../../view/matrix/wanted.ts';

addEventListener('message', ({ data }: MessageEvent<Wanted>) => {
  postMessage([...rowsOf(outcomeOfKnobs, data)].join(''));
});
