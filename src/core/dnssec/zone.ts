/**
 * The walk from an anchor down to a name: which zones stand on the way, and with which keys
 * (RFC 4035 §5.2). Each cut is proved by the zone above it, or the walk ends there.
 */
import { isSubdomainOf, labelsOf, suffixOf, type DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import { step, type Procedure } from '../trace.ts';
import { proveNoDs, signedDenials } from './denial.ts';
import { entered } from './entry.ts';
import type { TrustAnchor } from './policy.ts';
import type { DnssecRule } from './rules.ts';
import {
  fetchAll,
  fetchOne,
  findRrset,
  isFetched,
  orOfService,
  type Cut,
  type Lookup,
  type Trust,
  type Wanted,
} from './session.ts';
import { checkRrset } from './signature.ts';

interface Gap {
  readonly kind: 'gap';
  readonly reason: DnssecRule;
}

/** The deepest zone known to hold a name; `gap` where a name on the way was neither a cut nor proved none. */
export interface Reached {
  readonly trust: Trust | undefined;
  readonly gap: DnssecRule | undefined;
}

/** The anchor nearest above a name, or at it; the closest one decides (RFC 6840 appendix C.1). */
export const closestAnchor = (
  anchors: readonly TrustAnchor[],
  name: DomainName,
): DomainName | undefined => {
  let closest: DomainName | undefined;
  for (const anchor of anchors)
    if (
      isSubdomainOf(name, anchor.name) &&
      (closest === undefined || labelsOf(anchor.name).length > labelsOf(closest).length)
    )
      closest = anchor.name;
  return closest;
};

/** Names below an anchor down to a name, from above. */
export const pathBelow = (anchor: DomainName, name: DomainName): DomainName[] => {
  const from = labelsOf(anchor).length;
  return Array.from({ length: labelsOf(name).length - from }, (_, at) =>
    suffixOf(name, from + at + 1),
  );
};

/** Walks down to a name. Undefined trust: no anchor stands above it. */
export function* reach(lookup: Lookup, name: DomainName): Procedure<Reached> {
  const anchor = closestAnchor(lookup.policy.anchors, name);
  if (anchor === undefined) return { trust: undefined, gap: undefined };
  const path = pathBelow(anchor, name);
  let trust = (lookup.cuts.get(anchor) as Trust | undefined) ?? (yield* anchored(lookup, anchor));
  let gap: DnssecRule | undefined;
  lookup.zones.set(anchor, trust.evidence);
  for (const [at, each] of path.entries()) {
    if (trust.kind !== 'secure') break;
    let cut: Cut | Gap | undefined = lookup.cuts.get(each);
    if (cut === undefined) {
      const below = path.slice(at).filter((deeper) => !lookup.cuts.has(deeper));
      if (!isFetched(lookup, { name: each, type: 'DS' })) yield* fetchAll(lookup, keysAndDs(below));
      cut = yield* cutAt(lookup, trust, each);
      if (isLasting(cut)) lookup.cuts.set(each, cut);
    }
    if (cut.kind === 'gap') gap ??= orOfService(lookup, cut.reason, true);
    else if (cut.kind !== 'no-cut') {
      trust = cut;
      // A zone whose DS is signed from above stands, whatever was not proved in between.
      gap = undefined;
      lookup.zones.set(each, cut.evidence);
    }
  }
  return { trust, gap };
}

/** For each name its DS and its DNSKEY: what it takes to enter a zone there. */
export const keysAndDs = (names: readonly DomainName[]): Wanted[] =>
  names.flatMap((name): Wanted[] => [
    { name, type: 'DS' },
    { name, type: 'DNSKEY' },
  ]);

/** Worth keeping for the visit: what could not be fetched or afforded now may succeed next time. */
const isLasting = (cut: Cut | Gap): cut is Cut =>
  cut.kind !== 'gap' && cut.kind !== 'indeterminate';

function* anchored(lookup: Lookup, zone: DomainName): Procedure<Trust> {
  const anchors = lookup.policy.anchors.filter((anchor) => anchor.name === zone);
  const trust = yield* entered(lookup, zone, undefined, anchors);
  if (isLasting(trust)) lookup.cuts.set(zone, trust);
  return trust;
}

type Parent = Trust & { readonly kind: 'secure' };

/** Whether a zone begins at a name, as the zone above tells it. */
function* cutAt(lookup: Lookup, parent: Parent, name: DomainName): Procedure<Cut | Gap> {
  const fetched = yield* fetchOne(lookup, { name, type: 'DS' });
  if (fetched.kind === 'failed') return { kind: 'gap', reason: fetched.reason };
  const { response } = fetched;
  const rrset = findRrset(response.answer, name, 'DS');
  if (rrset !== undefined) {
    const checked = yield* checkRrset(lookup, rrset, parent.zone, parent.keys);
    if (checked.isValid && checked.expandedFrom === undefined)
      return yield* entered(
        lookup,
        name,
        { zone: parent.zone, signatures: checked.signatures },
        recordsOfType(rrset.records, 'DS'),
      );
    const reason = checked.isValid ? 'dnssec.signature-misfit' : checked.reason;
    return { kind: 'gap', reason };
  }
  const alias = findRrset(response.answer, name, 'CNAME');
  if (alias !== undefined) {
    // A name with an alias has nothing else, so no zone begins there (RFC 2181 §10.1).
    const checked = yield* checkRrset(lookup, alias, parent.zone, parent.keys);
    if (!checked.isValid) return { kind: 'gap', reason: checked.reason };
    // One made from a wildcard would first have to prove that nothing closer stands here.
    return checked.expandedFrom === undefined
      ? { kind: 'no-cut' }
      : { kind: 'gap', reason: 'dnssec.wildcard-unproved' };
  }
  let denials = yield* signedDenials(lookup, [response], parent.zone, parent.keys);
  let proof = yield* proveNoDs(lookup, denials, name);
  if (proof.kind === 'unproved' && !proof.isInsecure && lookup.own.length > 0) {
    // The answer itself may have brought the delegation, as referrals do (RFC 4035 §3.1.4). Only a
    // record for just this name counts: that a span is opted out does not show a delegation in it.
    const brought = yield* signedDenials(lookup, lookup.own, parent.zone, parent.keys);
    const other = yield* proveNoDs(lookup, brought, name);
    if (other.kind === 'unsigned') [denials, proof] = [brought, other];
  }
  if (proof.kind === 'no-cut') return { kind: 'no-cut' };
  if (proof.kind === 'unproved' && !proof.isInsecure) {
    const missing = proof.reason === 'dnssec.denial-missing';
    return { kind: 'gap', reason: missing ? 'dnssec.delegation-unproved' : proof.reason };
  }
  const reason: DnssecRule =
    proof.kind === 'unproved'
      ? proof.reason
      : proof.kind === 'opted-out'
        ? 'dnssec.opt-out'
        : 'dnssec.no-ds-proved';
  yield step(reason, { zone: name, parent: parent.zone });
  return {
    kind: 'insecure',
    zone: name,
    reason,
    evidence: {
      zone: name,
      parent: parent.zone,
      security: 'insecure',
      reason,
      anchors: [],
      ds: [],
      keys: [],
      signatures: denials.signatures,
      denials: proof.kind === 'unproved' ? [] : proof.evidence,
    },
  };
}
