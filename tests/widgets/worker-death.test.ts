/** Workers that a browser ends without a word, and browsers that have none. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outcomeOfKnobs, rowsOf } from '../../src/view/matrix/wanted.ts';
import type { News } from '../../src/widgets/lists/orders.ts';
import { defaultKnobs } from '../../src/world/simulated/knobs.ts';

/** A worker that is told things and never answers by itself. */
class SilentWorker {
  static started: SilentWorker[] = [];
  onmessage?: (event: { data: unknown }) => void;
  onerror?: (event: { preventDefault(): void }) => void;
  ended = false;
  told: unknown[] = [];
  constructor() {
    SilentWorker.started.push(this);
  }
  postMessage(message: unknown): void {
    this.told.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  SilentWorker.started = [];
  vi.stubGlobal('Worker', SilentWorker);
  vi.stubGlobal('location', { href: import.meta.url });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const wanted = { receiver: defaultKnobs };
const outcomes = () => [...rowsOf(outcomeOfKnobs, wanted)].join('');

test('a matrix whose worker dies is computed on the page', async () => {
  const { computeOutcomes } = await import('../../src/widgets/matrix/computing.ts');
  const computed = computeOutcomes(wanted);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(SilentWorker.started).toHaveLength(1);
  expect(SilentWorker.started[0]?.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await computed).toBe(outcomes());
  expect(SilentWorker.started[0]?.ended).toBe(true);
});

test('a browser without workers computes the matrix on the page', async () => {
  vi.stubGlobal('Worker', undefined);
  const { computeOutcomes } = await import('../../src/widgets/matrix/computing.ts');
  const computed = computeOutcomes(wanted);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await computed).toBe(outcomes());
});

test('a browser that cannot start a module as worker computes the matrix on the page', async () => {
  const { computeOutcomes } = await import('../../src/widgets/matrix/computing.ts');
  const computed = computeOutcomes(wanted);
  await vi.advanceTimersByTimeAsync(10);
  SilentWorker.started[0]?.onerror?.({ preventDefault: () => undefined });
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await computed).toBe(outcomes());
});

test('a list whose worker dies says so; one whose resolver is slow does not', async () => {
  const { reachDesk } = await import('../../src/widgets/lists/reach-desk.ts');
  const heard: News[] = [];
  const desk = reachDesk((news) => heard.push(news));
  desk({ do: 'start', address: 'https://dns.example/', anchors: '' });
  const [worker] = SilentWorker.started;
  for (let round = 0; round < 20; round += 1) {
    worker?.onmessage?.({ data: {} });
    await vi.advanceTimersByTimeAsync(9_000);
  }
  expect(heard).toEqual(Array.from({ length: 20 }, () => ({})));
  expect(worker?.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(heard.at(-1)).toEqual({ stage: 'broken' });
  expect(worker?.ended).toBe(true);
});

test('a list that has ended is not watched any more', async () => {
  const { reachDesk } = await import('../../src/widgets/lists/reach-desk.ts');
  const heard: News[] = [];
  const desk = reachDesk((news) => heard.push(news));
  desk({ do: 'start', address: 'https://dns.example/', anchors: '' });
  const [worker] = SilentWorker.started;
  worker?.onmessage?.({ data: { stage: 'finished' } });
  await vi.advanceTimersByTimeAsync(600_000);
  expect(heard).toEqual([{ stage: 'finished' }]);
});
