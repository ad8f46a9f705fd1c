/** A counterexample again, as anybody can play it: as a scenario of several days, and as settings of the simulator. */
import { daySeconds } from '../../core/ask.ts';
import type { Knobs } from '../simulated/knobs.ts';
import type { Attacker, Scenario } from '../simulated/scenario.ts';
import { outcomeOfKnobs } from '../simulated/scenario-of-knobs.ts';
import type { Counterexample, ToldDay } from './check.ts';
import { attackerOf } from './day.ts';
import { believedOf, endOf } from './law.ts';
import type { Row } from './rows.ts';

/** The days as one scenario: the earlier ones are its past, the last one is under study. */
export function scenarioOf(row: Row, { start, days }: Counterexample): Scenario {
  const attackers: Attacker[] = days.map(({ acts }) => attackerOf(acts));
  const before: Attacker[] = start === 'known' ? [{}] : [];
  const past = [...before, ...attackers.slice(0, -1)];
  const scenario: Scenario = { ...row.scenario, attacker: attackers.at(-1) ?? {} };
  if (past.length === 0) return scenario;
  const deliveries = past.map((attacker, index) => ({
    secondsBefore: (past.length - index) * daySeconds,
    attacker,
  }));
  return { ...scenario, past: { deliveries } };
}

/**
 * The same as settings of the simulator, whose histories stand for the earlier days. Undefined where they cannot
 * say it, or where they would end otherwise.
 */
export function knobsOf(row: Row, counterexample: Counterexample): Knobs | undefined {
  const { days } = counterexample;
  const last = days.at(-1);
  const history = last && historyOf(row, counterexample);
  if (last === undefined || history === undefined) return undefined;
  let knobs: Knobs = { ...row.knobs, history };
  for (const act of last.acts) {
    if (act.knobs === undefined) return undefined;
    knobs = { ...knobs, ...act.knobs };
  }
  const outcome = outcomeOfKnobs(knobs);
  const { end, belief } = last.delivered;
  const isSame = endOf(outcome, last.acts.length > 0) === end && believedOf(outcome) === belief;
  return isSame ? knobs : undefined;
}

const isQuiet = ({ acts }: ToldDay): boolean => acts.length === 0;

function historyOf(row: Row, { start, days }: Counterexample): Knobs['history'] | undefined {
  const earlier = days.slice(0, -1);
  if (earlier.every(isQuiet)) {
    const ageDays = earlier.length + (start === 'known' ? 1 : 0);
    if (ageDays === 0) return 'first-contact';
    return ageDays * daySeconds > row.lifetimeSeconds ? 'expired' : 'known';
  }
  // All that he did before the last day was to keep the sender from the policy, each day.
  const isKept = ({ acts }: ToldDay) =>
    acts.every(({ id }) => id.startsWith('policy.') || id.startsWith('https.'));
  if (start === 'known' && earlier.every(isKept)) return 'renewal-blocked';
  if (!earlier.slice(1).every(isQuiet)) return undefined;
  const planted = earlier[0]?.acts
    .map(({ id }) => id)
    .sort()
    .join();
  return planted === undefined ? undefined : plantings.get(planted);
}

/** How a policy is planted in the simulator's histories. */
const plantings: ReadonlyMap<string, Knobs['history']> = new Map([
  ['mx.forge,policy.forge-own-mx', 'forged-policy-planted'],
  ['https.rogue-own-mx', 'rogue-policy-planted'],
]);
