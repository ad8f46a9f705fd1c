/**
 * The rule tables of sending: each row is a situation, whether the rule is passed there, and how the
 * delivery ends. Only the delivery under study counts, not those of its past.
 */
import type { Verdict } from '../../../src/core/verdict.ts';
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { danePolicyRules } from '../../../src/core/dane/rules.ts';
import { stsSenderRules } from '../../../src/core/mta-sts/rules.ts';
import { senderRules } from '../../../src/core/sender/rules.ts';
import { smtpRules } from '../../../src/core/smtp/rules.ts';
import { draft2016Rules } from '../../../src/core/sts-2016/rules.ts';
import { parseKnobs } from '../../../src/world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import type { Scenario } from '../../../src/world/simulated/scenario.ts';
import { simulate } from '../../../src/world/simulated/simulate.ts';
import { scenarios } from '../../scenarios/every.ts';

interface Row {
  readonly why: string;
  /** Settings of the simulator, or the name of a file in `content/scenarios/`. */
  readonly knobs?: Readonly<Record<string, string>>;
  readonly scenario?: string;
  readonly reached?: false;
  readonly then: Verdict;
}
interface Table {
  readonly rule: string;
  readonly cases: readonly Row[];
}

const rules = {
  ...smtpRules,
  ...danePolicyRules,
  ...stsSenderRules,
  ...draft2016Rules,
  ...senderRules,
};
const tables = globSync('tests/vectors/{smtp,dane,mta-sts,sts-2016,sender}/*.yaml')
  .sort()
  .map((file) => parse(readFileSync(file, 'utf8')) as Table)
  .filter(({ rule }) => rule in rules);

function worldOf({ knobs, scenario }: Row): Scenario {
  if (knobs === undefined) {
    const named = scenarios.find(({ id }) => id === scenario);
    if (named === undefined) throw new Error(`no scenario ${String(scenario)}`);
    return named.scenario;
  }
  const read = parseKnobs(Object.entries(knobs));
  expect(read.problems).toEqual([]);
  return scenarioOfKnobs(read.knobs);
}

describe('rules of sending', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(rules).sort());
  });

  it.each(tables.map(({ rule, cases }) => [rule, cases] as const))(
    '%s is shown where it holds and where it does not',
    (_, cases) => {
      expect(cases.some(({ reached }) => reached === undefined)).toBe(true);
      expect(cases.some(({ reached }) => reached === false)).toBe(true);
    },
  );

  for (const { rule, cases } of tables)
    for (const row of cases)
      it(`${rule} › ${row.reached === false ? 'not: ' : ''}${row.why} → ${row.then}`, () => {
        const { trace, outcome } = simulate(worldOf(row));
        const passed = trace.events.some((event) => event.kind === 'step' && event.rule === rule);
        expect({ passed, verdict: outcome.verdict }).toEqual({
          passed: row.reached !== false,
          verdict: row.then,
        });
      });
});
