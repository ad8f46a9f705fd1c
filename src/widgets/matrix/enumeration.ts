/**
 * Every combination: all receivers that these knobs can make, each with its whole grid.
 * The page that is built and the reader's browser count and write it with this same code.
 */
import type { Protection } from '../../core/sender/sender.ts';
import type { Outcome, Verdict } from '../../core/verdict.ts';
import { defaultKnobs, knobNames, type KnobName, type Knobs } from '../../world/knobs.ts';
import { gapOf, verdicts } from '../parts/verdict.ts';
import { isShown } from '../simulator/knob-groups.ts';
import { fullGrid, type Grid } from './axes.ts';
import { beliefs, outcomeAt, outcomeRows, type OutcomeOf, type Outcomes } from './outcomes.ts';

/** The knobs of a receiver that are turned, and through which of their values. */
export const receiverAxes = {
  zone: ['signed', 'unsigned'],
  'host-zone': ['same', 'signed', 'unsigned'],
  tlsa: ['3-1-1', 'none', '3-1-1-wrong'],
  starttls: ['yes', 'no'],
  sts: ['enforce', 'testing', 'no-policy'],
  sts2016: ['enforce', 'no-policy'],
} as const satisfies { readonly [Name in KnobName]?: readonly Knobs[Name][] };

export const axisNames = Object.keys(receiverAxes) as readonly (keyof typeof receiverAxes)[];

/** All receivers; the last axis turns fastest. */
export const receivers: readonly Knobs[] = axisNames.reduce<readonly Knobs[]>(
  (made, name) =>
    made.flatMap((knobs) => receiverAxes[name].map((value) => ({ ...knobs, [name]: value }))),
  [defaultKnobs],
);

export const everyGrid: Grid = {
  ...fullGrid,
  attackers: [{ id: 'none', knobs: {} }, ...fullGrid.attackers],
};

/** Receiver, attacker and history together; each is then met by every protection. */
export const combinationCount =
  receivers.length * everyGrid.attackers.length * everyGrid.histories.length;

/**
 * Row by row, in the order of `receivers` and within each of `everyGrid`. Combinations that differ
 * only in knobs that cannot matter under their protection are one delivery, played out once.
 */
export function* everyRow(outcomeOf: OutcomeOf): Generator<Outcomes, void, void> {
  const known = new Map<string, Outcome>();
  const once: OutcomeOf = (knobs) => {
    const key = knobNames.map((name) => (isShown(name, knobs) ? knobs[name] : '')).join();
    let outcome = known.get(key);
    if (outcome === undefined) {
      outcome = outcomeOf(knobs);
      known.set(key, outcome);
    }
    return outcome;
  };
  for (const receiver of receivers) yield* outcomeRows(once, receiver, everyGrid);
}

/** How one protection fares over all combinations. */
export interface Tally {
  readonly protection: Protection;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** The sender believes itself protected and is not. */
  readonly false: number;
}

export const tallyOf = (outcomes: Outcomes): readonly Tally[] => {
  const { protections } = everyGrid;
  const tallies = protections.map((protection) => ({
    protection,
    counts: Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>,
    false: 0,
  }));
  for (let index = 0; 2 * index < outcomes.length; index += 1) {
    const outcome = outcomeAt(outcomes, index);
    const tally = tallies[index % protections.length];
    if (tally === undefined) continue;
    tally.counts[outcome.verdict] += 1;
    if (gapOf(outcome) === 'false-security') tally.false += 1;
  }
  return tallies;
};

/** A table with one line for each delivery; words are those of the simulator's addresses. */
export function csvOf(outcomes: Outcomes): string {
  const head = [
    ...axisNames,
    'history',
    'attacker',
    'protection',
    'verdict',
    'belief',
    'false_security',
  ];
  const lines = [head.join(',')];
  let index = 0;
  for (const receiver of receivers) {
    const own = axisNames.map((name) => receiver[name]).join(',');
    for (const history of everyGrid.histories)
      for (const attacker of everyGrid.attackers)
        for (const protection of everyGrid.protections) {
          const outcome = outcomeAt(outcomes, index);
          const isFalse = gapOf(outcome) === 'false-security' ? 'yes' : 'no';
          const { verdict, belief } = outcome;
          lines.push(
            `${own},${history},${attacker.id},${protection},${verdict},${belief},${isFalse}`,
          );
          index += 1;
        }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The same as data: axes, and two digits for each delivery. */
export const enumerationOf = (outcomes: Outcomes) => ({
  order: 'receiver axes (the last turns fastest), history, attacker, protection',
  receiver: receiverAxes,
  history: everyGrid.histories,
  attacker: everyGrid.attackers,
  protection: everyGrid.protections,
  outcome: 'two digits: the place of the verdict and of what the sender believes, from 0',
  verdicts,
  beliefs,
  outcomes,
});
