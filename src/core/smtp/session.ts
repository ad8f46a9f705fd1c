/**
 * From a connection to a channel: greeting, EHLO, STARTTLS (RFC 5321 §3.2, RFC 3207 §4). Then handing a message over, and
 * what becomes of one that could not be (RFC 5321 §4.5.4.1).
 *
 * The threat: someone on the path who takes STARTTLS out of the answer, or breaks the handshake; and
 * one who breaks a lookup, so that it looks as if there were no mail server.
 * Implements: RFC 3207 §4, RFC 5321 §3.2, finding hosts and addresses of §5.1 (`mx.ts`), RFC 7505.
 * Left out: everything after the message is handed over; authentication of users; other extensions.
 */
import type { DomainName } from '../dns/name.ts';
import { ask, step, type Procedure } from '../trace.ts';
import type { PresentedForDane } from './ask.ts';

export type Opened =
  | { readonly kind: 'encrypted'; readonly session: number; readonly presented: PresentedForDane }
  /** No STARTTLS in the answer to EHLO: never offered, or removed on the way. */
  | { readonly kind: 'not-offered'; readonly session: number }
  | { readonly kind: 'handshake-failed' }
  | { readonly kind: 'no-connection' };

/**
 * Connects to an address, says EHLO and, where it is offered, STARTTLS.
 * Shape: `serverName` goes into SNI; undefined: none is sent. Certificates come back unjudged.
 * Errors: `no-connection` (also where EHLO gets no answer), `not-offered` (the session goes on in the clear),
 * `handshake-failed` (the connection is of no more use).
 * Source: RFC 5321 §3.2, RFC 3207 §4.
 */
export function* openChannel(
  host: DomainName,
  address: string,
  serverName: DomainName | undefined,
): Procedure<Opened> {
  const session = yield* connect(host, address);
  if (session === undefined) return { kind: 'no-connection' };
  const ehlo = yield* ask({ ask: 'ehlo', session });
  // Who says nothing to EHLO offers nothing and refuses nothing: there is no dialogue (RFC 5321 §3.2).
  if (ehlo.why !== undefined) {
    yield step('smtp.host-unreachable', { host, address, why: ehlo.why });
    return { kind: 'no-connection' };
  }
  if (!ehlo.starttls) {
    yield step('smtp.starttls-not-offered', { host });
    return { kind: 'not-offered', session };
  }
  yield step('smtp.starttls-offered', { host });
  const tls = yield* ask(
    serverName === undefined
      ? { ask: 'starttls', session }
      : { ask: 'starttls', session, serverName },
  );
  if (tls.kind === 'failed') {
    yield step('smtp.handshake-failed', { host, why: tls.why, line: tls.line });
    return { kind: 'handshake-failed' };
  }
  yield step('smtp.tls-established', { host, serverName });
  return { kind: 'encrypted', session, presented: tls };
}

function* connect(host: DomainName, address: string): Procedure<number | undefined> {
  const connected = yield* ask({ ask: 'connect', host, address });
  if (connected.kind === 'open') return connected.session;
  yield step('smtp.host-unreachable', { host, address, why: connected.why });
  return undefined;
}

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

/** An attempt that ended without delivery. */
export const failed = (reason: DeferReason): Attempt => ({ kind: 'failed', reason });

/**
 * Sends the message over an open session. `channel` is what the caller found it to be, and only goes into the result.
 * Errors: `rejected-by-server`, whatever the code of the reply.
 * Source: RFC 5321 §3.3, §4.2.1.
 */
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

/** Over a new connection without STARTTLS: after a failed handshake the old one is of no use. */
export function* handOverInTheClear(
  envelope: Envelope,
  host: DomainName,
  address: string,
): Procedure<Attempt> {
  yield step('smtp.cleartext-fallback', { host });
  const session = yield* connect(host, address);
  if (session === undefined) return failed('no-connection');
  yield* ask({ ask: 'ehlo', session });
  return yield* handOver(envelope, host, address, session, 'plaintext');
}

/** The message goes back to its author. */
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
