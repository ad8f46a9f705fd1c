/**
 * Signed records of absence: which names and types a zone says it has not.
 *
 * NSEC spans names in canonical order, NSEC3 spans their hashes; beyond that the reasoning is the
 * same, so both answer the same two questions here: which record matches a name, which covers it.
 * An attacker who could bend this would make a TLSA record vanish and DANE with it.
 */
import { isSubdomainOf, labelsOf, suffixOf, wildcardOf, type DomainName } from '../dns/name.ts';
import type { RrType } from '../dns/record.ts';
import { anyType } from '../dns/type.ts';
import type { Procedure } from '../trace.ts';
import type { DenialEvidence, SignatureEvidence } from './evidence.ts';
import {
  nsecSpans,
  has,
  isDelegation,
  type Denial,
  type Nsec3Record,
  type NsecRecord,
  type Spans,
  nsec3Spans,
} from './spans.ts';
import type { DnssecRule } from './rules.ts';
import type { KeyRecord, Lookup, Response } from './session.ts';
import { checkRrset } from './signature.ts';

/** Records of absence that this zone validly signed, from the authority section. */
export interface SignedDenials {
  readonly zone: DomainName;
  readonly nsec: readonly NsecRecord[];
  readonly nsec3: readonly Nsec3Record[];
  readonly signatures: readonly SignatureEvidence[];
  /** Why one of them does not hold; then none proves anything. */
  readonly failure: DnssecRule | undefined;
}

/** What a response claims about a name; at the end of an alias it claims only that nothing is there. */
export type Claim = 'nxdomain' | 'nodata' | 'either';

/**
 * The NSEC and NSEC3 records of `zone` in these responses, each with a signature that `keys` verify.
 * Shape: `keys` are the proved keys of `zone`.
 * Errors: `failure` is the rule that one of them broke, or `dnssec.limit-reached` where there are too many to check.
 */
export function* signedDenials(
  lookup: Lookup,
  responses: readonly Response[],
  zone: DomainName,
  keys: readonly KeyRecord[],
): Procedure<SignedDenials> {
  const nsec: NsecRecord[] = [];
  const nsec3: Nsec3Record[] = [];
  const signatures: SignatureEvidence[] = [];
  let failure: DnssecRule | undefined;
  // A proof is authentic only if all of it is. Without a signature a span belongs to the zone that
  // it claims to stand in.
  const sets = responses
    .flatMap((response) => response.authority)
    .filter(
      (rrset) =>
        (rrset.type === 'NSEC' || rrset.type === 'NSEC3') &&
        (rrset.signatures.some((signature) => signature.signer === zone) ||
          (rrset.signatures.length === 0 && isSubdomainOf(rrset.name, zone))),
    );
  if (sets.length > lookup.policy.limits.denialsPerMessage)
    return { zone, nsec, nsec3, signatures, failure: 'dnssec.limit-reached' };
  for (const rrset of sets) {
    const checked = yield* checkRrset(lookup, rrset, zone, keys);
    signatures.push(...checked.signatures);
    if (!checked.isValid) failure = checked.reason;
    // A span that is itself made from a wildcard says nothing about its owner.
    else if (checked.expandedFrom === undefined)
      for (const record of rrset.records)
        // A span that ends outside its zone would cover names of others.
        if (record.type === 'NSEC' && isSubdomainOf(record.next, zone)) nsec.push(record);
        else if (record.type === 'NSEC3') nsec3.push(record);
  }
  return { zone, nsec, nsec3, signatures, failure };
}

export type Proof =
  | {
      readonly kind: 'proved';
      readonly denial: 'nxdomain' | 'nodata';
      readonly isOptOut: boolean;
      readonly evidence: readonly DenialEvidence[];
    }
  | Unproved;

interface Unproved {
  readonly kind: 'unproved';
  readonly reason: DnssecRule;
  readonly isInsecure: boolean;
}

const evidenceOf = (record: Denial, role: DenialEvidence['role']): DenialEvidence => ({
  kind: record.type === 'NSEC' ? 'nsec' : 'nsec3',
  owner: record.name,
  next: record.type === 'NSEC' ? record.next : record.nextHash,
  types: record.types,
  role,
  isOptOut: isOptOut(record),
});

/** True for an NSEC3 record with the Opt-Out flag: unsigned delegations may exist in its span. */
export const isOptOut = (record: Denial): boolean =>
  record.type === 'NSEC3' && (record.flags & 1) !== 0;

/** True when the record that matches a name says that it has no such type. */
const lacks = (record: Denial, type: RrType, name: DomainName): boolean =>
  (type === anyType ? record.types.length === 0 : !has(record, type)) &&
  !has(record, 'CNAME') &&
  (type === 'DS' ? !has(record, 'SOA') || name === '.' : !isDelegation(record));

/** True when the next name lies below this one: it exists, but owns nothing (an empty non-terminal). */
const isEmptyNonTerminal = (cover: Denial, name: DomainName): boolean =>
  cover.type === 'NSEC' && isSubdomainOf(cover.next, name);

const unproved = (reason: DnssecRule, isInsecure = false): Unproved => ({
  kind: 'unproved',
  reason,
  isInsecure,
});

/** Spans for one name; or why there are none. */
function* spansFor(
  lookup: Lookup,
  denials: SignedDenials,
  name: DomainName,
): Procedure<Spans | Unproved> {
  if (denials.failure !== undefined) return unproved(denials.failure);
  if (denials.nsec.length > 0) return nsecSpans(denials.nsec);
  if (denials.nsec3.length === 0) return unproved('dnssec.denial-missing');
  const spans = yield* nsec3Spans(lookup, denials.nsec3, denials.zone, name);
  if (spans === 'over-iterated') return unproved('dnssec.iterations-too-high', true);
  return spans === 'over-limit' ? unproved('dnssec.limit-reached') : spans;
}

