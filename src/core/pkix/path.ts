/**
 * Paths from a leaf upwards through the certificates at hand, and whether a path is sound. Order and
 * surplus of what a server sends do not matter (RFC 8446 §4.4.2); signatures are answered from
 * outside, everything else is decided here.
 *
 * The threat: a server that presents a chain it has no right to, or one made to be searched for
 * ever.
 * Implements: RFC 5280 §4.2.1 and §6.1 as far as DANE needs it, RFC 6125 §6.4 (`names.ts`) for DANE
 * and MTA-STS, and as much DER as tells a certificate from garbage.
 * Left out: revocation, policies, constraints on anything but DNS names, a store of roots: whether a
 * chain leads to one of those is answered from outside.
 */
import type { Certificate } from './certificate.ts';
import { nameKey } from '../grammar/idn.ts';
import { countingNames } from './names.ts';

/** Answers about signatures and bytes, gathered beforehand: the core does no cryptography. */
export interface ChainFacts {
  /** Did the key (SubjectPublicKeyInfo) sign this certificate? */
  isSignedBy(certificate: Certificate, spki: Uint8Array): boolean;
  /** The digest for a TLSA matching type: 1 SHA-256, 2 SHA-512. */
  digest(matchingType: 1 | 2, octets: Uint8Array): Uint8Array;
  /** Reads a certificate that stands in DNS only; undefined where it is none. */
  readCertificate(der: Uint8Array): Certificate | undefined;
}

/** Longer chains are not followed; a server can send what it likes, so there must be an end. */
const certificatesMost = 16;

/** Could `issuer` have issued `certificate`, by names and key identifiers alone? */
export const isNamedIssuer = (certificate: Certificate, issuer: Certificate): boolean =>
  certificate.issuer === issuer.subject &&
  (certificate.authorityKeyId === undefined ||
    issuer.subjectKeyId === undefined ||
    certificate.authorityKeyId === issuer.subjectKeyId);

export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => subject === issuer;

/**
 * The first path from the leaf that `isEnd` accepts, shortest first. `isLink` says what makes one
 * certificate follow another; tried in the order given, each certificate at most once in a path.
 */
export function findPath(
  leaf: Certificate,
  pool: readonly Certificate[],
  isLink: (certificate: Certificate, issuer: Certificate) => boolean,
  isEnd: (path: readonly Certificate[]) => boolean,
): readonly Certificate[] | undefined {
  let paths: readonly (readonly Certificate[])[] = [[leaf]];
  for (let length = 1; length <= certificatesMost && paths.length > 0; length += 1) {
    const found = paths.find(isEnd);
    if (found !== undefined) return found;
    paths = paths
      .flatMap((path) => {
        const top = path.at(-1) ?? leaf;
        return pool
          .filter((issuer) => !path.includes(issuer) && isLink(top, issuer))
          .map((issuer) => [...path, issuer]);
      })
      .slice(0, certificatesMost);
  }
  return undefined;
}

export type PathFault =
  | 'purpose'
  | 'not-a-ca'
  | 'path-length'
  | 'critical-extension'
  | 'name-constraint'
  | 'name'
  | 'expired'
  | 'not-yet-valid'
  | 'signature';

/** Faults of the certificates' own statements: what each may be used for, and how deep. RFC 5280 §4.2.1. */
export function extensionFault(path: readonly Certificate[]): PathFault | undefined {
  let intermediates = 0;
  for (const [depth, certificate] of path.entries()) {
    if (certificate.hasUnknownCritical === true) return 'critical-extension';
    if (depth > 0 && !certificate.isCa) return 'not-a-ca';
    if (!certificate.mayServeTls) return 'purpose';
    if (depth > 1 && certificate.pathLength !== undefined && intermediates > certificate.pathLength)
      return 'path-length';
    if (depth > 0 && !isSelfIssued(certificate)) intermediates += 1;
  }
  return undefined;
}

const isUnder = (name: string, base: string): boolean =>
  base === '' || name === base || name.endsWith(base.startsWith('.') ? base : `.${base}`);

/** Is every DNS name of the leaf one that all issuers above it may vouch for? RFC 5280 §4.2.1.10. */
export function constraintFault(path: readonly Certificate[]): PathFault | undefined {
  const [leaf, ...issuers] = path;
  const names = leaf === undefined ? [] : countingNames(leaf).map(nameKey);
  for (const { nameConstraints } of issuers) {
    if (nameConstraints === undefined) continue;
    const permitted = nameConstraints.permitted.map(nameKey);
    const excluded = nameConstraints.excluded.map(nameKey);
    const isAllowed = (name: string): boolean =>
      (permitted.length === 0 || permitted.some((base) => isUnder(name, base))) &&
      !excluded.some((base) => isUnder(name, base));
    if (!names.every(isAllowed)) return 'name-constraint';
  }
  return undefined;
}

export const isWithinValidity = (
  { notBeforeSeconds, notAfterSeconds }: Certificate,
  nowSeconds: number,
): boolean => notBeforeSeconds <= nowSeconds && nowSeconds <= notAfterSeconds;

/** The dates of these certificates at one moment. */
export function dateFault(
  certificates: readonly Certificate[],
  nowSeconds: number,
): PathFault | undefined {
  for (const { notBeforeSeconds, notAfterSeconds } of certificates) {
    if (nowSeconds < notBeforeSeconds) return 'not-yet-valid';
    if (nowSeconds > notAfterSeconds) return 'expired';
  }
  return undefined;
}
