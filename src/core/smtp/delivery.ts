/** Handing a message over at the end of a session, and what becomes of one that could not be (RFC 5321 §4.5.4.1). */
import type { DomainName } from '../dns/name.ts';
import { ask, step, type Procedure } from '../trace.ts';

export interface Envelope {
  readonly domain: DomainName;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** The message is older than the queue keeps it. */
  readonly queueLifetimeOver: boolean;
}

export type Action =
  | {
      readonly kind: 'delivered';
      readonly host: DomainName;
      readonly address: string;
      readonly channel: 'plaintext' | 'encrypted' | 'authenticated';
    }
  /** Stays in the queue. `enhancedStatus` as in RFC 3463, for display. */
  | { readonly kind: 'deferred'; readonly reason: DeferReason }
  | { readonly kind: 'bounced'; readonly reason: DeferReason };

export type DeferReason =
  | 'mx-lookup-failed'
  | 'no-such-domain'
  | 'null-mx'
  | 'no-address'
  | 'address-lookup-failed'
  | 'no-connection'
  | 'dane-not-possible'
  | 'tls-not-offered'
  | 'handshake-failed'
  | 'not-authenticated'
  | 'not-in-policy'
  | 'rejected-by-server'
  | 'configuration';

export type Attempt =
  | { readonly kind: 'delivered'; readonly action: Action }
  | { readonly kind: 'failed'; readonly reason: DeferReason };

export const failed = (reason: DeferReason): Attempt => ({ kind: 'failed', reason });

export function* handOver(
  envelope: Envelope,
  host: DomainName,
  address: string,
  session: number,
  channel: 'plaintext' | 'encrypted' | 'authenticated',
): Procedure<Attempt> {
  const { domain } = envelope;
  const answer = yield* ask({ ask: 'deliver', session, domain });
  if (answer.kind !== 'accepted') {
    yield step('smtp.not-accepted', { host, line: answer.line });
    return failed('rejected-by-server');
  }
  yield step('smtp.accepted', { host, channel, line: answer.line });
  return { kind: 'delivered', action: { kind: 'delivered', host, address, channel } };
}

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
