/** What a validation is given from outside: where trust begins, how much work it may do, how late a clock may be. */
import type { DomainName } from '../dns/name.ts';
import type { DnskeyFields, DsFields } from '../dns/record.ts';

/** A key, or the digest of one, that is trusted without proof (RFC 4033 §2). */
export type TrustAnchor = {
  readonly name: DomainName;
  readonly rdata: Uint8Array;
} & (DsFields | DnskeyFields);

/**
 * Bounds on the work of one lookup (KeyTrap, CVE-2023-50387 and CVE-2023-50868): whoever writes a
 * zone decides how much a naive validator computes. Past a bound the answer is indeterminate: never
 * secure, never insecure, and not bogus either, for the bound is ours and no fault of the zone.
 */
export const workLimits = {
  messages: 80,
  /** Of RDATA taken in. */
  octets: 1_000_000,
  verifications: 120,
  signaturesPerRrset: 8,
  /** Keys with one key tag and algorithm, tried for one signature. */
  keysPerSignature: 2,
  /** Pairs of a DS record and a key that it may be of, whose digests are compared to enter a zone. */
  digestsPerZone: 64,
  denialsPerMessage: 16,
  /** Single applications of the hash function, iterations included. */
  hashes: 12_000,
  /** Followed one after another; RFC 1034 §3.6.2 sets no number. */
  aliases: 16,
};
export type WorkLimits = Readonly<typeof workLimits>;

export interface ValidationPolicy {
  readonly anchors: readonly TrustAnchor[];
  readonly limits: WorkLimits;
  /** How far a signature's times may be missed: clocks of visitors and signers differ. */
  readonly skewSeconds: number;
  /** More NSEC3 iterations make an answer insecure (RFC 9276 §3.2). */
  readonly maxIterations: number;
  readonly algorithms: ReadonlySet<number>;
  readonly digestTypes: ReadonlySet<number>;
  /** No true clock is before this: the day the anchors were published. Seconds since 1970. */
  readonly earliestSeconds?: number;
  /** For recorded scenarios without a date only. */
  readonly ignoreTime?: boolean;
}

/** The policy of the site, to which the anchors are added. */
export const validationPolicy: Omit<ValidationPolicy, 'anchors'> = {
  limits: workLimits,
  skewSeconds: 300,
  // unbound's default too; RFC 9276 §3.2 leaves the number to the validator.
  maxIterations: 150,
  /** RSA with SHA-1, SHA-256, SHA-512; ECDSA; Ed25519; Ed448 (RFC 8624 §3.1). */
  algorithms: new Set([5, 7, 8, 10, 13, 14, 15, 16]),
  /** SHA-1, SHA-256, SHA-384 (RFC 8624 §3.3). */
  digestTypes: new Set([1, 2, 4]),
};