/** Where a name falls: the closest ancestor that exists, and the span over the name next to it (RFC 5155 §8.3). */
const gapAround = (spans: Spans, name: DomainName) => {
  const encloser = spans.encloserOf(name);
  const cover = encloser && spans.covers(suffixOf(name, labelsOf(encloser.name).length + 1));
  if (cover === undefined) return undefined;
  const { record } = encloser!;
  const above = record === undefined ? [] : [evidenceOf(record, 'matches-encloser')];
  return { encloser: encloser!.name, cover, evidence: [...above, evidenceOf(cover, 'covers')] };
};

/**
 * That a name does not exist, or has no such type (RFC 4035 §5.4, RFC 5155 §8.4 to §8.7); and that
 * this is what was claimed. An NSEC may show the name to exist where the response denied it: servers
 * are known to do that for empty non-terminals.
 */
export function* proveAbsence(
  lookup: Lookup,
  denials: SignedDenials,
  name: DomainName,
  type: RrType,
  claim: Claim,
): Procedure<Proof> {
  const proof = yield* proveGone(lookup, denials, name, type, claim);
  if (proof.kind !== 'proved' || claim === 'either' || proof.denial === claim) return proof;
  if (claim === 'nxdomain' && denials.nsec.length > 0) return proof;
  // Opted-out names were denied no type: that they have none is not authentic, and need not be.
  if (claim === 'nodata' && proof.isOptOut) return { ...proof, denial: claim };
  return unproved('dnssec.denial-insufficient');
}

function* proveGone(
  lookup: Lookup,
  denials: SignedDenials,
  name: DomainName,
  type: RrType,
  claim: Claim,
): Procedure<Proof> {
  const spans = yield* spansFor(lookup, denials, name);
  if ('kind' in spans) return spans;
  const nodata = (optOut: boolean, ...evidence: readonly DenialEvidence[]): Proof => ({
    kind: 'proved',
    denial: 'nodata',
    isOptOut: optOut,
    evidence,
  });
  const short = unproved('dnssec.denial-insufficient');

  const match = spans.matches(name);
  if (match !== undefined)
    return lacks(match, type, name) ? nodata(false, evidenceOf(match, 'matches')) : short;

  const gap = gapAround(spans, name);
  if (gap === undefined) return short;
  const { encloser, cover, evidence } = gap;
  const optOut = isOptOut(cover);
  if (isEmptyNonTerminal(cover, name)) return nodata(false, ...evidence);

  const wildcard = wildcardOf(encloser);
  const wildcardMatch = wildcard && spans.matches(wildcard);
  if (wildcardMatch && lacks(wildcardMatch, type, wildcard))
    return nodata(optOut, ...evidence, evidenceOf(wildcardMatch, 'matches-wildcard'));
  const wildcardCover = wildcardMatch ? undefined : wildcard && spans.covers(wildcard);
  if (wildcardCover) {
    const whole = [...evidence, evidenceOf(wildcardCover, 'covers-wildcard')];
    // A name below the wildcard keeps the wildcard itself alive, without data of its own.
    if (isEmptyNonTerminal(wildcardCover, wildcard!)) return nodata(optOut, ...whole);
    return { kind: 'proved', denial: 'nxdomain', isOptOut: optOut, evidence: whole };
  }
  // Denying the name itself needs the wildcard denied (RFC 5155 §8.4); for a type this will do: in
  // an opted-out span an unsigned delegation may stand: no type can be denied, and none is secure.
  return optOut && claim !== 'nxdomain' ? nodata(true, ...evidence) : short;
}

/** That nothing closer than the wildcard exists, so that it rightly answered (RFC 4035 §5.3.4, RFC 5155 §8.8). */
export function* proveExpansion(
  lookup: Lookup,
  denials: SignedDenials,
  name: DomainName,
  wildcard: DomainName,
): Procedure<Proof> {
  const spans = yield* spansFor(lookup, denials, name);
  if ('kind' in spans) return spans;
  const short = unproved('dnssec.wildcard-unproved');
  const encloserLabels = labelsOf(wildcard).length - 1;
  const nextCloser = suffixOf(name, encloserLabels + 1);
  const cover = spans.covers(nextCloser);
  if (cover === undefined || isEmptyNonTerminal(cover, nextCloser)) return short;
  return {
    kind: 'proved',
    denial: 'nxdomain',
    isOptOut: isOptOut(cover),
    evidence: [evidenceOf(cover, 'covers')],
  };
}

export type CutProof =
  | {
      readonly kind: 'no-cut' | 'unsigned' | 'opted-out';
      readonly evidence: readonly DenialEvidence[];
    }
  | Unproved;

/** What a zone says about a name just below it that has no DS: a delegation without one, or no delegation. */
export function* proveNoDs(
  lookup: Lookup,
  denials: SignedDenials,
  name: DomainName,
): Procedure<CutProof> {
  const spans = yield* spansFor(lookup, denials, name);
  if ('kind' in spans) return spans;
  const short = unproved('dnssec.delegation-unproved');
  const match = spans.matches(name);
  if (match !== undefined) {
    // SOA would mean that the child speaks, and DS that one was kept back.
    if (has(match, 'DS') || has(match, 'SOA')) return short;
    const kind = has(match, 'NS') ? 'unsigned' : 'no-cut';
    return { kind, evidence: [evidenceOf(match, 'matches')] };
  }
  const gap = gapAround(spans, name);
  if (gap === undefined) return short;
  return { kind: isOptOut(gap.cover) ? 'opted-out' : 'no-cut', evidence: gap.evidence };
}
