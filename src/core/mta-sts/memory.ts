/** What a sender keeps of MTA-STS between deliveries (RFC 8461 §3.3, §5.1). */
import type { DomainName } from '../dns/name.ts';

export type StsMode = 'enforce' | 'testing' | 'none';

/** True for the three modes of RFC 8461 §5, in lower case as there. */
export const isStsMode = (text: string | undefined): text is StsMode =>
  text === 'enforce' || text === 'testing' || text === 'none';

/** RFC 8461 §3.2: one year of 365.25 days. What to do above it the RFC does not say; see docs/decisions/disputes.md. */
export const maxAgeMostSeconds = 31_557_600;

/** A policy that was fetched and found valid. */
export interface FetchedStsPolicy {
  readonly mode: StsMode;
  /** Seconds. */
  readonly maxAgeSeconds: number;
  /** Host names, or `*.` with a domain. */
  readonly mx: readonly string[];
}

export interface CachedStsPolicy {
  readonly policy: FetchedStsPolicy;
  /** The `id` of the TXT record at the time of the fetch. */
  readonly id: string;
  /** From when `max_age` counts; seconds since 1970. */
  readonly fetchedSeconds: number;
  /** When the TXT record was last looked at; seconds since 1970. */
  readonly checkedSeconds: number;
}

/** A fetch that failed: not tried again for five minutes with the same id (§3.3). */
export interface FailedFetch {
  readonly id: string;
  readonly atSeconds: number;
}

export type StsCache = ReadonlyMap<
  DomainName,
  { readonly cached?: CachedStsPolicy; readonly failed?: FailedFetch }
>;
