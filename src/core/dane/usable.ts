/**
 * Which TLSA records a mail server may use at all, and which of the usable ones count.
 *
 * This decides between "must authenticate" and "any TLS will do" (RFC 7672 §2.2): a record that we
 * call unusable by mistake takes protection away, one that we call usable by mistake stops mail.
 */
import { concatOctets } from '../dns/octets.ts';
import { looksLikeCertificate, looksLikeSpki } from '../pkix/der.ts';
import type { Tlsa } from './tlsa.ts';

export type UnusableReason =
  | 'pkix-usage'
  | 'unknown-usage'
  | 'private-usage'
  | 'unknown-selector'
  | 'private-selector'
  | 'unknown-matching-type'
  | 'private-matching-type'
  | 'digest-length'
  | 'not-a-certificate'
  | 'not-a-key'
  | 'key-for-certificate'
  | 'certificate-for-key';

export type TlsaJudgement =
  { readonly usable: true } | { readonly usable: false; readonly reason: UnusableReason };

export interface UsableTlsa extends Tlsa {
  readonly usage: 2 | 3;
  readonly selector: 0 | 1;
  readonly matchingType: 0 | 1 | 2;
}

/** Octets of a digest by matching type. RFC 6698 §2.1.3. */
export const digestOctets: Readonly<Record<number, number>> = { 1: 32, 2: 64 };

const privateUse = 255;

/**
 * Judges one record on its own.
 * Usages 0 and 1 are called unusable: RFC 7672 §3.1.3 leaves them undefined and allows that.
 * Source: RFC 6698 §4.1, RFC 7671 §9, RFC 7672 §3.1.
 */
export function judgeTlsa(tlsa: Tlsa): TlsaJudgement {
  const reason = unusableBecause(tlsa);
  return reason === undefined ? { usable: true } : { usable: false, reason };
}

/** `judgeTlsa` as a type guard. */
export const isUsableTlsa = (tlsa: Tlsa): tlsa is UsableTlsa => unusableBecause(tlsa) === undefined;

/** At least one: where none is usable, there is nothing to match with, and RFC 7672 §2.2 asks for something else. */
export type UsableSet = readonly [UsableTlsa, ...UsableTlsa[]];

/** The usable ones, in their order; undefined where there is none. */
export function usableOf(records: readonly Tlsa[]): UsableSet | undefined {
  const [first, ...others] = records.filter(isUsableTlsa);
  return first && [first, ...others];
}

function unusableBecause(tlsa: Tlsa): UnusableReason | undefined {
  const { usage, selector, matchingType, association } = tlsa;
  if (usage === privateUse) return 'private-usage';
  if (usage > 3) return 'unknown-usage';
  if (usage < 2) return 'pkix-usage';
  if (selector === privateUse) return 'private-selector';
  if (selector > 1) return 'unknown-selector';
  if (matchingType === privateUse) return 'private-matching-type';
  if (matchingType > 2) return 'unknown-matching-type';
  if (matchingType > 0)
    return association.length === digestOctets[matchingType] ? undefined : 'digest-length';
  if (selector === 0) {
    if (looksLikeCertificate(association)) return undefined;
    return looksLikeSpki(association) ? 'key-for-certificate' : 'not-a-certificate';
  }
  if (looksLikeSpki(association)) return undefined;
  return looksLikeCertificate(association) ? 'certificate-for-key' : 'not-a-key';
}

/**
 * Digest agility: for each usage and selector only the strongest digest counts; whole certificates
 * and keys (matching type 0) always do. Otherwise a key that fits only a weak digest would pass
 * beside a strong one that it does not fit. RFC 7671 §9; for SMTP clients RFC 7672 §5.
 */
export const countingTlsa = <Record extends Tlsa>(usable: readonly Record[]): readonly Record[] =>
  usable.filter(
    (tlsa) =>
      tlsa.matchingType === 0 ||
      !usable.some(
        (other) =>
          other.usage === tlsa.usage &&
          other.selector === tlsa.selector &&
          other.matchingType > tlsa.matchingType,
      ),
  );

/** The RDATA of a TLSA record (RFC 6698 §2.1); `decodeTlsa` reads it back. */
export function encodeTlsa(tlsa: Tlsa): Uint8Array {
  const head = Uint8Array.of(tlsa.usage, tlsa.selector, tlsa.matchingType);
  return concatOctets([head, tlsa.association]);
}
