/** What becomes of a message that could not be handed over (RFC 5321 §4.5.4.1). */
import { step, type Procedure } from '../trace.ts';
import type { Action, DeferReason, Envelope } from './sender.ts';

export const returned = (reason: DeferReason): Action => ({ kind: 'bounced', reason });

/** The message could not be handed over: it waits, or is too old to wait. */
export function* undelivered(envelope: Envelope, reason: DeferReason): Procedure<Action> {
  if (envelope.queueLifetimeOver) {
    yield step('sender.queue-lifetime-over', { reason });
    return returned(reason);
  }
  yield step('sender.no-usable-host', { reason });
  return { kind: 'deferred', reason };
}
