/** What a sender of the draft of March 2016 keeps between deliveries (§3.2, §3.3, §3.5). */
import type { DomainName } from '../dns/name.ts';

export interface Cached2016Policy {
  /** The TXT text, octet for octet: the web copy must be equal to it (§3.3). */
  readonly text: string;
  /** Fetch time + `e` + the TTL of the TXT record (§3.2 allows the TTL on top). */
  readonly expiresSeconds: number;
  readonly fetchedSeconds: number;
  /** Has ever been authenticated, or was the first, trusted unauthenticated? */
  readonly authenticated: boolean;
}

export type Draft2016Cache = ReadonlyMap<DomainName, Cached2016Policy>;
