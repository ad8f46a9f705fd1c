/**
 * Whether a server proved with its certificates that it is the one the TLSA records mean.
 *
 * Usage 3: the leaf itself, and nothing else about it counts (RFC 7671 §5.1). Usage 2: an issuer
 * above the leaf, with names, dates and the whole chain (§5.2). A pure function: signatures and
 * digests come in as `ChainFacts`, so that the same decision serves a live check and a simulation.
 */
import { equalOctets } from '../dns/octets.ts';
import { type Certificate, nameInCertificate } from '../pkix/certificate.ts';
import {
  constraintFault,
  dateFault,
  extensionFault,
  isNamedIssuer,
  isSelfIssued,
  onePath,
  pathsFrom,
  type ChainFacts,
  type PathFault,
} from '../pkix/path.ts';
import { countingTlsa, type UsableSet, type UsableTlsa } from './usable.ts';

export interface DanePresented {
  readonly tlsa: UsableSet;
  /** All that the server sent, leaf first; further order, doubles and strangers do not matter. */
  readonly chain: readonly Certificate[];
  /** Names that usage 2 accepts: TLSA base domain, next-hop domain, its alias (RFC 7672 §3.2.2). */
  readonly referenceNames: readonly string[];
  readonly nowSeconds: number;
}

export type DaneMatchFault = 'no-match' | PathFault;

/** `record` is one of those presented; depth 0 is the leaf. */
export type DaneMatch = DaneOutcome & {
  /** What readers of the standards judge differently, where it made a difference or could. */
  readonly notes: readonly DaneNote[];
};

export type DaneNote =
  | 'weaker-digest-ignored'
  | 'anchor-out-of-date'
  | 'leaf-as-own-anchor'
  /** Nothing fits, and a record of usage 2 names a certificate that the server did not send (RFC 7671 §5.2.2). */
  | 'anchor-not-sent'
  /** A bare key in the DNS fits, but its certificate was not sent, as it must be (RFC 7671 §5.2.3). */
  | 'key-without-certificate'
  /** A sound path is there, and a library that follows one path only takes another first. */
  | 'other-path-first'
  /** One fits; of another usage, selector and matching type none does, which each must (RFC 7671 §8). */
  | 'kind-without-match';

type DaneOutcome =
  | {
      readonly kind: 'authenticated';
      readonly record: UsableTlsa;
      readonly depth: number;
      /** Usage 2: which reference name the certificate carries. */
      readonly name?: string;
    }
  | {
      readonly kind: 'not-authenticated';
      readonly fault: DaneMatchFault;
      /** The record that would have matched but for the fault. */
      readonly record?: UsableTlsa;
    };

/**
 * One matching record is enough (RFC 6698 §4.1); this order only says which one is named. Usages are
 * not compared: records of usage 3 are looked at first.
 */
const byStrength = (one: UsableTlsa, other: UsableTlsa): number =>
  other.selector - one.selector || other.matchingType - one.matchingType;

/**
 * Decides whether a server is authenticated by the usable records of its host; at least one must match.
 * Shape: `facts` has the digests and signatures of exactly these certificates and records.
 * Errors: `not-authenticated`, with the fault, and the record that would have matched but for it.
 * Source: RFC 7671 §5, RFC 7672 §3.
 */
