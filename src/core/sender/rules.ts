/** Rules of the sending procedure itself. */
import { cite, type Citation } from '../cite.ts';

export const senderRules = {
  /** A host failed; the next one in the order of preference is tried. */
  'sender.next-host': [cite('rfc5321', '5.1')],
  /** No host is left: the message waits in the queue. */
  'sender.no-usable-host': [cite('rfc5321', '5.1'), cite('rfc5321', '4.5.4.1')],
  /** The message is too old for the queue: back to the author. */
  'sender.queue-lifetime-over': [cite('rfc5321', '4.5.4.1')],
  /** Local policy, no standard: the certificate carries the domain's name or one under it. */
  'sender.level-secure-met': [cite('rfc3207', '4.1')],
  'sender.level-secure-not-met': [cite('rfc3207', '4.1')],
  /** Local policy: without TLS nothing is sent. */
  'sender.tls-required': [cite('rfc3207', '6')],
  /** A failure that a report to the domain would count (RFC 8460); evidence has the result type. */
  'sender.failure-counted': [cite('rfc8460', '4'), cite('rfc8460', '4.3')],
  /** A real sender did something else here than the strict reading; evidence names the departure. */
  'sender.departed': [cite('site', 'sender-profiles')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
