/**
 * How a delivery ends: what happened, and beside it what the sender believes.
 * Where the two differ stands the memo's "false sense of security".
 */

/** What happened to the message, as the world knows it. */
export type Verdict =
  /** authenticated, genuine, not read */
  | 'delivered-proven'
  /** TLS unauthenticated, genuine, not read */
  | 'delivered-unproven'
  /** plaintext to the genuine server, or read on the way */
  | 'delivered-readable'
  /** handed to the attacker, however encrypted */
  | 'delivered-to-attacker'
  /** deferred: stays in the queue */
  | 'waits'
  /** bounced to the author */
  | 'refused';

/** What the sender believes of its own delivery; `undelivered` for waits and refused. */
export type Belief = 'proven' | 'encrypted' | 'readable' | 'undelivered';

export interface Outcome {
  readonly verdict: Verdict;
  readonly belief: Belief;
}