export function matchDane(presented: DanePresented, facts: ChainFacts): DaneMatch {
  // Of records alike, the last one.
  const counting = countingTlsa(presented.tlsa).toReversed().sort(byStrength);
  const [leaf] = presented.chain;
  const notes: DaneNote[] =
    counting.length < presented.tlsa.length ? ['weaker-digest-ignored'] : [];
  const refuse = (fault: DaneMatchFault, record?: UsableTlsa): DaneMatch => ({
    kind: 'not-authenticated',
    fault,
    ...(record !== undefined && { record }),
    notes,
  });
  if (leaf === undefined) return refuse('no-match');

  const ofLeaf = counting.find((tlsa) => tlsa.usage === 3 && isAssociation(tlsa, leaf, facts));
  if (ofLeaf !== undefined) {
    if (hasKindWithoutMatch(presented, counting, facts)) notes.push('kind-without-match');
    return { kind: 'authenticated', record: ofLeaf, depth: 0, notes };
  }

  const anchors = counting.filter(({ usage }) => usage === 2);
  if (anchors.some((tlsa) => isAssociation(tlsa, leaf, facts))) notes.push('leaf-as-own-anchor');
  const name = nameInCertificate(leaf, presented.referenceNames);
  const faultOf = ({ path, isSigned, isKeyOnly }: Anchored): DaneMatchFault | undefined =>
    extensionFault(path) ??
    (name === undefined ? 'name' : undefined) ??
    (isSigned ? undefined : 'signature') ??
    dateFault(datedOf(path, isKeyOnly), presented.nowSeconds) ??
    constraintFault(path);
  // An issuer may be certified by several: one sound path is enough, and only without it a fault counts.
  let first: { readonly anchored: Anchored; readonly fault: DaneMatchFault } | undefined;
  let sound: Anchored | undefined;
  for (const anchored of anchoredPaths(leaf, presented.chain, anchors, facts)) {
    const fault = faultOf(anchored);
    if (fault === undefined) sound = anchored;
    else first ??= { anchored, fault };
    if (sound !== undefined || !anchored.isSigned) break;
  }
  const anchored = sound ?? first?.anchored;
  if (anchored === undefined) {
    const wasSent = (tlsa: UsableTlsa) =>
      presented.chain.some((certificate) => isAssociation(tlsa, certificate, facts));
    if (anchors.some((tlsa) => tlsa.matchingType > 0 && !wasSent(tlsa)))
      notes.push('anchor-not-sent');
    return refuse('no-match');
  }
  const { record, path, isKeyOnly } = anchored;
  if (dateFault(path.slice(-1), presented.nowSeconds) !== undefined)
    notes.push('anchor-out-of-date');
  if (sound === undefined) return refuse(first?.fault ?? 'no-match', record);
  if (isKeyOnly) notes.push('key-without-certificate');
  if (!isKeyOnly && !isFoundAtOnce(presented, leaf, anchors, facts, faultOf))
    notes.push('other-path-first');
  if (hasKindWithoutMatch(presented, counting, facts)) notes.push('kind-without-match');
  const depth = path.length - 1;
  return { kind: 'authenticated', record, depth, name: name ?? '', notes };
}

/** Does the one path that OpenSSL (and Postfix with it) follows lead to an anchor, and is it sound? */
function isFoundAtOnce(
  { chain, nowSeconds }: DanePresented,
  leaf: Certificate,
  anchors: readonly UsableTlsa[],
  facts: ChainFacts,
  faultOf: (anchored: Anchored) => DaneMatchFault | undefined,
): boolean {
  const recordFor = (top: Certificate) => anchors.find((tlsa) => isAssociation(tlsa, top, facts));
  const pool = poolOf(chain, anchors, facts);
  const path = onePath(leaf, pool, nowSeconds, (top) => recordFor(top) !== undefined);
  const record = recordFor(path.at(-1) ?? leaf);
  const isSigned = path.every((certificate, depth) => {
    const issuer = path[depth + 1];
    return issuer === undefined || facts.isSignedBy(certificate, issuer.spki);
  });
  if (record === undefined || path.length === 1) {
    const isKey = ({ selector, matchingType }: UsableTlsa) => selector === 1 && matchingType === 0;
    return anchors
      .filter(isKey)
      .some(({ association }) => path.some((each) => facts.isSignedBy(each, association)));
  }
  return faultOf({ record, path, isSigned, isKeyOnly: false }) === undefined;
}

/** What an issuer is looked for in: all that was sent after the first, and whole certificates in DNS (2 0 0). */
const poolOf = (
  chain: readonly Certificate[],
  anchors: readonly UsableTlsa[],
  facts: ChainFacts,
): readonly Certificate[] => [
  ...chain.slice(1),
  ...anchors
    .filter(({ selector, matchingType }) => selector === 0 && matchingType === 0)
    .flatMap(({ association }) => facts.readCertificate(association) ?? []),
];

/**
 * Is there a usage, selector and matching type of which no record fits anything sent? A client that
 * knows only that kind then takes the server for another (RFC 7671 §8). A weaker digest is told apart,
 * by the note on digests.
 */
