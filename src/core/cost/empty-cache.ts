/**
 * What keeping policies costs and covers: the memo asserts that policy caching burdens small
 * providers; this room computes what can be computed.
 *
 * Mail to one domain is a Poisson stream of `messagesPerDay` (r); a policy lives `lifetimeDays` (L)
 * from its fetch (RFC 8461 §3.2) and is fetched only when a message finds none. Each fetch opens a
 * cycle: one message that met an empty cache, then on average r·L that did not.
 *
 * The threat: an attacker at first contact; each message that meets an empty cache is one.
 * Implements: no procedure; it counts those of RFC 8461 §3.2, §3.3 and RFC 7672 §2.2.
 * Left out: failures, parallel deliveries, a sender's several machines with a cache each.
 */
import { daySeconds } from '../ask.ts';

/** Seconds to days. */
export const daysOf = (seconds: number): number => seconds / daySeconds;

/** Share of mail to one domain that meets an empty cache: `1 / (1 + rL)`; 1 when nothing is kept. */
export const emptyCacheShare = (messagesPerDay: number, lifetimeDays: number): number =>
  1 / (1 + messagesPerDay * lifetimeDays);

/** Fetches a day for one domain when fetching on demand: `r / (1 + rL)`. */
export const fetchesPerDayOnDemand = (messagesPerDay: number, lifetimeDays: number): number =>
  messagesPerDay * emptyCacheShare(messagesPerDay, lifetimeDays);

/** Share of the time that a policy of this domain is kept: `rL / (1 + rL)`. */
export const keptShare = (messagesPerDay: number, lifetimeDays: number): number =>
  1 - emptyCacheShare(messagesPerDay, lifetimeDays);

/**
 * DANE lookups a day for one domain: each of its MX hosts is asked for once per time to live, when
 * there is mail: `h · r / (1 + rT)`. The same formula; only the lifetime is the record's TTL.
 */
export const daneLookupsPerDay = (
  messagesPerDay: number,
  ttlDays: number,
  hostsPerDomain: number,
): number => hostsPerDomain * fetchesPerDayOnDemand(messagesPerDay, ttlDays);
