/** What a sender believes of a delivery, beside what happened. */
import type { Belief, Outcome, Verdict } from '../core/verdict.ts';

/** How much protection a belief claims, and how much a verdict gives. */
const claimed: Readonly<Record<Belief, number>> = {
  proven: 2,
  encrypted: 1,
  readable: 0,
  undelivered: 3,
};
const given: Readonly<Record<Verdict, number>> = {
  'delivered-proven': 2,
  'delivered-unproven': 1,
  'delivered-readable': 0,
  'delivered-to-attacker': -1,
  waits: 3,
  refused: 3,
};

/**
 * How belief and truth relate.
 * `false-security`: the sender believes itself protected (encrypted or proven) and is not.
 * `unaware`: it knows of no protection, but not that an attacker took the message.
 * `modest`: it has more than it knows of.
 */
export type Gap = 'none' | 'false-security' | 'unaware' | 'modest';

export function gapOf({ verdict, belief }: Outcome): Gap {
  const difference = claimed[belief] - given[verdict];
  if (difference === 0) return 'none';
  if (difference < 0) return 'modest';
  return belief === 'readable' ? 'unaware' : 'false-security';
}

/** What a sender believes of its own protection where that is false security; undefined elsewhere. */
export const falseBelief = (outcome: Outcome): 'proven' | 'encrypted' | undefined =>
  // Whoever believes itself readable is unaware, and what is undelivered claims nothing false.
  gapOf(outcome) === 'false-security' ? (outcome.belief as 'proven' | 'encrypted') : undefined;
