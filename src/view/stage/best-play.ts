/**
 * One attacker at first contact, and his best play against each of three protections: every set of his powers is
 * tried by the same senders as everywhere on the site, and the worst for the owner of the domain is kept.
 *
 * His powers: he is on the line, and writes DNS answers. What he has not: a stolen key, a certificate in another's
 * name, a signature. So a forged answer counts where nobody asks for a signature, and is noticed where one is asked for.
 */
import type { Belief, Outcome, Verdict } from '../../core/verdict.ts';
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { outcomeOfScenario } from '../../world/simulated/simulate.ts';
import type { Said } from './model.ts';

/** What he can do, as settings of the simulator; one of each group at a time, or none. Words: `scene.power.<id>`. */
const groups = [
  {
    reads: { line: 'reads' },
    strips: { line: 'strip' },
    'poses-home-made': { line: 'mitm-self' },
    'poses-own-name': { line: 'mitm-ca-wrong' },
  },
  { 'forges-mx': { 'forge-mx': 'yes' }, 'blocks-mx': { 'block-mx': 'drop' } },
  { 'forges-address': { 'forge-address': 'yes' } },
  { 'forges-tlsa': { 'forge-tlsa': 'yes' }, 'blocks-tlsa': { 'block-tlsa': 'drop' } },
  { 'forges-policy': { 'forge-policy': 'yes' }, 'blocks-policy': { 'block-policy': 'drop' } },
  { 'blocks-web': { https: 'refuse' }, 'poses-web': { https: 'self-none' } },
] as const satisfies readonly Readonly<Record<string, Partial<Knobs>>>[];

type KeysOf<Group> = Group extends unknown ? keyof Group : never;
export type Power = KeysOf<(typeof groups)[number]>;

export const powers = groups.flatMap((group) => Object.keys(group)) as readonly Power[];

export const playedProtections = ['smtp-sts-2016', 'mta-sts', 'dane'] as const;
export type PlayedProtection = (typeof playedProtections)[number];

export interface Play {
  readonly protection: PlayedProtection;
  readonly powers: readonly Power[];
  /** What he does, power by power, and how it was found. */
  readonly uses: readonly Said[];
  readonly found: Said;
  readonly outcome: Outcome;
  /** The situation, for the simulator and its scene. */
  readonly knobs: Knobs;
}

/** What he can do and what he has not. */
export const limits: Said = { key: 'scene.play.powers' };

/** How bad an end is for the owner of the domain: late is better than read. */
const harmOfVerdict: Readonly<Record<Verdict, number>> = {
  'delivered-proven': 0,
  waits: 1,
  refused: 2,
  'delivered-unproven': 3,
  'delivered-readable': 4,
  'delivered-to-attacker': 5,
};
/** Of two that end alike the worse is the one of which the sender believes more: nobody looks into it. */
const harmOfBelief: Readonly<Record<Belief, number>> = {
  undelivered: 0,
  readable: 1,
  encrypted: 2,
  proven: 3,
};

export const harmOf = ({ verdict, belief }: Outcome): number =>
  harmOfVerdict[verdict] * 4 + (verdict === 'delivered-proven' ? 0 : harmOfBelief[belief]);

interface Choice {
  readonly powers: readonly Power[];
  readonly knobs: Partial<Knobs>;
}

/** By what comes first in the table of powers: of two plays that do the same, the first is shown. */
const byTable = (one: Choice, other: Choice): number => {
  const at = one.powers.findIndex((power, index) => power !== other.powers[index]);
  const [first, second] = [one.powers[at], other.powers[at]];
  return first && second ? powers.indexOf(first) - powers.indexOf(second) : 0;
};

/** Every set of powers that can be used at once, the smallest first. */
export const choices: readonly Choice[] = groups
  .reduce<readonly Choice[]>(
    (chosen, group) =>
      chosen.flatMap((choice) => [
        choice,
        ...Object.entries(group).map(([power, knobs]) => ({
          powers: [...choice.powers, power as Power],
          knobs: { ...choice.knobs, ...(knobs as Partial<Knobs>) },
        })),
      ]),
    [{ powers: [], knobs: {} }],
  )
  .toSorted((one, other) => one.powers.length - other.powers.length || byTable(one, other));

export const knobsOfPlay = (
  protection: PlayedProtection,
  { knobs }: Pick<Choice, 'knobs'>,
): Knobs => ({
  ...defaultKnobs,
  ...knobs,
  protection,
});

/** The worst that his powers can bring about, with the fewest of them. */
export function bestPlay(protection: PlayedProtection): Play {
  let best: Play | undefined;
  for (const choice of choices) {
    const knobs = knobsOfPlay(protection, choice);
    const outcome = outcomeOfScenario(scenarioOfKnobs(knobs));
    if (best === undefined || harmOf(outcome) > harmOf(best.outcome))
      best = {
        protection,
        powers: choice.powers,
        uses: choice.powers.map((power) => ({ key: `scene.power.${power}` })),
        found: { key: 'scene.play.computed', args: { count: choices.length } },
        outcome,
        knobs,
      };
  }
  if (best === undefined) throw new Error('an attacker can at least do nothing');
  return best;
}

export const bestPlays = (): readonly Play[] => playedProtections.map(bestPlay);
