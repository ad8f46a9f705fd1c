/** One zone of the test bed: what stands in it, how it is signed, and what is broken about it. */

export type Algorithm =
  | 'RSASHA1'
  | 'NSEC3RSASHA1'
  | 'RSASHA256'
  | 'RSASHA512'
  | 'ECDSAP256SHA256'
  | 'ECDSAP384SHA384'
  | 'ED25519'
  | 'ED448';

export type Denial =
  'nsec' | { readonly salt: string; readonly iterations: number; readonly optOut?: boolean };

export interface Signing {
  readonly algorithm: Algorithm;
  readonly bits?: number;
  /** NSEC unless said otherwise. NSEC3: salt in hexadecimal or `-`; the signer refuses > 150 iterations. */
  readonly denial?: Denial;
  /** Signatures from an hour ago for a year; `past` ended 30 days ago; `future` starts in 30 days. */
  readonly validity?: 'now' | 'past' | 'future';
  /** One key for everything, or a key-signing key with a zone-signing key below it. */
  readonly keys?: 'one' | 'two';
  /** Public exponent of an RSA key; 65537 unless said. BIND takes 35 bits at most. */
  readonly exponent?: bigint;
  /** So many keys more that share the tag of the first and sign nothing; RSA only. */
  readonly alike?: number;
  /** A second algorithm beside the first. */
  readonly also?: Algorithm;
}

export interface ZoneSpec {
  /** Lower case, no trailing dot; `.` for the root. */
  readonly name: string;
  /** Records in presentation format, relative to the zone. SOA and NS are added where missing. */
  readonly records: readonly string[];
  /** `false`: served unsigned. */
  readonly signing: Signing | false;
  /** What the parent publishes, from the genuine DS records (SHA-256) of the zone. */
  readonly ds?: (genuine: readonly string[], dsOf: DigestOf) => readonly string[];
  /** Changes to the signed zone, one record a line: `owner TTL IN TYPE RDATA`, absolute names. */
  readonly spoil?: (lines: readonly string[]) => readonly string[];
  /** Kept out of the parent altogether: no delegation (the names then do not exist). */
  readonly undelegated?: boolean;
  /** An older version of the zone, its signatures over; only the lying front serves it. */
  readonly stale?: readonly string[];
}

/** DS records of the same key with another digest. */
export type DigestOf = (digest: 'SHA-1' | 'SHA-256' | 'SHA-384') => readonly string[];

/** The type of a line of a zone in full text. */
export const typeOf = (line: string): string => line.split(/\s+/, 4)[3] ?? '';

/** The type an RRSIG line covers; empty for other lines. */
export const coveredBy = (line: string): string =>
  typeOf(line) === 'RRSIG' ? (line.split(/\s+/, 5)[4] ?? '') : '';
