import { describe, expect, it } from 'vitest';
import { answerOf, attackAt, covered, seriesOf } from '../../src/view/simulator/predict.ts';
import { momentsOf } from '../../src/view/stage/moments.ts';
import { sceneOf } from '../../src/view/stage/scene.ts';
import { scenarios, runOf } from '../scenarios/every.ts';
import { gapOf } from '../../src/view/verdict.ts';

const say = (key: string) => key;

describe('predict first', () => {
  it.each([
    ['waits', 'safe'],
    ['refused', 'safe'],
    ['delivered-proven', 'safe'],
    ['delivered-unproven', 'safe'],
    ['stuck', 'safe'],
    ['delivered-readable', 'readable'],
    ['delivered-to-attacker', 'attacker'],
  ] as const)('of a delivery that ends as %s the right answer is %s', (ending, answer) => {
    expect(answerOf(ending)).toBe(answer);
  });

  const series = seriesOf(scenarios);
  it('asks about five attacks, in the order of their files, and all three answers are right once', () => {
    expect(series.map(({ asked }) => asked)).toEqual([1, 2, 3, 4, 5]);
    const ends = series.map((scenario) => {
      const run = runOf(scenario);
      return answerOf(sceneOf(run, gapOf(run.outcome) === 'false-security').ending);
    });
    expect(new Set(ends)).toEqual(new Set(['safe', 'readable', 'attacker']));
  });

  it.each(series.map(({ id }) => id))('shows the attack of %s, and nothing of its end', (id) => {
    const run = runOf(series.find((scenario) => scenario.id === id)!);
    const moments = momentsOf(sceneOf(run, gapOf(run.outcome) === 'false-security'), say);
    const at = attackAt(moments);
    const shown = covered(moments, at);
    expect(shown.act).toBeDefined();
    expect(shown).toMatchObject({ letter: 'home', thought: '…', isMistaken: false });
    expect(shown.verdict).toBeUndefined();
    expect(moments[at]?.opening).not.toMatch(/^rule\./);
  });
});
