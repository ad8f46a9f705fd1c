/**
 * How a delivery ended: what the sender did and believes, beside what truly became of the message. Where the two differ
 * stands the memo's "false sense of security".
 */
import type { Action } from '../smtp/session.ts';

/** What happened to the message, as the world knows it. */
export const verdicts = [
  /** authenticated, genuine, not read */
  'delivered-proven',
  /** TLS unauthenticated, genuine, not read */
  'delivered-unproven',
  /** plaintext to the genuine server, or read on the way */
  'delivered-readable',
  /** handed to the attacker, however encrypted */
  'delivered-to-attacker',
  /** deferred: stays in the queue */
  'waits',
  /** bounced to the author */
  'refused',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What the sender believes of its own delivery; `undelivered` for waits and refused. */
export const beliefs = ['proven', 'encrypted', 'readable', 'undelivered'] as const;
export type Belief = (typeof beliefs)[number];

export interface Outcome {
  readonly verdict: Verdict;
  readonly belief: Belief;
}

/** What only the world knows. */
export interface Truth {
  readonly reached: 'nobody' | 'genuine' | 'attacker';
  /** Did the attacker get to read it? */
  readonly read: boolean;
}

export const beliefOf = (action: Action): Belief => {
  if (action.kind !== 'delivered') return 'undelivered';
  if (action.channel === 'authenticated') return 'proven';
  return action.channel === 'encrypted' ? 'encrypted' : 'readable';
};

export function verdictOf(action: Action, truth: Truth): Verdict {
  if (action.kind === 'deferred') return 'waits';
  if (action.kind === 'bounced') return 'refused';
  if (truth.reached === 'attacker') return 'delivered-to-attacker';
  if (truth.read || action.channel === 'plaintext') return 'delivered-readable';
  return action.channel === 'authenticated' ? 'delivered-proven' : 'delivered-unproven';
}

export const outcomeOf = (action: Action, truth: Truth): Outcome => ({
  verdict: verdictOf(action, truth),
  belief: beliefOf(action),
});
