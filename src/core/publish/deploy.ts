/**
 * Whether a server may begin to show a new certificate: only when its record has stood in the DNS for two
 * TTLs, so that no cache holds the records from before (RFC 7671 §8.1). Asked by a deploy hook, again and
 * again, until the answer is yes.
 *
 * Since when a record stands is what was seen, not what a signature says: signers set the beginning of an
 * RRSIG an hour, a day or a week back, and a renewed signature says nothing of when the data came.
 */
import { formatTlsa, type Tlsa } from '../dane/tlsa.ts';
import { countingTlsa, isUsableTlsa } from '../dane/usable.ts';

export type DeployVerdict =
  /** No proved TLSA record that counts: no sender with DANE compares anything. */
  | { readonly kind: 'no-records' }
  /** A record that the certificate in use fits, fits the new one too: nothing changes for senders. */
  | { readonly kind: 'same-record' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'too-young'; readonly waitSeconds: number }
  | { readonly kind: 'ready' };

/** When each record, in presentation form, was first seen. Seconds since 1970. */
export type FirstSeen = Readonly<Record<string, number>>;

/** What is there now, with since when; what is gone is forgotten, and counts anew when it comes back. */
export const seenNow = (published: readonly Tlsa[], before: FirstSeen, now: number): FirstSeen =>
  Object.fromEntries(
    published.map(formatTlsa).map((record) => [record, before[record] ?? now] as const),
  );

/**
 * May the server show its new certificate now?
 * Shape: times in seconds since 1970; a record that `firstSeen` lacks counts as first seen now.
 * Errors: none; what forbids it is a verdict: `absent` where no record fits the new certificate, `too-young` where
 * the first that does was seen less than two TTLs ago, with the seconds that are left.
 * Source: RFC 7671 §8.1.
 */
export function mayDeploy(asked: {
  /** The proved records of the host. */
  readonly published: readonly Tlsa[];
  /** The records that the new certificate and its chain fit. */
  readonly next: readonly Tlsa[];
  /** Those that the certificate in use fits; none where it is not known. */
  readonly current: readonly Tlsa[];
  readonly firstSeen: FirstSeen;
  readonly ttlSeconds: number;
  readonly nowSeconds: number;
}): DeployVerdict {
  const { next, current, firstSeen, ttlSeconds, nowSeconds } = asked;
  const counting = countingTlsa(asked.published.filter(isUsableTlsa)).map(formatTlsa);
  if (counting.length === 0) return { kind: 'no-records' };
  const fits = (records: readonly Tlsa[]) => {
    const texts = new Set(records.map(formatTlsa));
    return counting.filter((record) => texts.has(record));
  };
  const fitting = fits(next);
  if (fitting.length === 0) return { kind: 'absent' };
  const inUse = fits(current);
  if (fitting.some((record) => inUse.includes(record))) return { kind: 'same-record' };
  const since = Math.min(...fitting.map((record) => firstSeen[record] ?? nowSeconds));
  const waitSeconds = since + 2 * ttlSeconds - nowSeconds;
  return waitSeconds > 0 ? { kind: 'too-young', waitSeconds } : { kind: 'ready' };
}
