/** What a validation leaves behind, as plain data: enough for a picture and for a list. */
import type { DomainName } from '../dns/name.ts';
import type { RrType } from '../dns/record.ts';
import type { DnssecRule } from './rules.ts';

export type Security = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

/**
 * What an answer is worth that failed for this reason. What we could not find out is not thereby
 * false, and never unsigned: a limit of ours, or of this browser, says nothing of the zone.
 */
export const securityOfFailure = (reason: DnssecRule): 'bogus' | 'indeterminate' =>
  reason === 'dnssec.not-fetched' || isOfService(reason) || isUnchecked(reason)
    ? 'indeterminate'
    : 'bogus';

/** True where the DNS service brings too little to check anything below the root, so that another must be asked. */
export const isOfService = (reason: DnssecRule): boolean =>
  reason === 'dnssec.anchor-unproved' || reason === 'dnssec.signatures-not-brought';

/** True of what was there to be checked and was not: by a limit of ours, or of this browser. */
export const isUnchecked = (reason: DnssecRule): boolean =>
  reason === 'dnssec.algorithm-not-here' || reason === 'dnssec.limit-reached';

/** One signature that was looked at, and what came of it. */
export interface SignatureEvidence {
  readonly name: DomainName;
  readonly type: RrType;
  readonly signer: DomainName;
  readonly keyTag: number;
  readonly algorithm: number;
  /** Seconds since 1970, 32 bits. */
  readonly inception: number;
  readonly expiration: number;
  readonly outcome: 'valid' | DnssecRule;
  readonly expandedFrom?: DomainName;
}

export interface KeyEvidence {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly flags: number;
  /** Named by the DS records above, or by an anchor. */
  readonly isEntry: boolean;
}

export interface DsEvidence {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly isMatched: boolean;
}

/** One record of a proof of absence: what it matches or which gap it spans. */
export interface DenialEvidence {
  readonly kind: 'nsec' | 'nsec3';
  readonly owner: DomainName;
  /** A name, or for NSEC3 a hash. */
  readonly next: string;
  readonly types: readonly RrType[];
  readonly role: 'matches' | 'covers' | 'matches-encloser' | 'covers-wildcard' | 'matches-wildcard';
  readonly isOptOut: boolean;
}

/** One zone of the chain. */
export interface ZoneEvidence {
  readonly zone: DomainName;
  readonly parent?: DomainName;
  readonly security: Security;
  readonly reason: DnssecRule;
  /** Where trust begins: key tags of the anchors given at this name. */
  readonly anchors: readonly DsEvidence[];
  readonly ds: readonly DsEvidence[];
  readonly keys: readonly KeyEvidence[];
  readonly signatures: readonly SignatureEvidence[];
  /** Proof that there is no DS. */
  readonly denials: readonly DenialEvidence[];
}

/** One link of the answer: an RRset, an alias, or an absence. */
export interface LinkEvidence {
  readonly name: DomainName;
  readonly type: RrType;
  readonly kind: 'found' | 'alias' | 'absent';
  readonly zone?: DomainName;
  readonly security: Security;
  readonly reason: DnssecRule;
  readonly signatures: readonly SignatureEvidence[];
  readonly denials: readonly DenialEvidence[];
}

/** Work done for one lookup, not work that was refused. */
export interface WorkDone {
  messages: number;
  octets: number;
  verifications: number;
  hashes: number;
}
