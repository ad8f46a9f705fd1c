/** One RRset, or one absence, in the light of the zones above it. */
import { rcodes } from '../dns/message.ts';
import { isSubdomainOf, labelsOf, parentOf, type DomainName } from '../dns/name.ts';
import type { RrType } from '../dns/record.ts';
import type { Procedure } from '../trace.ts';
import { proveAbsence, proveExpansion, signedDenials, type Claim } from './denial.ts';
import {
  securityOfFailure,
  type DenialEvidence,
  type Security,
  type SignatureEvidence,
} from './evidence.ts';
import type { Rrset } from './rrset.ts';
import type { DnssecRule } from './rules.ts';
import { findRrset, type KeyRecord, type Lookup, type Response } from './session.ts';
import { checkRrset, ttlMostUnder } from './signature.ts';
import { closestAnchor, reach } from './zone.ts';

export interface Judgement {
  readonly security: Security;
  readonly reason: DnssecRule;
  readonly zone?: DomainName;
  readonly signatures: readonly SignatureEvidence[];
  readonly denials: readonly DenialEvidence[];
  /** How long data may be kept at most, where a signature proved it. */
  readonly ttlMostSeconds?: number;
  /** What an absence was proved to be, whatever the response code says. */
  readonly denial?: 'nxdomain' | 'nodata';
}

const judged = (
  security: Security,
  reason: DnssecRule,
  rest: Partial<Judgement> = {},
): Judgement => ({ security, reason, signatures: [], denials: [], ...rest });

const failed = (reason: DnssecRule, rest: Partial<Judgement> = {}): Judgement =>
  judged(securityOfFailure(reason), reason, rest);

/** Zones whose signatures over one RRset or one proof are tried; more is an attack. */
const maxSigners = 3;

/**
 * Signers that could speak for a name: at or above it, and below an anchor; the deepest first. A
 * zone above a deeper anchor may speak too: any anchor that leads to a proof will do (RFC 6840
 * appendix C.2).
 */
const signersFor = (lookup: Lookup, rrsets: readonly Rrset[], place: DomainName): DomainName[] => {
  const signers = new Set(
    rrsets.flatMap((rrset) => rrset.signatures.map((signature) => signature.signer)),
  );
  return [...signers]
    .filter(
      (signer) =>
        isSubdomainOf(place, signer) && closestAnchor(lookup.policy.anchors, signer) !== undefined,
    )
    .sort((left, right) => labelsOf(right).length - labelsOf(left).length);
};

/** One of the signers that were left out may have been the right one. */
const untried = failed('dnssec.limit-reached');

/** Where a name's data lives: DS records live in the zone above (RFC 4035 §2.4). */
const placeOf = (name: DomainName, type: RrType): DomainName =>
  type === 'DS' ? parentOf(name) : name;

/**
 * Without a valid signature: insecure if the chain provably ends above this name, else bogus. That
 * something is missing is never proof that nothing was promised (RFC 4035 §5).
 */
function* judgeUnsigned(
  lookup: Lookup,
  place: DomainName,
  failure: Judgement | undefined,
): Procedure<Judgement> {
  const { trust, gap } = yield* reach(lookup, place);
  if (trust === undefined) return judged('insecure', 'dnssec.no-anchor');
  if (trust.kind === 'insecure') return judged('insecure', trust.reason, { zone: trust.zone });
  if (failure !== undefined) return failure;
  if (trust.kind !== 'secure') return judged(trust.kind, trust.reason, { zone: trust.zone });
  return failed(gap ?? 'dnssec.signature-missing', { zone: trust.zone });
}

/**
 * The keys of a zone that signed, if the chain leads to them; or why it does not. Undefined where the
 * chain provably ends above the zone: no signature of it counts, and none need be there.
 */
function* keysOf(
  lookup: Lookup,
  signer: DomainName,
): Procedure<
  { readonly keys: readonly KeyRecord[] } | { readonly failure: Judgement } | undefined
> {
  const { trust, gap } = yield* reach(lookup, signer);
  if (trust === undefined || trust.kind === 'insecure') return undefined;
  if (trust.kind === 'secure' && trust.zone === signer) return trust;
  const reason = trust.kind === 'secure' ? (gap ?? 'dnssec.signature-misfit') : trust.reason;
  return { failure: failed(reason, { zone: trust.zone }) };
}

