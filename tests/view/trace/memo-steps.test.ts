import { describe, expect, it } from 'vitest';
import { defaultKnobs, type Knobs } from '../../../src/world/simulated/knobs.ts';
import { rules } from '../../../src/core/rules.ts';
import { memoStepOf, memoSteps, takenIn } from '../../../src/view/trace/memo-steps.ts';
import { simulate } from '../../../src/view/simulator/simulate.ts';

const forged: Knobs = {
  ...defaultKnobs,
  protection: 'smtp-sts-2016',
  resolver: 'not-validating',
  'forge-policy': 'yes',
  'forge-mx': 'yes',
};

describe('the steps of the memo', () => {
  it('hold every rule of the draft’s sender, and no rule of any other', () => {
    for (const rule of Object.keys(rules))
      expect([rule, memoStepOf(rule) !== undefined]).toEqual([rule, rule.startsWith('sts-2016.')]);
  });
  it('are taken in order when a first policy is forged: found, then the server judged', () => {
    const taken = takenIn(simulate(forged).rows);
    expect(taken.map(({ step }) => step)).toEqual(memoSteps);
    expect(taken.map(({ numbers }) => numbers.length > 0)).toEqual([true, true, false, false]);
  });
});
