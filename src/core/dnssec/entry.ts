/**
 * The entry to a zone: from DS records that the parent proved, or from anchors, to keys that may sign
 * its data (RFC 4035 §5.2). Whoever could forge this step would own all that lies below.
 */
import type { DigestAsk } from '../ask.ts';
import { encodeName, type DomainName } from '../dns/name.ts';
import { concatOctets, equalOctets } from '../dns/octets.ts';
import { recordsOfType, type DsFields } from '../dns/record.ts';
import { askAll, step, type Procedure } from '../trace.ts';
import {
  securityOfFailure,
  type DsEvidence,
  type SignatureEvidence,
  type ZoneEvidence,
} from './evidence.ts';
import type { TrustAnchor, ValidationPolicy } from './policy.ts';
import type { DnssecRule } from './rules.ts';
import {
  fetchOne,
  findRrset,
  orOfService,
  type Checked,
  type KeyRecord,
  type Lookup,
  type Trust,
} from './session.ts';
import { checkWithKeys, isZoneKey } from './signature.ts';

const digestNames: Readonly<Record<number, DigestAsk['algorithm']>> = {
  1: 'sha-1',
  2: 'sha-256',
  4: 'sha-384',
};

/** SHA-1 is passed over where the same set has better (RFC 4509 §3). */
const preferred = <Each extends { readonly digestType: number }>(all: readonly Each[]) => {
  const better = all.filter(({ digestType }) => digestType > 1);
  return better.length > 0 ? better : all;
};

type Voucher = TrustAnchor | (DsFields & { readonly rdata: Uint8Array });

/** Enters a zone with what vouches for its keys: DS records proved by the parent, or anchors. */
export function* entered(
  lookup: Lookup,
  zone: DomainName,
  parent: ({ readonly zone: DomainName } & Pick<ZoneEvidence, 'signatures'>) | undefined,
  vouchers: readonly Voucher[],
): Procedure<Trust> {
  const { policy } = lookup;
  const readable = readableOf(vouchers, policy);
  let matched: ReadonlySet<Voucher> = new Set();
  const vouched = (): DsEvidence[] =>
    vouchers.map((each) => ({
      keyTag: each.keyTag,
      algorithm: each.algorithm,
      digestType: each.type === 'DS' ? each.digestType : 0,
      isMatched: matched.has(each),
    }));
  const evidence = (
    security: ZoneEvidence['security'],
    reason: DnssecRule,
    rest: Partial<ZoneEvidence> = {},
  ): ZoneEvidence => ({
    zone,
    ...(parent && { parent: parent.zone }),
    security,
    reason,
    anchors: parent ? [] : vouched(),
    ds: parent ? vouched() : [],
    keys: [],
    denials: [],
    ...rest,
    signatures: [...(parent?.signatures ?? []), ...(rest.signatures ?? [])],
  });
  const ended = function* (
    kind: 'insecure' | 'bogus' | 'indeterminate',
    reason: DnssecRule,
    rest: Partial<ZoneEvidence> = {},
  ): Procedure<Trust> {
    yield step(reason, { zone });
    return { kind, zone, reason, evidence: evidence(kind, reason, rest) };
  };
  const failed = (why: DnssecRule, rest?: Partial<ZoneEvidence>): Procedure<Trust> => {
    const reason = orOfService(lookup, why, parent !== undefined);
    return ended(securityOfFailure(reason), reason, rest);
  };

  // A zone that signs only with what nobody here can read counts as unsigned (RFC 6840 §5.2).
  if (readable.digests.length + readable.keys.length === 0)
    return yield* ended('insecure', 'dnssec.algorithms-unsupported');

  const fetched = yield* fetchOne(lookup, { name: zone, type: 'DNSKEY' });
  if (fetched.kind === 'failed') return yield* failed(fetched.reason);
  const rrset = findRrset(fetched.response.answer, zone, 'DNSKEY');
  if (rrset === undefined) return yield* failed('dnssec.keys-missing');

  const keys = recordsOfType(rrset.records, 'DNSKEY').filter(isZoneKey);
  const { entries, by, isCut } = yield* vouchedFor(lookup, zone, keys, readable);
  matched = by;
  const signatures: SignatureEvidence[] = [];
  const rest = {
    keys: keys.map((key) => ({
      keyTag: key.keyTag,
      algorithm: key.algorithm,
      flags: key.flags,
      isEntry: entries.has(key),
    })),
    signatures,
  };
  for (const doors of entryGroups([...entries], parent ? undefined : vouchers, policy)) {
    const checked = doors.length > 0 ? yield* checkWithKeys(lookup, rrset, zone, doors) : unmatched;
    signatures.push(...checked.signatures);
    if (checked.isValid) continue;
    // A pair that was not compared may have been the one that leads in.
    return yield* failed(isCut ? 'dnssec.limit-reached' : checked.reason, rest);
  }
  const reason = parent ? 'dnssec.delegation-secure' : 'dnssec.anchor-signed';
  yield step(reason, { zone });
  return { kind: 'secure', zone, keys, evidence: evidence('secure', reason, rest) };
}

