/** Waiting for a stranger ends, for one of two reasons, and leaves nothing behind; and so does reading. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deadlineIn, pause, readBounded } from '../../src/world/bounds.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a deadline', () => {
  test('ends the work when the time is over, and says that it was the time', () => {
    const deadline = deadlineIn(1000, new AbortController().signal);
    vi.advanceTimersByTime(999);
    expect(deadline.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.isOver()).toBe(true);
  });

  test('ends it when whoever waits gives up, and then it was not the time', () => {
    const given = new AbortController();
    const deadline = deadlineIn(1000, given.signal);
    given.abort();
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.isOver()).toBe(false);
  });

  test('is there at once for who has given up already', () => {
    expect(deadlineIn(1000, AbortSignal.abort()).signal.aborted).toBe(true);
  });

  test('released, it holds neither a clock nor a listener', () => {
    const given = new AbortController();
    const added = vi.spyOn(given.signal, 'addEventListener');
    const removed = vi.spyOn(given.signal, 'removeEventListener');
    const deadline = deadlineIn(1000, given.signal);
    deadline.release();
    expect(vi.getTimerCount()).toBe(0);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    given.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  test('needs no signal, and no newer part of a browser', () => {
    const newer = [vi.spyOn(AbortSignal, 'any'), vi.spyOn(AbortSignal, 'timeout')];
    const deadline = deadlineIn(5);
    vi.advanceTimersByTime(5);
    expect(deadline.isOver()).toBe(true);
    for (const each of newer) expect(each).not.toHaveBeenCalled();
  });
});

describe('a pause', () => {
  test.each([
    ['the time', (_given: AbortController) => vi.advanceTimersByTime(500)],
    ['who gives up', (given: AbortController) => given.abort()],
  ])('is ended by %s, and leaves no clock', async (_, end) => {
    const given = new AbortController();
    const paused = pause(500, given.signal);
    end(given);
    await expect(paused).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is none for who has given up', async () => {
    await expect(pause(500, AbortSignal.abort())).resolves.toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a body', () => {
  const bodyOf = (parts: readonly number[]) =>
    new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const length of parts) controller.enqueue(new Uint8Array(length).fill(7));
        controller.close();
      },
    });

  test.each([
    { parts: [], octets: 0 },
    { parts: [3], octets: 3 },
    { parts: [3, 5], octets: 8 },
  ])('in parts of $parts is read whole', async ({ parts, octets }) => {
    expect(await readBounded(bodyOf(parts), 8)).toEqual(new Uint8Array(octets).fill(7));
  });

  test('that is not there is empty', async () => {
    expect(await readBounded(null, 8)).toEqual(new Uint8Array());
  });

  test('longer than the most is no answer, and its rest is not asked for', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(4));
      },
    });
    expect(await readBounded(endless, 8)).toBeUndefined();
    expect(pulled).toBeLessThan(8);
  });
});
