/** What a trace must be, whatever the situation. */
import { describe, expect, it } from 'vitest';
import { departuresTaken } from '../../../src/core/sender/departures.ts';
import { knobValues, parseKnobs, formatKnobs } from '../../../src/world/simulated/knobs.ts';
import { outcomeOfKnobs, scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import { simulate, type ScenarioRun } from '../../../src/world/simulated/simulate.ts';
import { fullGrid, receiverKnobs, cellKnobs } from '../../../src/view/matrix/axes.ts';
import { outcomesOf } from '../../../src/view/matrix/outcomes.ts';
import { matrixOf } from '../../../src/view/matrix/view.ts';
import { Chance, someKnobs } from './chance.ts';
import { seeds } from '../../volume.ts';

/** No test of speed: an upper bound for a machine that does much else beside. */
const patienceMs = 600_000;

const text = (run: ScenarioRun): string =>
  JSON.stringify(
    [...run.past, run].map(({ trace, outcome, truth }) => [trace, outcome, truth]),
    (_key, value: unknown) =>
      value instanceof Uint8Array ? [...value] : value instanceof Map ? [...value] : value,
  );

describe('a trace', () => {
  it(
    'is the same for the same seed, and for the same address of the simulator',
    () => {
      const wrong: number[] = [];
      for (let seed = 1; seed <= seeds(300); seed += 1) {
        const knobs = someKnobs(new Chance(seed));
        const again = someKnobs(new Chance(seed));
        const first = text(simulate(scenarioOfKnobs(knobs)));
        const { knobs: read, problems } = parseKnobs(formatKnobs(knobs));
        const isSame =
          text(simulate(scenarioOfKnobs(again))) === first &&
          text(simulate(scenarioOfKnobs(read))) === first;
        if (!isSame || problems.length > 0) wrong.push(seed);
      }
      expect(wrong).toEqual([]);
    },
    patienceMs,
  );

  it(
    'shows a departure wherever a real sender ends otherwise than a strict one',
    () => {
      const wrong: number[] = [];
      let different = 0;
      for (let seed = 1; seed <= seeds(1000); seed += 1) {
        const chance = new Chance(seed);
        const profile = chance.one(knobValues.profile.filter((each) => each !== 'strict'));
        const knobs = { ...someKnobs(chance), profile };
        const real = simulate(scenarioOfKnobs(knobs));
        const strict = outcomeOfKnobs({ ...knobs, profile: 'strict' });
        if (real.outcome.verdict === strict.verdict && real.outcome.belief === strict.belief)
          continue;
        different += 1;
        const taken = departuresTaken([...real.past, real].flatMap(({ trace }) => trace.events));
        if (taken.length === 0) wrong.push(seed);
      }
      expect(wrong).toEqual([]);
      expect(different).toBeGreaterThan(20);
    },
    patienceMs,
  );
});

describe('the matrix', () => {
  it(
    'says “false security” exactly where a sender believes in protection and the attacker reads',
    () => {
      const wrong: string[] = [];
      let falseCells = 0;
      for (let seed = 1; seed <= 30; seed += 1) {
        const within = Object.fromEntries(
          Object.entries(knobValues).filter(
            ([name]) => !(receiverKnobs as readonly string[]).includes(name),
          ),
        );
        const quiet = Object.fromEntries(
          Object.keys(within).map((name) => [name, [within[name]![0]]]),
        );
        const receiver = someKnobs(new Chance(seed), quiet, 0.3);
        const outcomes = outcomesOf(outcomeOfKnobs, receiver, fullGrid);
        for (const history of fullGrid.histories) {
          const { rows } = matrixOf(outcomes, fullGrid, history, receiver, '/');
          for (const { attacker: id, cells } of rows)
            for (const { protection, gap } of cells) {
              const attacker = fullGrid.attackers.find((each) => each.id === id)!;
              const knobs = cellKnobs(receiver, protection, attacker, history);
              const { truth, outcome } = simulate(scenarioOfKnobs(knobs));
              const believes = outcome.belief === 'proven' || outcome.belief === 'encrypted';
              const isFalse = believes && (truth.read || truth.reached === 'attacker');
              if ((gap === 'false-security') !== isFalse)
                wrong.push(`seed ${seed}, ${id}, ${protection}, ${history}`);
              if (isFalse) falseCells += 1;
            }
        }
      }
      expect(wrong).toEqual([]);
      expect(falseCells).toBeGreaterThan(100);
    },
    patienceMs,
  );
});
