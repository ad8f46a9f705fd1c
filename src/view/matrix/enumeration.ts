/**
 * Every combination: all receivers and all attackers that these knobs can make, in every history.
 * The page that is built and the reader's browser count and write it with this same code.
 */
import { beliefs, type Outcome, type Verdict } from '../../core/verdict.ts';
import { defaultKnobs, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';
import { gapOf, verdicts } from '../verdict.ts';
import { isShown } from '../simulator/knob-groups.ts';
import { fullGrid, type Grid, type MatrixProtection } from './axes.ts';
import { outcomeAt, outcomeRows, type OutcomeOf, type Outcomes } from './outcomes.ts';

type Axes = { readonly [Name in KnobName]?: readonly Knobs[Name][] };

/** The knobs of a receiver that stand in front in the simulator, with the values that differ in kind. */
export const receiverAxes = {
  zone: ['signed', 'unsigned'],
  tlsa: ['3-1-1', 'none', '3-1-1-wrong'],
  sts: ['enforce', 'testing', 'no-policy'],
  sts2016: ['enforce', 'no-policy'],
} as const satisfies Axes;

/** The same of an attacker. The first value of each is that he does nothing. */
export const attackerAxes = {
  line: [
    ...(['quiet', 'reads', 'strip', 'mitm-self', 'mitm-ca-wrong'] as const),
    ...(['mitm-rogue-ca', 'mitm-server-key'] as const),
  ],
  'forge-mx': ['no', 'yes'],
  'block-policy': ['no', 'drop'],
  'forge-policy': ['no', 'yes'],
  'block-tlsa': ['no', 'drop'],
  https: ['quiet', 'refuse', 'rogue-own-mx'],
} as const satisfies Axes;

const namesOf = (axes: Axes) => Object.keys(axes) as readonly KnobName[];
export const receiverNames = namesOf(receiverAxes);
export const attackerNames = namesOf(attackerAxes);

/** All settings of some knobs; the last turns fastest. */
const product = (axes: Axes): readonly Partial<Knobs>[] =>
  namesOf(axes).reduce<readonly Partial<Knobs>[]>(
    (made, name) =>
      made.flatMap((knobs) => (axes[name] ?? []).map((value) => ({ ...knobs, [name]: value }))),
    [{}],
  );

export const receivers: readonly Knobs[] = product(receiverAxes).map((knobs) => ({
  ...defaultKnobs,
  ...knobs,
}));

export const everyGrid: Grid = {
  ...fullGrid,
  attackers: product(attackerAxes).map((knobs) => ({ knobs })),
};

/** Receiver, attacker and history together; each is then met by every protection. */
export const combinationCount =
  receivers.length * everyGrid.attackers.length * everyGrid.histories.length;

const turned: readonly KnobName[] = ['protection', 'history', ...receiverNames, ...attackerNames];

/**
 * Row by row, in the order of `receivers` and within each of `everyGrid`. Combinations that differ
 * only in knobs that cannot matter under their protection are one delivery, played out once.
 */
export function* everyRow(outcomeOf: OutcomeOf): Generator<Outcomes, void, void> {
  const known = new Map<string, Outcome>();
  const once: OutcomeOf = (knobs) => {
    let key = '';
    for (const name of turned) if (isShown(name, knobs)) key += `${knobs[name]},`;
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
  readonly protection: MatrixProtection;
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

/**
 * A table with one line for each combination, and for each protection how it ends, what the sender
 * believes and whether that is false security; words are those of the simulator's addresses.
 */
export function csvOf(outcomes: Outcomes): string {
  const { protections, histories, attackers } = everyGrid;
  const ends = protections.flatMap((protection) =>
    ['verdict', 'belief', 'false_security'].map((what) => `${protection}_${what}`),
  );
  const lines = [[...receiverNames, 'history', ...attackerNames, ...ends].join(',')];
  let index = 0;
  for (const receiver of receivers) {
    const own = receiverNames.map((name) => receiver[name]).join(',');
    for (const history of histories)
      for (const attacker of attackers) {
        let line = `${own},${history},${attackerNames.map((name) => attacker.knobs[name]).join()}`;
        for (let column = 0; column < protections.length; column += 1) {
          const outcome = outcomeAt(outcomes, index);
          const isFalse = gapOf(outcome) === 'false-security' ? 'yes' : 'no';
          line += `,${outcome.verdict},${outcome.belief},${isFalse}`;
          index += 1;
        }
        lines.push(line);
      }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** The same as data: axes, and two digits for each delivery. */
export const enumerationOf = (outcomes: Outcomes) => ({
  order: 'receiver axes (the last turns fastest), history, attacker axes (the same), protection',
  receiver: receiverAxes,
  history: everyGrid.histories,
  attacker: attackerAxes,
  protection: everyGrid.protections,
  outcome: 'two digits: the place of the verdict and of what the sender believes, from 0',
  verdicts,
  beliefs,
  outcomes,
});
