/**
 * How a delivery ends: what happened, and beside it what the sender believes. Where the two differ stands the memo's
 * "false sense of security". Not in `sender/outcome.ts`, which computes it: pages show verdicts without computing any.
 */

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
