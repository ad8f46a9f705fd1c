/**
 * What keeping policies costs one sender a day, and what it leaves uncovered: the memo asserts that policy caching burdens
 * small providers; this module computes what can be computed.
 *
 * Mail to one domain is a Poisson stream of `messagesPerDay` (r); a policy lives `lifetimeDays` (L)
 * from its fetch (RFC 8461 §3.2) and is fetched only when a message finds none. Each fetch opens a
 * cycle: one message that met an empty cache, then on average r·L that did not. Over domains mail spreads unevenly: of n
 * the k-th most mailed gets a share `k^-s / Σ j^-s` (Zipf's law, exponent s).
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

/** Assumptions; every number can be edited by the reader. */
export interface SenderAssumptions {
  readonly messagesPerDay: number;
  /** Distinct domains that it ever mails. */
  readonly domains: number;
  /** Exponent of Zipf's law over those domains. */
  readonly zipfExponent: number;
  /** Share of those domains that publish a policy, 0 to 1. */
  readonly publishingShare: number;
  readonly lifetimeDays: number;
  /** Days between refreshes; undefined: fetch on demand only. RFC 8461 §3.3 suggests daily. */
  readonly refreshDays?: number;
  /** Octets moved by one HTTPS fetch: handshake, request and policy. */
  readonly fetchBytes: number;
  /** Octets that one kept policy takes. */
  readonly entryBytes: number;
  /** Time to live of the records that DANE looks up. */
  readonly daneTtlDays: number;
  readonly mxHostsPerDomain: number;
}

export interface Burden {
  /** Share of the mail to publishing domains that meets an empty cache, 0 to 1. */
  readonly emptyCacheShare: number;
  /** The same in messages a day. */
  readonly emptyCacheMessagesPerDay: number;
  /** Policies kept, on average. */
  readonly cacheEntries: number;
  readonly cacheBytes: number;
  readonly httpsFetchesPerDay: number;
  readonly httpsBytesPerDay: number;
  /** HTTPS fetches for each message to a publishing domain. */
  readonly fetchesPerMessage: number;
  /** TLSA lookups a day, if the same domains published DANE instead. */
  readonly daneLookupsPerDay: number;
}

/**
 * On demand: sums of `emptyCacheShare` and its sisters over the Zipf bands.
 * With refresh ahead, in the long run: every publishing domain is kept (`cacheEntries` = domains ·
 * share) and fetched once per `refreshDays`; only the very first message to each domain met an
 * empty cache, so the share tends to 0. RFC 8461 §3.3, §10.2.
 * A refresh that would come after the policy has died helps nobody: that sender fetches on demand.
 */
export function burdenOf(sender: SenderAssumptions): Burden {
  const bands = zipfBands(sender.domains, sender.zipfExponent);
  const sum = (of: (messagesPerDay: number) => number): number => {
    let total = 0;
    for (const { domains, shareEach } of bands)
      total += domains * of(shareEach * sender.messagesPerDay);
    return total * sender.publishingShare;
  };

  const { lifetimeDays, refreshDays } = sender;
  const messages = sum((rate) => rate);
  const ahead = refreshDays !== undefined && refreshDays <= lifetimeDays;
  const missed = ahead ? 0 : sum((rate) => rate * emptyCacheShare(rate, lifetimeDays));
  const entries = ahead
    ? sender.domains * sender.publishingShare
    : sum((rate) => keptShare(rate, lifetimeDays));
  const fetches = ahead
    ? entries / refreshDays
    : sum((rate) => fetchesPerDayOnDemand(rate, lifetimeDays));
  return {
    emptyCacheShare: messages === 0 ? 0 : missed / messages,
    emptyCacheMessagesPerDay: missed,
    cacheEntries: entries,
    cacheBytes: entries * sender.entryBytes,
    httpsFetchesPerDay: fetches,
    httpsBytesPerDay: fetches * sender.fetchBytes,
    fetchesPerMessage: messages === 0 ? 0 : fetches / messages,
    daneLookupsPerDay: sum((rate) =>
      daneLookupsPerDay(rate, sender.daneTtlDays, sender.mxHostsPerDomain),
    ),
  };
}

/** Neighbouring ranks taken together. */
export interface ZipfBand {
  readonly domains: number;
  /** Share of all mail that each domain of the band gets. */
  readonly shareEach: number;
}

/** Ranks up to this one stand alone; beyond, bands widen by one per cent, which is exact enough. */
const ranksAlone = 500;
const widening = 1.01;

/**
 * Bands that together hold all domains and all mail.
 * Shape: `domains` at least 1; `exponent` from 0 (all equal) upwards. Each band's domains get the
 * share of its geometric middle; the sum of all shares is 1.
 */
export function zipfBands(domains: number, exponent: number): readonly ZipfBand[] {
  const bands: { domains: number; weight: number }[] = [];
  let first = 1;
  while (first <= domains) {
    const last = Math.min(
      domains,
      first < ranksAlone ? first : Math.max(first, Math.floor(first * widening)),
    );
    bands.push({
      domains: last - first + 1,
      weight: Math.sqrt(first * last) ** -exponent,
    });
    first = last + 1;
  }
  const total = bands.reduce((sum, band) => sum + band.domains * band.weight, 0);
  return bands.map((band) => ({ domains: band.domains, shareEach: band.weight / total }));
}
