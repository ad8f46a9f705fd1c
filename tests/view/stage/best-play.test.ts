import { describe, expect, it } from 'vitest';
import {
  bestPlays,
  choices,
  harmOf,
  knobsOfPlay,
  playedProtections,
} from '../../../src/view/stage/best-play.ts';
import { powers } from '../../../src/view/stage/powers.ts';
import { sceneOf } from '../../../src/view/stage/scene.ts';
import { gapOf } from '../../../src/view/verdict.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { outcomeOfKnobs, scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import { simulate } from '../../../src/world/simulated/simulate.ts';

const plays = bestPlays();

describe('the best play of one attacker at first contact', () => {
  it('ends as home says: given away under both kinds of STS, in the draft believed proven, waits under DANE', () => {
    expect(
      plays.map(({ protection, powers: used, outcome }) => [protection, used, outcome]),
    ).toEqual([
      [
        'smtp-sts-2016',
        ['forges-mx', 'forges-policy'],
        { verdict: 'delivered-to-attacker', belief: 'proven' },
      ],
      [
        'mta-sts',
        ['poses-home-made', 'blocks-policy'],
        { verdict: 'delivered-to-attacker', belief: 'encrypted' },
      ],
      ['dane', ['strips'], { verdict: 'waits', belief: 'undelivered' }],
    ]);
  });

  it('has no stolen key and no certificate in the name of another', () => {
    for (const { knobs } of choices) {
      expect(knobs['zone-key']).toBeUndefined();
      expect(['mitm-rogue-ca', 'mitm-server-key']).not.toContain(knobs.line);
      expect(['rogue-none', 'rogue-own-mx']).not.toContain(knobs.https);
      expect(knobs.path).toBeUndefined();
    }
  });

  it('is the worst of all sets of powers, and no smaller set is as bad', () => {
    for (const play of plays)
      for (const choice of choices) {
        const outcome = outcomeOfKnobs(knobsOfPlay(play.protection, choice));
        expect(harmOf(outcome)).toBeLessThanOrEqual(harmOf(play.outcome));
        if (choice.powers.length < play.powers.length)
          expect(harmOf(outcome)).toBeLessThan(harmOf(play.outcome));
      }
  });

  it('tries each set once', () => {
    expect(new Set(choices.map(({ powers: used }) => used.join())).size).toBe(choices.length);
    expect(choices.length).toBe(5 * 3 * 2 * 3 * 3 * 3);
  });

  it('is drawn as three scenes, and every power has a name in both languages', () => {
    const words = readWords();
    for (const power of powers)
      for (const lang of ['nl', 'en'] as const)
        expect(words[lang][`scene.power.${power}`]).toBeTruthy();
    expect(plays.map(({ protection }) => protection)).toEqual(playedProtections);
    for (const { knobs, outcome } of plays) {
      const run = simulate(scenarioOfKnobs(knobs));
      expect(run.outcome).toEqual(outcome);
      const { ending, begin } = sceneOf(run, gapOf(outcome) === 'false-security');
      expect(ending).toBe(outcome.verdict);
      expect(begin.attacker).toBe('present');
    }
  });
});