/** Judges an RRset that is there. */
export function* judgeRrset(
  lookup: Lookup,
  response: Response,
  rrset: Rrset,
): Procedure<Judgement> {
  const place = placeOf(rrset.name, rrset.type);
  let failure: Judgement | undefined;
  const signers = signersFor(lookup, [rrset], place);
  for (const signer of signers.slice(0, maxSigners)) {
    const zone = yield* keysOf(lookup, signer);
    if (zone === undefined) break;
    if ('failure' in zone) {
      failure ??= zone.failure;
      continue;
    }
    const checked = yield* checkRrset(lookup, rrset, signer, zone.keys);
    const { signatures } = checked;
    if (!checked.isValid) {
      failure = failed(checked.reason, { zone: signer, signatures });
      continue;
    }
    const ttlMostSeconds = ttlMostUnder(checked.by, lookup.now);
    const held = { zone: signer, signatures, ttlMostSeconds };
    if (checked.expandedFrom === undefined) return judged('secure', 'dnssec.chain-secure', held);
    // A DNAME made from a wildcard is not followed (RFC 6672 §3.3 leaves it undefined).
    const proof =
      rrset.type === 'DNAME'
        ? undefined
        : yield* proveExpansion(
            lookup,
            yield* signedDenials(lookup, [response], signer, zone.keys),
            rrset.name,
            checked.expandedFrom,
          );
    if (proof?.kind === 'proved')
      return judged(
        proof.isOptOut ? 'insecure' : 'secure',
        proof.isOptOut ? 'dnssec.opt-out' : 'dnssec.wildcard-proved',
        { ...held, denials: proof.evidence },
      );
    if (proof?.isInsecure === true) return judged('insecure', proof.reason, held);
    return failed(
      proof !== undefined && securityOfFailure(proof.reason) === 'indeterminate'
        ? proof.reason
        : 'dnssec.wildcard-unproved',
      held,
    );
  }
  return yield* judgeUnsigned(lookup, place, signers.length > maxSigners ? untried : failure);
}

/** After an alias the response code may speak of any of the names (RFC 6604 §2.1). */
const claimOf = ({ message, answer }: Response): Claim =>
  answer.length > 0 ? 'either' : message.rcode === rcodes.nxDomain ? 'nxdomain' : 'nodata';

/** Judges the absence of a name or type in a response. */
export function* judgeAbsence(
  lookup: Lookup,
  response: Response,
  name: DomainName,
  type: RrType,
): Procedure<Judgement> {
  const place = placeOf(name, type);
  const anchor = closestAnchor(lookup.policy.anchors, place);
  const spans = response.authority.filter(
    (rrset) => rrset.type === 'NSEC' || rrset.type === 'NSEC3',
  );
  let failure: Judgement | undefined;
  const signers = signersFor(lookup, spans, place);
  for (const signer of signers.slice(0, maxSigners)) {
    const zone = yield* keysOf(lookup, signer);
    if (zone === undefined) break;
    if ('failure' in zone) {
      failure ??= zone.failure;
      continue;
    }
    const denials = yield* signedDenials(lookup, [response], signer, zone.keys);
    const { signatures } = denials;
    // Relevant to an absence is also the SOA, which says how long it may be kept (RFC 4035 §3.2.3).
    const soa = findRrset(response.authority, signer, 'SOA');
    const kept = soa && (yield* checkRrset(lookup, soa, signer, zone.keys));
    if (kept?.isValid === false) {
      failure ??= failed(kept.reason, { zone: signer, signatures });
      continue;
    }
    const proof = yield* proveAbsence(lookup, denials, name, type, claimOf(response));
    // From above a deeper anchor a zone may prove an absence, but not that the anchor is void.
    const isAbove = closestAnchor(lookup.policy.anchors, signer) !== anchor;
    if (isAbove && (proof.kind === 'proved' ? proof.isOptOut : proof.isInsecure)) continue;
    if (proof.kind === 'proved')
      return judged(
        proof.isOptOut ? 'insecure' : 'secure',
        proof.isOptOut ? 'dnssec.opt-out' : 'dnssec.absence-proved',
        { zone: signer, signatures, denials: proof.evidence, denial: proof.denial },
      );
    if (proof.isInsecure) return judged('insecure', proof.reason, { zone: signer, signatures });
    failure ??= failed(proof.reason, { zone: signer, signatures });
  }
  if (signers.length > maxSigners) failure = untried;
  const unsigned = yield* judgeUnsigned(lookup, place, failure);
  return unsigned.reason === 'dnssec.signature-missing'
    ? { ...unsigned, reason: 'dnssec.denial-missing' }
    : unsigned;
}
