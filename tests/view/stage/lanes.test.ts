import { describe, expect, it } from 'vitest';
import { bestPlays } from '../../../src/view/stage/best-play.ts';
import type { GroupItem } from '../../../src/view/drawing/items.ts';
import { drawLanes, laneOf, motionOfLanes } from '../../../src/view/stage/lanes.ts';
import type { State } from '../../../src/view/stage/model.ts';
import { simulate } from '../../../src/view/simulator/simulate.ts';
import { allWords } from '../../../src/site/messages.ts';
import { sayWith } from '../../../src/view/messages/say.ts';

const say = sayWith(allWords.nl, 'nl');
const plays = bestPlays();
const lanes = plays.map(({ protection, knobs }) => laneOf(protection, simulate(knobs).scene));
const groupsOf = (shown: typeof lanes): ReadonlyMap<string, GroupItem> =>
  new Map(
    drawLanes(shown, say).items.flatMap((item) =>
      item.kind === 'group' && item.key ? [[item.key, item] as const] : [],
    ),
  );

/** Each way to end, also those that no best play has today. */
const ends: readonly Partial<State>[] = [
  { letter: 'home', verdict: 'waits' },
  { letter: 'cloak', form: 'sealed', verdict: 'delivered-to-attacker' },
  { letter: 'goal', form: 'open', via: 'read', verdict: 'delivered-readable' },
  { letter: 'goal', form: 'sealed', via: undefined, verdict: 'delivered-proven' },
];
const every = ends.map((end) => ({ ...lanes[0]!, end: { ...lanes[0]!.end, ...end } }));

describe('protections beside each other', () => {
  it('show the outcome that the core computed, each in a lane of its own', () => {
    expect(lanes.map(({ end }) => end.verdict)).toEqual(
      plays.map(({ outcome }) => outcome.verdict),
    );
    const drawn = groupsOf(lanes);
    const heights = lanes.map((_, index) => drawn.get(`letter-${index}`)!.y);
    expect(new Set(heights).size).toBe(lanes.length);
  });

  it('say where the letter ended by its place: left it waits, in the middle it is taken, right it arrived', () => {
    const drawn = groupsOf(every);
    const [waits, taken, readable, proven] = every.map(
      (_, index) => drawn.get(`letter-${index}`)!.x,
    );
    expect(waits).toBeLessThan(taken!);
    expect(taken).toBeLessThan(readable!);
    expect(readable).toBe(proven);
    expect([...drawn.keys()].filter((key) => key.startsWith('hands'))).toEqual(['hands-1']);
  });

  it.each([
    { name: 'of the best plays', shown: lanes },
    { name: 'of every end', shown: every },
  ])('move to what is drawn, and nothing else moves: $name', ({ shown }) => {
    const drawn = groupsOf(shown);
    for (const { key, frames } of motionOfLanes(shown)) {
      const { x, y, scale = 1 } = drawn.get(key)!;
      expect(frames.at(-1)).toMatchObject({ x, y, ...(scale === 1 ? {} : { scale }) });
    }
  });
});
