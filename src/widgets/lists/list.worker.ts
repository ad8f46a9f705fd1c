/** The desk beside the page. */
import { openDesk } from './desk.ts';
import type { News, Order } from './orders.ts';

const carryOut = openDesk((news: News) => postMessage(news));
addEventListener('message', ({ data }: MessageEvent<Order>) => carryOut(data));
