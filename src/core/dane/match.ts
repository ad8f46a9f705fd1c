/**
 * Whether a server proved with its certificates that it is the one the TLSA records mean.
 *
 * Usage 3: the leaf itself, and nothing else about it counts (RFC 7671 §5.1). Usage 2: an issuer
 * above the leaf, with names, dates and the whole chain (§5.2). A pure function: signatures and
 * digests come in as `ChainFacts`, so that the same decision serves a live check and a simulation.
 */
import { equalOctets } from '../dns/octets.ts';
import type { Certificate } from '../pkix/certificate.ts';
import { nameInCertificate } from '../pkix/names.ts';
import {
  constraintFault,
  dateFault,
  extensionFault,
  findPath,
  isNamedIssuer,
  isSelfIssued,
  type ChainFacts,
  type PathFault,
} from '../pkix/path.ts';
import type { Tlsa } from './tlsa.ts';
import { countingTlsa, isUsableTlsa, type UsableTlsa } from './usable.ts';

export interface DanePresented {
  readonly tlsa: readonly Tlsa[];
  /** As the server sent it, leaf first; further order and surplus do not matter. */
  readonly chain: readonly Certificate[];
  /** Names that usage 2 accepts: TLSA base domain, next-hop domain, its alias (RFC 7672 §3.2.2). */
  readonly referenceNames: readonly string[];
  readonly nowSeconds: number;
}

export type DaneMatchFault = 'no-match' | PathFault;

/** Indices are places in `tlsa`; depth 0 is the leaf. */
export type DaneMatch = DaneOutcome & {
  /** What readers of the standards judge differently, where it made a difference or could. */
  readonly notes: readonly DaneNote[];
};

export type DaneNote = 'weaker-digest-ignored' | 'anchor-out-of-date' | 'leaf-as-own-anchor';

type DaneOutcome =
  | { readonly kind: 'no-usable-records' }
  | {
      readonly kind: 'authenticated';
      readonly usable: readonly number[];
      readonly record: number;
      readonly depth: number;
      /** Usage 2: which reference name the certificate carries. */
      readonly name?: string;
    }
  | {
      readonly kind: 'not-authenticated';
      readonly usable: readonly number[];
      readonly fault: DaneMatchFault;
      /** The record that would have matched but for the fault. */
      readonly record?: number;
    };

type Indexed = UsableTlsa & { readonly index: number };

/**
 * One matching record is enough (RFC 6698 §4.1); this order only says which one is named. Usages are
 * not compared: records of usage 3 are looked at first.
 */
const byStrength = (one: Indexed, other: Indexed): number =>
  other.selector - one.selector || other.matchingType - one.matchingType || other.index - one.index;

export function matchDane(presented: DanePresented, facts: ChainFacts): DaneMatch {
  const indexed = presented.tlsa.flatMap((tlsa, index): readonly Indexed[] =>
    isUsableTlsa(tlsa) ? [{ ...tlsa, index }] : [],
  );
  if (indexed.length === 0) return { kind: 'no-usable-records', notes: [] };
  const usable = indexed.map(({ index }) => index);
  const counting = [...countingTlsa(indexed)].sort(byStrength);
  const [leaf] = presented.chain;
  const notes: DaneNote[] = counting.length < indexed.length ? ['weaker-digest-ignored'] : [];
  const refuse = (fault: DaneMatchFault, record?: number): DaneMatch => ({
    kind: 'not-authenticated',
    usable,
    fault,
    ...(record !== undefined && { record }),
    notes,
  });
  if (leaf === undefined) return refuse('no-match');

  const ofLeaf = counting.find((tlsa) => tlsa.usage === 3 && isAssociation(tlsa, leaf, facts));
  if (ofLeaf !== undefined)
    return { kind: 'authenticated', usable, record: ofLeaf.index, depth: 0, notes };

  const anchors = counting.filter(({ usage }) => usage === 2);
  const anchored = findAnchor(leaf, presented.chain, anchors, facts);
  if (anchors.some((tlsa) => isAssociation(tlsa, leaf, facts))) notes.push('leaf-as-own-anchor');
  if (anchored === undefined) return refuse('no-match');
  const { record, path } = anchored;
  if (dateFault(path.slice(-1), presented.nowSeconds) !== undefined)
    notes.push('anchor-out-of-date');
  const name = nameInCertificate(leaf, presented.referenceNames);
  const fault =
    extensionFault(path) ??
    (name === undefined ? 'name' : undefined) ??
    (anchored.isSigned ? undefined : 'signature') ??
    dateFault(datedOf(path, anchored.isKeyOnly), presented.nowSeconds) ??
    constraintFault(path);
  if (fault !== undefined) return refuse(fault, record.index);
  const depth = path.length - 1;
  return { kind: 'authenticated', usable, record: record.index, depth, name: name ?? '', notes };
}

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
  readonly record: Indexed;
  readonly path: readonly Certificate[];
  readonly isSigned: boolean;
  /** The anchor is a bare key from DNS (2 1 0); the path ends with the certificate that it signed. */
  readonly isKeyOnly: boolean;
}

