/**
 * What a sender remembers, a day later, as a value that can be compared. Every delivery runs at the same
 * moment of the same clock; what passes is the age of what is remembered.
 *
 * An age only matters until it is over: a policy that expired yesterday is to every procedure what it is
 * after a year. So ages stop counting one day after that, and there are only so many memories. What no
 * later delivery can tell apart is not kept apart; a test explores with and without that, and finds the same.
 */
import { daySeconds } from '../../core/ask.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { retryAfterSeconds } from '../../core/mta-sts/decision.ts';
import type { StsCache } from '../../core/mta-sts/memory.ts';
import type { Sender, SenderMemory } from '../../core/sender/sender.ts';
import type { Cached2016Policy } from '../../core/sts-2016/in-force.ts';

type StsEntry = StsCache extends ReadonlyMap<DomainName, infer Entry> ? Entry : never;

/** Senders that ask when the record was last looked at (core/mta-sts/decision.ts); to others it is nothing. */
export const looksBack = ({ departures }: Sender): boolean =>
  departures.has('age-restarts-at-check') || departures.has('policy-not-looked-at-again');

/**
 * The same memory, some time later, seen at the moment `now` at which the last delivery was.
 * `whole`: keeps apart what only differs in what nothing asks for.
 */
export function later(
  { mtaSts, draft2016 }: SenderMemory,
  sender: Sender,
  now: number,
  passedSeconds: number,
  whole = false,
): SenderMemory {
  const keepsAll = whole || looksBack(sender);
  const agedSts = new Map<DomainName, StsEntry>();
  for (const [domain, { cached, failed }] of mtaSts) {
    // No age that a procedure compares with is greater.
    const most = (cached?.policy.maxAgeSeconds ?? 0) + daySeconds;
    const older = (seconds: number) => Math.max(seconds - passedSeconds, now - most);
    const fetchedSeconds = older(cached?.fetchedSeconds ?? now);
    const isOver = cached !== undefined && fetchedSeconds + cached.policy.maxAgeSeconds < now;
    const checkedSeconds = keepsAll ? older(cached?.checkedSeconds ?? now) : fetchedSeconds;
    const keptPolicy = cached && (keepsAll || !isOver);
    const atSeconds = Math.max((failed?.atSeconds ?? 0) - passedSeconds, now - daySeconds);
    const keptFailure = failed && (keepsAll || now - atSeconds < retryAfterSeconds);
    if (keptPolicy || keptFailure)
      agedSts.set(domain, {
        ...(keptPolicy && { cached: { ...cached, fetchedSeconds, checkedSeconds } }),
        ...(keptFailure && { failed: { ...failed, atSeconds } }),
      });
  }
  const aged2016 = new Map<DomainName, Cached2016Policy>();
  for (const [domain, policy] of draft2016) {
    const expiresSeconds = policy.expiresSeconds - passedSeconds;
    const fetchedSeconds = policy.fetchedSeconds - passedSeconds;
    const over = now - daySeconds;
    if (expiresSeconds >= now) aged2016.set(domain, { ...policy, expiresSeconds, fetchedSeconds });
    else if (whole) aged2016.set(domain, { ...policy, expiresSeconds: over, fetchedSeconds: over });
  }
  return { mtaSts: agedSts, draft2016: aged2016 };
}

/** Equal for equal memories. */
export const keyOf = ({ mtaSts, draft2016 }: SenderMemory): string =>
  JSON.stringify([[...mtaSts], [...draft2016]]);
