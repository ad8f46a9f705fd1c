/**
 * Verdicts as readers see them: a shape and a word each, colour only on top.
 * Shapes are drawn in a box from -10 to 10, so that a badge, a table cell and a chart dot share them.
 */
import type { Belief, Outcome, Verdict } from '../core/verdict.ts';

export { verdicts } from '../core/verdict.ts';

/** `outer` is filled, `inner` is stroked on it in the paper colour. */
export interface VerdictShape {
  readonly outer: string;
  readonly inner: string;
}

export const verdictShapes: Readonly<Record<Verdict, VerdictShape>> = {
  // a disc with a tick
  'delivered-proven': {
    outer: 'M0-9.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19z',
    inner: 'M-4.4.4-1.4 3.6 4.6-3.4',
  },
  // a ring: closed, but nobody knows around whom
  'delivered-unproven': {
    outer:
      'M0-9.5a9.5 9.5 0 1 1 0 19a9.5 9.5 0 1 1 0-19zM0-5.6a5.6 5.6 0 1 0 0 11.2a5.6 5.6 0 1 0 0-11.2z',
    inner: '',
  },
  // a triangle with an open eye's dash: a postcard, readable by whoever holds it
  'delivered-readable': {
    outer: 'M0-9.6 10 8.6H-10z',
    inner: 'M0-3.6V2M0 5.3V5.5',
  },
  // a diamond with a cross
  'delivered-to-attacker': {
    outer: 'M0-10.4 10.4 0 0 10.4-10.4 0z',
    inner: 'M-3.2-3.2 3.2 3.2M3.2-3.2-3.2 3.2',
  },
  // an hourglass
  waits: {
    outer: 'M-7.6-9.5H7.6V-7.2L2 0 7.6 7.2V9.5H-7.6V7.2L-2 0-7.6-7.2z',
    inner: '',
  },
  // a square with an arrow back
  refused: {
    outer: 'M-8.8-8.8H8.8V8.8H-8.8z',
    inner: 'M4.6 0H-4.4M-1-3.6-4.6 0-1 3.6',
  },
};

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
