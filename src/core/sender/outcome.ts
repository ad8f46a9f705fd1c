/** How a delivery ended: what the sender did and believes, beside what truly became of the message. */
import type { Action } from '../smtp/session.ts';
import type { Belief, Outcome, Verdict } from '../verdict.ts';

/** What only the world knows. */
export interface Truth {
  readonly reached: 'nobody' | 'genuine' | 'attacker';
  /** Did the attacker get to read it? */
  readonly read: boolean;
}

/** What the sender can know of its delivery: the kind of channel, nothing of who was at the other end. */
export const beliefOf = (action: Action): Belief => {
  if (action.kind !== 'delivered') return 'undelivered';
  if (action.channel === 'authenticated') return 'proven';
  return action.channel === 'encrypted' ? 'encrypted' : 'readable';
};

/** What became of the message. Who received or read it comes from the world, since the sender cannot know it. */
export function verdictOf(action: Action, truth: Truth): Verdict {
  if (action.kind === 'deferred') return 'waits';
  if (action.kind === 'bounced') return 'refused';
  if (truth.reached === 'attacker') return 'delivered-to-attacker';
  if (truth.read || action.channel === 'plaintext') return 'delivered-readable';
  return action.channel === 'authenticated' ? 'delivered-proven' : 'delivered-unproven';
}

/** The verdict of the world and the belief of the sender, side by side. */
export const outcomeOf = (action: Action, truth: Truth): Outcome => ({
  verdict: verdictOf(action, truth),
  belief: beliefOf(action),
});
