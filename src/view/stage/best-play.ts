/**
 * One attacker at first contact, and his best play against each of three protections: every set of his powers is
 * tried by the same senders as everywhere on the site, and the worst for the owner of the domain is kept.
 *
 * His powers: he is on the line, and writes DNS answers. What he has not: a stolen key, a certificate in another's
 * name, a signature. So a forged answer counts where nobody asks for a signature, and is noticed where one is asked for.
 */
import type { Outcome, Belief, Verdict } from '../../core/verdict.ts';
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { choicesOf, groups, type Power } from './powers.ts';

export const playedProtections = ['smtp-sts-2016', 'mta-sts', 'dane'] as const;
export type PlayedProtection = (typeof playedProtections)[number];

export interface Play {
  readonly protection: PlayedProtection;
  readonly powers: readonly Power[];
  readonly outcome: Outcome;
  /** The situation, for the simulator and its scene. */
  readonly knobs: Knobs;
}

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

/** Every set of powers that can be used at once, the smallest first. */
export const choices = choicesOf(groups);
type Choice = (typeof choices)[number];

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
    const outcome = outcomeOfKnobs(knobs);
    if (best === undefined || harmOf(outcome) > harmOf(best.outcome))
      best = {
        protection,
        powers: choice.powers,
        outcome,
        knobs,
      };
  }
  if (best === undefined) throw new Error('an attacker can at least do nothing');
  return best;
}

export const bestPlays = (): readonly Play[] => playedProtections.map(bestPlay);
