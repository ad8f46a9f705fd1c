/**
 * One link of an answer: records, alias or absence (RFC 1034 §3.6.2, RFC 4035 §5, RFC 6672 §5.3).
 */
import { distinctRecords } from '../dns/distinct.ts';
import { rcodes } from '../dns/message.ts';
import { isSubdomainOf, labelsOf, prefixName, type DomainName } from '../dns/name.ts';
import type { RrType, WireRecord } from '../dns/record.ts';
import { anyType } from '../dns/type.ts';
import { step, type Procedure } from '../trace.ts';
import type { Security } from './evidence.ts';
import { judgeAbsence, judgeRrset, type Judgement } from './judge.ts';
import type { Rrset } from './rrset.ts';
import type { DnssecRule } from './rules.ts';
import { findRrset, type Lookup, type Response } from './session.ts';

/** What one response says of one name. */
export type Link = { readonly judgement: Judgement } & (
  | { readonly kind: 'found'; readonly records: readonly WireRecord[] }
  | { readonly kind: 'alias'; readonly to: DomainName; readonly ttlSeconds: number }
  /** An alias that leads nowhere, and why. */
  | { readonly kind: 'dead-end'; readonly why: DnssecRule }
  | { readonly kind: 'absent'; readonly denial: 'nxdomain' | 'nodata' }
);

/** True when a response that began with another name also holds something about this one. */
export const speaksOf = (response: Response, name: DomainName, type: RrType): boolean =>
  response.message.rcode === rcodes.nxDomain ||
  response.authority.some(
    ({ type: each }) => each === 'SOA' || each === 'NSEC' || each === 'NSEC3',
  ) ||
  response.answer.some(
    (rrset) =>
      (rrset.name === name && (rrset.type === type || rrset.type === 'CNAME')) ||
      isDnameAbove(rrset, name),
  );

const isDnameAbove = (rrset: Rrset, name: DomainName): boolean =>
  rrset.type === 'DNAME' && rrset.name !== name && isSubdomainOf(name, rrset.name);

/** What a response says of a name: the records, an alias to follow, or their absence; each judged. */
export function* linkAt(
  lookup: Lookup,
  response: Response,
  name: DomainName,
  type: RrType,
): Procedure<Link> {
  if (type === anyType) {
    const all = response.answer.filter((rrset) => rrset.name === name);
    if (all.length > 0) return yield* foundAll(lookup, response, all);
  }
  if (type === 'RRSIG') {
    // Signatures are not signed themselves (RFC 4035 §2.2): there is nothing to hold them to.
    const all = response.message.answer.filter((record) => record.type === type);
    const records = distinctRecords(all);
    const unsigned = { security: 'insecure', reason: 'dnssec.signature-missing' } as const;
    return { kind: 'found', records, judgement: { ...unsigned, signatures: [], denials: [] } };
  }
  const alias = findRrset(response.answer, name, 'CNAME');
  const rrset = findRrset(response.answer, name, type);
  if (rrset !== undefined && rrset !== alias) return yield* foundAll(lookup, response, [rrset]);

  const dname = response.answer.find((each) => isDnameAbove(each, name));
  if (dname !== undefined && (alias?.signatures.length ?? 0) === 0) {
    const judgement = yield* judgeRrset(lookup, response, dname);
    const link = aliasOf(dname, judgement, (target) => movedTo(target, dname.name, name));
    const to = link.kind === 'alias' ? link.to : undefined;
    // The alias is not signed, so it must be just what the DNAME makes of the name (RFC 6672 §5.3.1).
    if (alias !== undefined && !(to !== undefined && targetsOf(alias).every((each) => each === to)))
      return { ...link, judgement: { ...judgement, ...mismatch } };
    if (judgement.security === 'secure') yield step('dnssec.alias-synthesised', { name, to });
    return rrset === undefined ? link : foundIn(rrset, judgement);
  }
  if (alias !== undefined) {
    const judgement = yield* judgeRrset(lookup, response, alias);
    return rrset === alias ? foundIn(alias, judgement) : aliasOf(alias, judgement);
  }
  const judgement = yield* judgeAbsence(lookup, response, name, type);
  const claimed = response.message.rcode === rcodes.nxDomain ? 'nxdomain' : 'nodata';
  return { kind: 'absent', denial: judgement.denial ?? claimed, judgement };
}

const mismatch = { security: 'bogus', reason: 'dnssec.alias-mismatch' } as const;

/** Records as they may be kept: no longer than was signed. */
const kept = (records: readonly WireRecord[], { ttlMostSeconds = Infinity }: Judgement) =>
  records.map((record) =>
    record.ttlSeconds <= ttlMostSeconds ? record : { ...record, ttlSeconds: ttlMostSeconds },
  );

const foundIn = (rrset: Rrset, judgement: Judgement): Link => ({
  kind: 'found',
  records: kept(rrset.records, judgement),
  judgement,
});

const targetsOf = ({ records }: Rrset): readonly DomainName[] =>
  records.flatMap((record) =>
    record.type === 'CNAME' || record.type === 'DNAME' ? [record.target] : [],
  );

/** Where an alias leads; a name has one alias at most (RFC 2181 §10.1, RFC 6672 §2.4). */
const aliasOf = (
  rrset: Rrset,
  judgement: Judgement,
  made: (target: DomainName) => DomainName | undefined = (target) => target,
): Link => {
  const [target, ...others] = targetsOf(rrset);
  if (target === undefined || others.length > 0)
    return { kind: 'dead-end', why: 'dnssec.alias-ambiguous', judgement };
  const to = made(target);
  if (to === undefined) return { kind: 'dead-end', why: 'dnssec.alias-too-long', judgement };
  const [record] = kept(rrset.records, judgement);
  return { kind: 'alias', to, ttlSeconds: record!.ttlSeconds, judgement };
};

/** The name that a DNAME makes of a name below it; undefined where it is too long (RFC 6672 §2.2). */
const movedTo = (target: DomainName, owner: DomainName, name: DomainName) =>
  prefixName(labelsOf(name).slice(0, labelsOf(name).length - labelsOf(owner).length), target);

function* foundAll(lookup: Lookup, response: Response, rrsets: readonly Rrset[]): Procedure<Link> {
  let judgement: Judgement | undefined;
  const records: WireRecord[] = [];
  for (const rrset of rrsets) {
    const next = yield* judgeRrset(lookup, response, rrset);
    if (judgement === undefined || order.indexOf(next.security) > order.indexOf(judgement.security))
      judgement = next;
    records.push(...kept(rrset.records, next));
  }
  return { kind: 'found', records, judgement: judgement! };
}

/** From best to worst. */
const order: readonly Security[] = ['secure', 'insecure', 'indeterminate', 'bogus'];
