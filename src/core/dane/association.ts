/**
 * From a certificate or a key to the TLSA records that name it (RFC 6698 §2.1, RFC 7672 §3.1).
 * A pure function: the digest comes from outside.
 */
import { type Certificate, countingNames } from '../pkix/certificate.ts';
import { isSelfIssued } from '../pkix/path.ts';
import type { UsableTlsa } from './usable.ts';

export interface TlsaProposal {
  readonly tlsa: UsableTlsa;
  /**
   * `3 1 1` of a server's certificate first choice, `2 0 1` of an issuer's second (RFC 7672 §3.1); whole
   * data is discouraged (§3.1.2); `never` where it can match nothing that a server shows.
   */
  readonly advice: 'first-choice' | 'second-choice' | 'possible' | 'discouraged' | 'never';
  readonly canMatch: boolean;
}

/**
 * Whose certificate it is, as far as it says. `either`: it signed itself, may issue, and names a host; such
 * a one is often a server's own, and what fits depends on how it is used (RFC 7671 §5.1, §5.2).
 */
export type CertificateRole = 'server' | 'issuer' | 'either';

/**
 * Whose certificate this is, by its CA flag and its names alone.
 * Source: RFC 7671 §5.1, §5.2.
 */
export const roleOf = (certificate: Certificate): CertificateRole => {
  if (!certificate.isCa) return 'server';
  const namesHost = countingNames(certificate).some((name) => /^[^\s.]+(?:\.[^\s.]+)+$/.test(name));
  return isSelfIssued(certificate) && namesHost ? 'either' : 'issuer';
};

/** What is there to publish: a certificate, or only a key (then selector 1 alone). */
export type AssociationSource =
  | { readonly kind: 'certificate'; readonly certificate: Certificate }
  | { readonly kind: 'key'; readonly spki: Uint8Array };

type Combination = readonly [
  UsableTlsa['usage'],
  UsableTlsa['selector'],
  UsableTlsa['matchingType'],
];

/** In the order in which they are shown: what to publish first. */
const combinations: readonly Combination[] = [
  [3, 1, 1],
  [2, 0, 1],
  [3, 1, 2],
  [3, 0, 1],
  [3, 0, 2],
  [2, 1, 1],
  [2, 1, 2],
  [2, 0, 2],
];
const wholeData: readonly Combination[] = [
  [3, 1, 0],
  [3, 0, 0],
  [2, 1, 0],
  [2, 0, 0],
];

/**
 * Proposes records for what a server shows. `includeWhole` adds matching type 0, which puts whole
 * certificates into DNS answers.
 */
export function proposeTlsa(
  source: AssociationSource,
  digest: (matchingType: 1 | 2, octets: Uint8Array) => Uint8Array,
  includeWhole = false,
): readonly TlsaProposal[] {
  const wanted = includeWhole ? [...combinations, ...wholeData] : combinations;
  const proposals = wanted.flatMap(([usage, selector, matchingType]): readonly TlsaProposal[] => {
    if (source.kind === 'key' && selector === 0) return [];
    const octets =
      source.kind === 'key'
        ? source.spki
        : selector === 0
          ? source.certificate.der
          : source.certificate.spki;
    const association = matchingType === 0 ? octets : digest(matchingType, octets);
    const role = source.kind === 'key' ? 'either' : roleOf(source.certificate);
    const canMatch = role === 'either' || (usage === 3) === (role === 'server');
    const isToldByKey = source.kind === 'key' || role !== 'either';
    const advised = adviceFor(usage, selector, matchingType);
    const advice = !canMatch
      ? 'never'
      : isToldByKey || advised === 'discouraged'
        ? advised
        : 'possible';
    return [{ tlsa: { usage, selector, matchingType, association }, advice, canMatch }];
  });
  // Records that can match come first: a script that takes the first line must get one of those.
  return [
    ...proposals.filter(({ canMatch }) => canMatch),
    ...proposals.filter(({ canMatch }) => !canMatch),
  ];
}

function adviceFor(...[usage, selector, matchingType]: Combination): TlsaProposal['advice'] {
  if (matchingType === 0) return 'discouraged';
  if (usage === 3 && selector === 1 && matchingType === 1) return 'first-choice';
  if (usage === 2 && selector === 0 && matchingType === 1) return 'second-choice';
  return 'possible';
}
