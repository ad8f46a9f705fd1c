/**
 * Every combination: all receivers and all attackers that these knobs can make, in every history.
 * Computed when the site is built, and published as data.
 */
import { beliefs, verdicts, type Outcome } from '../../core/verdict.ts';
import { defaultKnobs, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';
import { isShown } from '../simulator/knob-groups.ts';
import { fullGrid, type Grid } from './axes.ts';
import { outcomeRows, type OutcomeOf, type Outcomes } from './outcomes.ts';

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
const receiverNames = namesOf(receiverAxes);
const attackerNames = namesOf(attackerAxes);

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

/** All of it as data: axes, and two digits for each delivery. */
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
