import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secondsLeft, startSurvey, type SurveyPace } from '../../../src/world/live/survey.ts';

const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const names = (count: number) => Array.from({ length: count }, (_, n) => n);

function survey(
  given: number | AsyncIterable<number>,
  measure: (name: number, tries: number) => Promise<boolean> | boolean,
  more: { atOnce?: number; retries?: number; signal?: AbortSignal } = {},
) {
  const rows: number[] = [];
  const paces: SurveyPace[] = [];
  const tries = new Map<number, number>();
  const seen = { underWay: 0, peak: 0 };
  const started = startSurvey<number, number>({
    names: typeof given === 'number' ? names(given) : given,
    atOnce: 4,
    ...more,
    measure: async (name) => {
      const count = tries.get(name) ?? 0;
      tries.set(name, count + 1);
      seen.underWay += 1;
      seen.peak = Math.max(seen.peak, seen.underWay);
      await turn();
      const isLimited = await measure(name, count);
      seen.underWay -= 1;
      return { row: name, isLimited };
    },
    onRow: (row) => void rows.push(row),
    onPace: (pace) => paces.push(pace),
    wait: turn,
    chance: () => 0.5,
  });
  return { started, rows, paces, tries, seen };
}
const sorted = (rows: readonly number[]) => [...rows].sort((one, other) => one - other);

describe('a survey', () => {
  test('measures every name once, few at a time', async () => {
    const { started, rows, seen } = survey(100, () => false);
    expect(await started.done).toBe('finished');
    expect(sorted(rows)).toEqual(names(100));
    expect(seen.peak).toBe(4);
  });

  test('of nothing is finished', async () => {
    expect(await survey(0, () => false).started.done).toBe('finished');
  });

  test('waits longer and asks less at once while it is refused, then grows again', async () => {
    const { started, rows, paces } = survey(200, (name, tries) => name < 8 && tries < 3, {
      atOnce: 8,
    });
    await started.done;
    expect(sorted(rows)).toEqual(names(200));
    const waits = paces.flatMap((pace) => (pace.kind === 'backing-off' ? [pace] : []));
    expect(waits.length).toBeGreaterThan(1);
    expect(waits[1]?.milliseconds).toBeGreaterThan(waits[0]?.milliseconds ?? Infinity);
    expect(waits[0]?.atOnce).toBe(4);
    expect(waits.at(-1)?.atOnce).toBe(1);
  });

  test('takes a row as it is when it is refused too often', async () => {
    const { started, rows, tries } = survey(3, (name) => name === 1, { retries: 2 });
    expect(await started.done).toBe('finished');
    expect(sorted(rows)).toEqual([0, 1, 2]);
    expect(tries.get(1)).toBe(3);
  });

  test('paused begins nothing new, and goes on where it was', async () => {
    const { started, rows } = survey(50, () => {
      if (rows.length === 10) started.pause();
      return false;
    });
    for (let turns = 0; turns < 50; turns += 1) await turn();
    const atPause = rows.length;
    expect(atPause).toBeGreaterThanOrEqual(10);
    expect(atPause).toBeLessThan(16);
    started.resume();
    await started.done;
    expect(sorted(rows)).toEqual(names(50));
  });

  test('reads no further ahead than it measures', async () => {
    let read = 0;
    let atMost = 0;
    async function* endless() {
      for (;;) {
        await turn();
        yield read++;
      }
    }
    const abort = new AbortController();
    const { started, rows } = survey(
      endless(),
      () => {
        atMost = Math.max(atMost, read - rows.length);
        if (rows.length >= 40) abort.abort();
        return false;
      },
      { signal: abort.signal },
    );
    expect(await started.done).toBe('cancelled');
    expect(atMost).toBeLessThanOrEqual(6);
  });

  test('cancelled hands over nothing more', async () => {
    const abort = new AbortController();
    const { started, rows } = survey(
      50,
      () => {
        if (rows.length === 5) abort.abort();
        return false;
      },
      { signal: abort.signal },
    );
    expect(await started.done).toBe('cancelled');
    const atEnd = rows.length;
    await turn();
    expect(rows).toHaveLength(atEnd);
    expect(atEnd).toBeLessThan(10);
  });

  test('a mistake of ours is not swallowed', async () => {
    const { started } = survey(3, () => Promise.reject(new Error('ours')));
    await expect(started.done).rejects.toThrow('ours');
  });

  test('whoever refuses, and whenever it pauses, every name comes out once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 4 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat({ max: 30 }),
        async (refusals, atOnce, pauseAt) => {
          let isOver = false;
          const { started, rows } = survey(
            refusals.length,
            (name, tries) => {
              if (rows.length === pauseAt && !isOver) {
                isOver = true;
                started.pause();
                void turn().then(() => started.resume());
              }
              return tries < (refusals[name] ?? 0);
            },
            { atOnce },
          );
          await started.done;
          expect(sorted(rows)).toEqual(names(refusals.length));
        },
      ),
      { numRuns: 30 },
    );
  });
});

test('the time left follows the pace of the last names, and is not guessed too soon', () => {
  expect(secondsLeft([0, 1000], 100)).toBeUndefined();
  expect(secondsLeft([0, 100, 200, 300, 400], 50)).toBeCloseTo(5);
  expect(secondsLeft([], 0)).toBe(0);
});
