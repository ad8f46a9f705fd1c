/**
 * The options with which a zone was signed (those of `ldns-signzone`), as far as a sender can tell
 * the difference.
 */
import { readTime } from '../validate/presentation.ts';

export interface Signing {
  /** Signatures whose time is over, or has not begun. */
  readonly expired: boolean;
  readonly denial?: 'nsec3';
}

/** Above this many NSEC3 iterations a proof of absence counts as no proof (RFC 9276 §3.2). */
const iterationsMost = 150;

/** `YYYYMMDD`, perhaps with `hhmmss`; seconds since 1970. */
const secondsOf = (text: string): number =>
  /^\d{8}(?:\d{6})?$/.test(text) ? readTime(text.padEnd(14, '0')) : NaN;

export function signingOf(
  options: readonly string[],
  nowSeconds: number,
  notModelled: string[],
): Signing {
  let expired = false;
  let denial: 'nsec3' | undefined;
  const queue = [...options];
  for (let option = queue.shift(); option !== undefined; option = queue.shift()) {
    // Opt-out changes proofs about delegations only, and no mail record of these zones is one.
    if (option === '-n' || option === '-p') {
      denial = 'nsec3';
      continue;
    }
    const value = queue.shift() ?? '';
    const moment = secondsOf(value);
    if (option === '-e' && !Number.isNaN(moment)) expired ||= moment < nowSeconds;
    else if (option === '-i' && !Number.isNaN(moment)) expired ||= moment > nowSeconds;
    else if (option === '-t' && Number(value) <= iterationsMost) continue;
    else if (option !== '-s') notModelled.push(`world.signOpts="${option} ${value}"`);
  }
  return { expired, ...(denial === undefined ? {} : { denial }) };
}