function hasKindWithoutMatch(
  { chain }: DanePresented,
  records: readonly UsableTlsa[],
  facts: ChainFacts,
): boolean {
  const kindOf = ({ usage, selector, matchingType }: UsableTlsa) =>
    `${usage} ${selector} ${matchingType}`;
  const fits = (tlsa: UsableTlsa): boolean =>
    (tlsa.usage === 3 ? chain.slice(0, 1) : chain.slice(1)).some((certificate) =>
      isAssociation(tlsa, certificate, facts),
    ) ||
    (tlsa.usage === 2 && tlsa.matchingType === 0 && signsSomething(tlsa, chain, facts));
  const fitting = new Set(records.filter(fits).map(kindOf));
  return records.some((tlsa) => !fitting.has(kindOf(tlsa)));
}

/** Whole data of an issuer need not be sent to be used: did its key sign one that was? */
const signsSomething = (
  { selector, association }: UsableTlsa,
  chain: readonly Certificate[],
  facts: ChainFacts,
): boolean => {
  const spki = selector === 1 ? association : facts.readCertificate(association)?.spki;
  return spki !== undefined && chain.some((certificate) => facts.isSignedBy(certificate, spki));
};

/**
 * A trust anchor's own dates are no input to path validation (RFC 5280 §6.1.1 d). A self-signed one
 * is still checked, as Postfix does through OpenSSL; see docs/decisions/disputes.md.
 */
function datedOf(path: readonly Certificate[], isKeyOnly: boolean): readonly Certificate[] {
  const top = path.at(-1);
  return isKeyOnly || top === undefined || isSelfIssued(top) ? path : path.slice(0, -1);
}

/** Does the record name exactly this certificate (selector 0) or its key (selector 1)? */
export function isAssociation(tlsa: UsableTlsa, certificate: Certificate, facts: ChainFacts) {
  const octets = tlsa.selector === 0 ? certificate.der : certificate.spki;
  const { matchingType, association } = tlsa;
  return equalOctets(association, matchingType === 0 ? octets : facts.digest(matchingType, octets));
}

interface Anchored {
  readonly record: UsableTlsa;
  readonly path: readonly Certificate[];
  readonly isSigned: boolean;
  /** The anchor is a bare key from DNS (2 1 0); the path ends with the certificate that it signed. */
  readonly isKeyOnly: boolean;
}

/**
 * Paths from the leaf to a certificate that a usage-2 record names. The leaf is never its own
 * anchor (RFC 7671 §5.2). Whole certificates in DNS (2 0 0) join those the server sent (§5.2.2);
 * a bare key in DNS (2 1 0) may have signed the topmost one (§5.2.3). Last come paths that connect by
 * names only, to tell a wrong signature from a stranger.
 */
function* anchoredPaths(
  leaf: Certificate,
  chain: readonly Certificate[],
  anchors: readonly UsableTlsa[],
  facts: ChainFacts,
): Generator<Anchored> {
  if (anchors.length === 0) return;
  const pool = poolOf(chain, anchors, facts);
  const isSigned = (certificate: Certificate, issuer: Certificate): boolean =>
    isNamedIssuer(certificate, issuer) && facts.isSignedBy(certificate, issuer.spki);
  function* endingAt(
    isLink: typeof isSigned,
    recordFor: (top: Certificate, path: readonly Certificate[]) => UsableTlsa | undefined,
    told: Pick<Anchored, 'isSigned' | 'isKeyOnly'>,
  ): Generator<Anchored> {
    for (const path of pathsFrom(leaf, pool, isLink)) {
      const record = recordFor(path.at(-1) ?? leaf, path);
      if (record !== undefined) yield { record, path, ...told };
    }
  }
  const named = (top: Certificate, path: readonly Certificate[]) =>
    path.length > 1 ? anchors.find((tlsa) => isAssociation(tlsa, top, facts)) : undefined;
  const keys = anchors.filter(({ selector, matchingType }) => selector === 1 && matchingType === 0);
  // Where the certificate of that key was sent, it is the issuer, with all that it says of itself.
  const wasSent = (top: Certificate, key: Uint8Array) =>
    pool.some((issuer) => isNamedIssuer(top, issuer) && equalOctets(issuer.spki, key));
  const signedByKey = (top: Certificate) =>
    keys.find(
      ({ association }) => facts.isSignedBy(top, association) && !wasSent(top, association),
    );
  yield* endingAt(isSigned, named, { isSigned: true, isKeyOnly: false });
  if (keys.length > 0) yield* endingAt(isSigned, signedByKey, { isSigned: true, isKeyOnly: true });
  yield* endingAt(isNamedIssuer, named, { isSigned: false, isKeyOnly: false });
}
