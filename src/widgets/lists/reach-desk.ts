/** A desk in a worker; where none may be started (a sandboxed frame), the same desk on the page. */
import { startWorker } from '../parts/worker.ts';
import address from './list.worker.ts?worker&url';
import type { News, Order } from './orders.ts';

export type Desk = (order: Order) => void;

export function reachDesk(hear: (news: News) => void): Desk {
  const waiting: Order[] = [];
  let onPage: Desk | undefined;
  let hasAnswered = false;
  const fallBack = async () => {
    const { openDesk } = await import('./desk.ts');
    onPage = openDesk(hear);
    for (const order of waiting.splice(0)) onPage(order);
  };
  try {
    const worker = startWorker(address);
    worker.onmessage = ({ data }: MessageEvent<News>) => {
      hasAnswered = true;
      waiting.length = 0;
      hear(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (hasAnswered) hear({ told: 'broken' });
      else void fallBack();
    };
    return (order) => {
      if (onPage) return onPage(order);
      if (!hasAnswered) waiting.push(order);
      worker.postMessage(order);
    };
  } catch {
    void fallBack();
    return (order) => (onPage ? onPage(order) : void waiting.push(order));
  }
}
