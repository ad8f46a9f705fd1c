/**
 * Paths from a leaf upwards through the certificates at hand, and whether a path is sound. Order and
 * surplus of what a server sends do not matter (RFC 8446 §4.4.2); signatures are answered from
 * outside, everything else is decided here.
 *
 * The threat: a server that presents a chain it has no right to, or one made to be searched for
 * ever.
 * Implements: RFC 5280 §4.2.1 and §6.1 as far as DANE needs it, RFC 6125 §6.4 (`certificate.ts`) for DANE
 * and MTA-STS, and as much DER as tells a certificate from garbage.
 * Left out: revocation, policies, constraints on anything but DNS names, a store of roots: whether a
 * chain leads to one of those is answered from outside.
 */
import { equalOctets } from '../dns/octets.ts';
import { type Certificate, countingNames } from './certificate.ts';
import { nameKey } from '../grammar/idn.ts';

/** Answers about signatures and bytes, gathered beforehand: the core does no cryptography. */
export interface ChainFacts {
  /** Did the key (SubjectPublicKeyInfo) sign this certificate? */
  isSignedBy(certificate: Certificate, spki: Uint8Array): boolean;
  /** The digest for a TLSA matching type: 1 SHA-256, 2 SHA-512. */
  digest(matchingType: 1 | 2, octets: Uint8Array): Uint8Array;
  /** Reads a certificate that stands in DNS only; undefined where it is none. */
  readCertificate(der: Uint8Array): Certificate | undefined;
}

/**
 * How many certificates of one server are looked at. A chain has three or four; OpenSSL takes 100 kB of
 * them. Each may have signed each other, so the work grows with the square.
 */
export const certificatesMost = 40;
/** Longer paths are not followed, and no more of them; a server can send what it likes, so there must be an end. */
const pathLengthMost = 16;
const pathsMost = 1000;

/** Could `issuer` have issued `certificate`, by names and key identifiers alone? */
export const isNamedIssuer = (certificate: Certificate, issuer: Certificate): boolean =>
  certificate.issuer === issuer.subject &&
  (certificate.authorityKeyId === undefined ||
    issuer.subjectKeyId === undefined ||
    certificate.authorityKeyId === issuer.subjectKeyId);

/** True where subject and issuer are one name; whether it also signed itself is not looked at. */
export const isSelfIssued = ({ subject, issuer }: Certificate): boolean => subject === issuer;

/** Each certificate once, as first sent: a double is no second issuer. */
export function withoutDoubles(certificates: readonly Certificate[]): readonly Certificate[] {
  return certificates.filter(
    ({ der }, index) => certificates.findIndex((other) => equalOctets(other.der, der)) === index,
  );
}

/**
 * Every path from the leaf upwards through a bag of certificates, shortest first; among equals in the
 * order of the bag. `isLink` says what makes one certificate follow another. An issuer that was certified
 * by two others is two certificates, and gives paths through both: which of them is sound is judged
 * afterwards, so all are given, up to a limit. A certificate stands at most once in a path: loops end.
 */
export function* pathsFrom(
  leaf: Certificate,
  bag: readonly Certificate[],
  isLink: (certificate: Certificate, issuer: Certificate) => boolean,
): Generator<readonly Certificate[]> {
  const pool = withoutDoubles([leaf, ...bag]);
  const issuers = new Map<Certificate, readonly Certificate[]>();
  const issuersOf = (certificate: Certificate): readonly Certificate[] => {
    const known =
      issuers.get(certificate) ??
      pool.filter((issuer) => issuer !== certificate && isLink(certificate, issuer));
    issuers.set(certificate, known);
    return known;
  };
  let paths: readonly (readonly Certificate[])[] = [[leaf]];
  let left = pathsMost;
  for (let length = 1; length <= pathLengthMost && paths.length > 0; length += 1) {
    yield* paths;
    const longer: (readonly Certificate[])[] = [];
    for (const path of paths)
      for (const issuer of issuersOf(path.at(-1) ?? leaf))
        if (left > 0 && !path.includes(issuer)) {
          left -= 1;
          longer.push([...path, issuer]);
        }
    paths = longer;
  }
}

/**
 * The one path that a library without a way back follows, as OpenSSL does (`find_issuer` of 3.0): at each
 * step the first issuer by name that is in date, else the one that is in date longest, until `isEnd`.
 */
export function onePath(
  leaf: Certificate,
  bag: readonly Certificate[],
  nowSeconds: number,
  isEnd: (top: Certificate) => boolean,
): readonly Certificate[] {
  const path = [leaf];
  for (let top = leaf; path.length <= pathLengthMost && !(path.length > 1 && isEnd(top));) {
    const issuers = withoutDoubles(bag).filter(
      (issuer) =>
        isNamedIssuer(top, issuer) && !path.some(({ der }) => equalOctets(der, issuer.der)),
    );
    const [longest] = issuers.toSorted((one, other) => other.notAfterSeconds - one.notAfterSeconds);
    const next = issuers.find((issuer) => isWithinValidity(issuer, nowSeconds)) ?? longest;
    if (next === undefined) break;
    path.push(next);
    top = next;
  }
  return path;
}

/** A fault in what the certificates of a path say of themselves. */
export type StatementFault =
  | 'purpose'
  | 'not-a-ca'
  | 'path-length'
  | 'critical-extension'
  | 'name-constraint'
  | 'expired'
  | 'not-yet-valid';

export type PathFault = StatementFault | 'name' | 'signature';