const unmatched: Checked = { isValid: false, reason: 'dnssec.keys-unmatched', signatures: [] };

/** What this validator can read of what vouches: digests by number, keys as they are. */
const readableOf = (vouchers: readonly Voucher[], policy: ValidationPolicy) => ({
  digests: preferred(
    vouchers
      .filter((each) => each.type === 'DS')
      .filter((ds) => policy.algorithms.has(ds.algorithm) && policy.digestTypes.has(ds.digestType)),
  ),
  keys: vouchers.filter((each) => each.type === 'DNSKEY' && policy.algorithms.has(each.algorithm)),
});

/** The keys of a zone that are vouched for, and by what (RFC 4034 §5.1.4: the digest covers name and key). */
function* vouchedFor(
  lookup: Lookup,
  zone: DomainName,
  keys: readonly KeyRecord[],
  readable: ReturnType<typeof readableOf>,
): Procedure<{
  readonly entries: ReadonlySet<KeyRecord>;
  readonly by: ReadonlySet<Voucher>;
  /** There were more pairs than are compared. */
  readonly isCut: boolean;
}> {
  const entries = new Set<KeyRecord>();
  const by = new Set<Voucher>();
  for (const anchor of readable.keys)
    for (const key of keys)
      if (equalOctets(key.rdata, anchor.rdata)) {
        entries.add(key);
        by.add(anchor);
      }
  // A tag is no name of one key (RFC 4034 appendix B): all that share it are compared.
  const all = readable.digests.flatMap((ds) =>
    keys
      .filter((key) => key.keyTag === ds.keyTag && key.algorithm === ds.algorithm)
      .map((key) => ({ ds, key })),
  );
  const pairs = all.slice(0, lookup.policy.limits.digestsPerZone);
  const computed = yield* askAll(
    pairs.map(({ ds, key }): DigestAsk => ({
      ask: 'digest',
      algorithm: digestNames[ds.digestType]!,
      data: concatOctets([encodeName(zone), key.rdata]),
    })),
  );
  for (const [at, { ds, key }] of pairs.entries())
    if (equalOctets(computed[at]!, ds.digest)) {
      entries.add(key);
      by.add(ds);
    }
  return { entries, by, isCut: pairs.length < all.length };
}

/**
 * The keys of which one must have signed the key set, once for each group. A zone's own DS set is
 * satisfied by any one way in (RFC 6840 §5.11). Anchors are our promise, not the zone's: each of their
 * algorithms must still lead in, or whoever breaks the weakest could leave the others out.
 */
const entryGroups = (
  entries: readonly KeyRecord[],
  anchors: readonly { readonly algorithm: number }[] | undefined,
  { algorithms }: ValidationPolicy,
): KeyRecord[][] => {
  if (anchors === undefined) return [[...entries]];
  const promised = new Set(anchors.map(({ algorithm }) => algorithm));
  return [...promised]
    .filter((algorithm) => algorithms.has(algorithm))
    .map((algorithm) => entries.filter((key) => key.algorithm === algorithm));
};