/**
 * A path from the leaf to a certificate that a usage-2 record names. The leaf is never its own
 * anchor (RFC 7671 §5.2). Whole certificates in DNS (2 0 0) join those the server sent (§5.2.2);
 * a bare key in DNS (2 1 0) may have signed the topmost one (§5.2.3).
 */
function findAnchor(
  leaf: Certificate,
  chain: readonly Certificate[],
  anchors: readonly Indexed[],
  facts: ChainFacts,
): Anchored | undefined {
  if (anchors.length === 0) return undefined;
  const fromDns = anchors
    .filter(({ selector, matchingType }) => selector === 0 && matchingType === 0)
    .flatMap(({ association }) => facts.readCertificate(association) ?? []);
  // A self-signed leaf sent again, or put into DNS whole, must not become its own issuer.
  const pool = [...chain.slice(1), ...fromDns].filter(({ der }) => !equalOctets(der, leaf.der));
  const recordFor = (certificate: Certificate) =>
    anchors.find((tlsa) => isAssociation(tlsa, certificate, facts));
  const endsAtAnchor = (path: readonly Certificate[]): boolean => {
    const top = path.length > 1 ? path.at(-1) : undefined;
    return top !== undefined && recordFor(top) !== undefined;
  };
  const isSigned = (certificate: Certificate, issuer: Certificate): boolean =>
    isNamedIssuer(certificate, issuer) && facts.isSignedBy(certificate, issuer.spki);
  const found = (path: readonly Certificate[] | undefined, signed: boolean) => {
    const record = path === undefined ? undefined : recordFor(path.at(-1) ?? leaf);
    return path === undefined || record === undefined
      ? undefined
      : { record, path, isSigned: signed, isKeyOnly: false };
  };
  return (
    found(findPath(leaf, pool, isSigned, endsAtAnchor), true) ??
    signedByKeyInDns(leaf, pool, anchors, isSigned, facts) ??
    found(findPath(leaf, pool, isNamedIssuer, endsAtAnchor), false)
  );
}

function signedByKeyInDns(
  leaf: Certificate,
  pool: readonly Certificate[],
  anchors: readonly Indexed[],
  isSigned: (certificate: Certificate, issuer: Certificate) => boolean,
  facts: ChainFacts,
): Anchored | undefined {
  const keys = anchors.filter(({ selector, matchingType }) => selector === 1 && matchingType === 0);
  const recordFor = (path: readonly Certificate[]) =>
    keys.find(({ association }) => facts.isSignedBy(path.at(-1) ?? leaf, association));
  const path = findPath(leaf, pool, isSigned, (each) => recordFor(each) !== undefined);
  const record = path === undefined ? undefined : recordFor(path);
  if (path === undefined || record === undefined) return undefined;
  return { record, path, isSigned: true, isKeyOnly: true };
}
