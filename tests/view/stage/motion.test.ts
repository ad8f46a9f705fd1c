import { describe, expect, it } from 'vitest';
import { drawStage } from '../../../src/view/stage/draw.ts';
import type { GroupItem, Item } from '../../../src/view/drawing/items.ts';
import { stateAt } from '../../../src/view/stage/model.ts';
import { motionOf } from '../../../src/view/stage/motion.ts';
import { sceneOf } from '../../../src/view/stage/scene.ts';
import { gapOf } from '../../../src/view/verdict.ts';
import { runOf, scenarios } from '../../scenarios/every.ts';

const say = (key: string) => key;

/** Groups with a key, those inside others too. */
const keyed = (items: readonly Item[]): readonly GroupItem[] =>
  items.flatMap((item) =>
    item.kind === 'group' ? [...(item.key ? [item] : []), ...keyed(item.items)] : [],
  );

describe('what moves between two moments', () => {
  it.each(['wide', 'narrow'] as const)(
    'ends where the drawing already is, for every step of every scenario, %s',
    (name) => {
      let moved = 0;
      for (const scenario of scenarios) {
        const run = runOf(scenario);
        const scene = sceneOf(run, gapOf(run.outcome) === 'false-security');
        for (let index = 1; index < scene.steps.length; index++) {
          const [before, after] = [stateAt(scene, index - 1), stateAt(scene, index)];
          const groups = keyed(drawStage(after, name, say).items);
          for (const { key, frames, isStroke } of motionOf(before, after, name, say)) {
            if (isStroke) continue;
            const group = groups.find((each) => each.key === key);
            const { x, y, scale = 1 } = frames.at(-1) ?? { x: Number.NaN, y: Number.NaN };
            const where = `${scenario.id} ${index + 1} ${key}`;
            expect([where, x, y, scale]).toEqual([where, group?.x, group?.y, group?.scale ?? 1]);
            moved++;
          }
        }
      }
      expect(moved).toBeGreaterThan(scenarios.length);
    },
    60_000,
  );

  it('nothing moves where nothing changed', () => {
    const scenario = scenarios.find(({ verdict }) => verdict === 'delivered-proven');
    const scene = sceneOf(runOf(scenario!), false);
    const state = stateAt(scene, 0);
    expect(motionOf(state, state, 'wide', say)).toEqual([]);
  });
});
