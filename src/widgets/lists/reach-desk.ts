/** A desk in a worker; where none may be started (a sandboxed frame), the same desk on the page. */
import { startWorker } from '../start-worker.ts';
import address from './list.worker.ts?worker&url';
import type { News, Order } from './orders.ts';

export type Desk = (order: Order) => void;

const watchMilliseconds = 10_000;
/** Looks in a row without a word. One long silence is a computer that slept. */
const silentLooks = 3;
const isAtRest = ({ stage = 'running' }: News): boolean =>
  ['idle', 'refused', 'finished', 'cancelled', 'broken'].includes(stage);

export function reachDesk(hear: (news: News) => void): Desk {
  const waiting: Order[] = [];
  let onPage: Desk | undefined;
  let hasAnswered = false;
  let watch: ReturnType<typeof setInterval> | undefined;
  const fallBack = async () => {
    clearInterval(watch);
    const { openDesk } = await import('./desk.ts');
    onPage = openDesk(hear);
    for (const order of waiting.splice(0)) onPage(order);
  };
  try {
    const worker = startWorker(address);
    let silent = 0;
    // A browser that is short of memory ends a worker without saying so.
    const look = () => {
      silent += 1;
      if (silent < silentLooks) return;
      clearInterval(watch);
      worker.terminate();
      hear({ stage: 'broken' });
    };
    worker.onmessage = ({ data }: MessageEvent<News>) => {
      hasAnswered = true;
      waiting.length = 0;
      silent = 0;
      if (isAtRest(data)) clearInterval(watch);
      hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (hasAnswered) hear({ stage: 'broken' });
      else void fallBack();
    };
    return (order) => {
      if (onPage) return onPage(order);
      if (!hasAnswered) waiting.push(order);
      if (order.do === 'start' || order.do === 'continue') {
        silent = 0;
        clearInterval(watch);
        watch = setInterval(look, watchMilliseconds);
      }
      worker.postMessage(order);
    };
  } catch {
    void fallBack();
    return (order) => (onPage ? onPage(order) : void waiting.push(order));
  }
}