/** Faults of the certificates' own statements: what each may be used for, and how deep. RFC 5280 §4.2.1. */
export function extensionFault(path: readonly Certificate[]): StatementFault | undefined {
  let intermediates = 0;
  for (const [depth, certificate] of path.entries()) {
    if (certificate.hasUnknownCritical === true) return 'critical-extension';
    // Below the anchor an issuer must have basic constraints (RFC 5280 §6.1.4 k).
    const isAnchor = depth === path.length - 1;
    if (depth > 0 && (!certificate.isCa || (certificate.isCaByUsageOnly === true && !isAnchor)))
      return 'not-a-ca';
    if (!certificate.mayServeTls || (depth === 0 && certificate.hasNoKeyUsageForTls === true))
      return 'purpose';
    if (depth > 1 && certificate.pathLength !== undefined && intermediates > certificate.pathLength)
      return 'path-length';
    if (depth > 0 && !isSelfIssued(certificate)) intermediates += 1;
  }
  return undefined;
}

const isUnder = (name: string, base: string): boolean =>
  base === '' || name === base || name.endsWith(base.startsWith('.') ? base : `.${base}`);

/** Is every DNS name of the leaf one that all issuers above it may vouch for? RFC 5280 §4.2.1.10. */
export function constraintFault(path: readonly Certificate[]): StatementFault | undefined {
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

/** True from the first to the last second of the certificate, both included. `nowSeconds` since 1970. */
export const isWithinValidity = (
  { notBeforeSeconds, notAfterSeconds }: Certificate,
  nowSeconds: number,
): boolean => notBeforeSeconds <= nowSeconds && nowSeconds <= notAfterSeconds;

/** The dates of these certificates at one moment. */
export function dateFault(
  certificates: readonly Certificate[],
  nowSeconds: number,
): 'expired' | 'not-yet-valid' | undefined {
  for (const { notBeforeSeconds, notAfterSeconds } of certificates) {
    if (nowSeconds < notBeforeSeconds) return 'not-yet-valid';
    if (nowSeconds > notAfterSeconds) return 'expired';
  }
  return undefined;
}

/**
 * The certificates of a file, in whatever order they stand: first the server's own, then its issuers,
 * nearest first, then strangers. The server's own is found by issuance: no other was issued by it, and it
 * is no issuer; of several the first. By names only: signatures are for whoever judges.
 */
export function leafFirst(bag: readonly Certificate[]): readonly Certificate[] {
  const pool = withoutDoubles(bag);
  const rank = (certificate: Certificate): number =>
    (certificate.isCa ? 2 : 0) +
    (pool.some((other) => other !== certificate && isNamedIssuer(other, certificate)) ? 1 : 0);
  const [leaf] = pool.toSorted((one, other) => rank(one) - rank(other));
  if (leaf === undefined) return [];
  const [...paths] = pathsFrom(leaf, pool, isNamedIssuer);
  const chain = paths.at(-1) ?? [leaf];
  return [...chain, ...pool.filter((each) => !chain.includes(each))];
}

/** Why a chain leads to no root that is trusted. */
export type TrustFault =
  /** The certificate vouches for itself. */
  | 'self-signed'
  /** The chain ends at a root that is not among the trusted ones. */
  | 'unknown-root'
  /** The issuer of the topmost certificate was not sent, and is no trusted root. */
  | 'issuer-missing'
  | StatementFault;

export type Trust =
  | {
      readonly trusted: true;
      readonly path: readonly Certificate[];
      /** A library that follows one path only takes another first, and does not get there. */
      readonly isHidden: boolean;
    }
  | {
      readonly trusted: false;
      readonly fault: TrustFault;
      /** The certificate where the chain stops, or the path with the fault: its topmost. */
      readonly at: Certificate;
    };

/**
 * Does a sound path lead from the leaf to one of the trusted roots (RFC 5280 §6.1)? In whatever order,
 * through whichever of several issuers. Names and dates of the leaf itself are judged by whoever asks:
 * what follows from them differs.
 */
export function trustIn(
  leaf: Certificate,
  sent: readonly Certificate[],
  roots: readonly Certificate[],
  facts: Pick<ChainFacts, 'isSignedBy'>,
  nowSeconds: number,
): Trust {
  const isSigned = (certificate: Certificate, issuer: Certificate): boolean =>
    isNamedIssuer(certificate, issuer) && facts.isSignedBy(certificate, issuer.spki);
  const isRoot = ({ der }: Certificate): boolean =>
    roots.some((root) => equalOctets(root.der, der));
  let faulty: Trust | undefined;
  for (const path of pathsFrom(leaf, [...sent, ...roots], isSigned)) {
    const at = path.at(-1) ?? leaf;
    if (!isRoot(at)) continue;
    const fault =
      extensionFault(path) ?? dateFault(path.slice(1), nowSeconds) ?? constraintFault(path);
    if (fault === undefined) {
      // Trusted certificates are looked at first, as OpenSSL does.
      const first = onePath(leaf, [...roots, ...sent], nowSeconds, isRoot);
      const isFound = first.every((certificate, depth) => {
        const issuer = first[depth + 1];
        return issuer === undefined ? isRoot(certificate) : isSigned(certificate, issuer);
      });
      const isSound =
        (extensionFault(first) ?? dateFault(first.slice(1), nowSeconds)) === undefined;
      return { trusted: true, path, isHidden: path.length > 1 && !(isFound && isSound) };
    }
    faulty ??= { trusted: false, fault, at };
  }
  if (faulty !== undefined) return faulty;
  // Of what was sent: as far up as it goes.
  const [...paths] = pathsFrom(leaf, sent, isSigned);
  const at = paths.at(-1)?.at(-1) ?? leaf;
  const endsHere = isSelfIssued(at) && facts.isSignedBy(at, at.spki);
  return {
    trusted: false,
    fault: !endsHere ? 'issuer-missing' : paths.length === 1 ? 'self-signed' : 'unknown-root',
    at,
  };
}
