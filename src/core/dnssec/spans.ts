/**
 * The questions that both ways of proving absence answer from the spans of a zone: NSEC, of names in canonical order (RFC 4034 §4,
 * RFC 4035 §5.4); NSEC3, of hashed names (RFC 5155 §8), hashed within bounds (RFC 9276, CVE-2023-50868).
 */
import {
  commonAncestor,
  compareNames,
  isSubdomainOf,
  labelsOf,
  encodeName,
  nameFromLabels,
  parentOf,
  wildcardOf,
  type DomainName,
} from '../dns/name.ts';
import type { Nsec3Fields, NsecFields, RrType, WireRecord } from '../dns/record.ts';
import type { DigestAsk } from '../ask.ts';
import { equalOctets, formatBase32Hex } from '../dns/octets.ts';
import { askAll, type Procedure } from '../trace.ts';
import type { Lookup } from './session.ts';

export type NsecRecord = WireRecord & NsecFields;
export type Nsec3Record = WireRecord & Nsec3Fields;
export type Denial = NsecRecord | Nsec3Record;

/** The spans of one zone, ready to be asked about names. */
export interface Spans {
  matches(name: DomainName): Denial | undefined;
  /** Never a span that stands above a delegation or DNAME on the way to the name (RFC 6840 §4.1). */
  covers(name: DomainName): Denial | undefined;
  /** The longest existing ancestor that the spans show for a name that does not exist. */
  encloserOf(name: DomainName): { name: DomainName; record?: Denial } | undefined;
}

/** True where the type bitmap of the record lists this type. */
export const has = (record: Denial, type: RrType): boolean => record.types.includes(type);

/** A delegation seen from above: its other types are not the parent's to deny (RFC 6840 §4.4). */
export const isDelegation = (record: Denial): boolean => has(record, 'NS') && !has(record, 'SOA');

const isCovered = (record: NsecRecord, name: DomainName): boolean => {
  if (compareNames(record.name, name) >= 0) return false;
  // Names below a delegation or a DNAME are not this zone's to deny (RFC 6840 §4.1, RFC 6672 §5.3.4).
  if (isSubdomainOf(name, record.name) && (isDelegation(record) || record.types.includes('DNAME')))
    return false;
  // The last span of a zone ends at its apex.
  return compareNames(name, record.next) < 0 || compareNames(record.next, record.name) <= 0;
};

/**
 * Spans of names as they stand in NSEC records of one zone.
 * Source: RFC 4034 §4, RFC 4035 §5.4, RFC 6840 §4.1.
 */
export const nsecSpans = (records: readonly NsecRecord[]): Spans => {
  const covers = (name: DomainName) => records.find((record) => isCovered(record, name));
  return {
    matches: (name) => records.find((record) => record.name === name),
    covers,
    encloserOf: (name) => {
      const cover = covers(name);
      if (cover === undefined) return undefined;
      const before = commonAncestor(name, cover.name);
      const after = commonAncestor(name, cover.next);
      const closest = labelsOf(after).length > labelsOf(before).length ? after : before;
      return { name: closest };
    },
  };
};

const sha1 = 1;

const hashOf = (record: Nsec3Record): string => labelsOf(record.name)[0] ?? '';

const coversHash = (record: Nsec3Record, hash: string): boolean => {
  const owner = hashOf(record);
  const { nextHash } = record;
  // Base 32 with extended hex alphabet keeps the order of the octets. The last span ends at the first hash.
  return owner < nextHash
    ? owner < hash && hash < nextHash
    : hash !== owner && (hash > owner || hash < nextHash);
};

/** Hashes a name, its ancestors in the zone and their wildcards, all in one round. */
export function* nsec3Spans(
  lookup: Lookup,
  given: readonly Nsec3Record[],
  zone: DomainName,
  name: DomainName,
): Procedure<Spans | 'over-iterated' | 'over-limit'> {
  // Unknown hashes and flags are ignored (RFC 5155 §8.1, §8.2), and one chain is read, not two mixed.
  const known = given.filter(
    (record) => record.hash === sha1 && record.flags <= 1 && parentOf(record.name) === zone,
  );
  const first = known.find((record) => record.iterations <= lookup.policy.maxIterations);
  if (first === undefined) return known.length > 0 ? 'over-iterated' : nothing;
  const records = known.filter(
    (record) => record.iterations === first.iterations && equalOctets(record.salt, first.salt),
  );

  const names: DomainName[] = [];
  const labels = labelsOf(name);
  for (let at = 0; at <= labels.length - labelsOf(zone).length; at++)
    names.push(nameFromLabels(labels.slice(at)));
  const wildcards = names.slice(1).flatMap((each) => wildcardOf(each) ?? []);
  const all = [...names, ...wildcards];
  const hashes = lookup.work.hashes + all.length * (first.iterations + 1);
  if (hashes > lookup.policy.limits.hashes) return 'over-limit';
  lookup.work.hashes = hashes;
  const digests = yield* askAll(
    all.map((each): DigestAsk => ({
      ask: 'digest',
      algorithm: 'sha-1',
      data: encodeName(each),
      salt: first.salt,
      iterations: first.iterations,
    })),
  );
  const hashed = new Map(all.map((each, at) => [each, formatBase32Hex(digests[at]!)]));

  const matches = (each: DomainName) =>
    records.find((record) => hashOf(record) === hashed.get(each));
  return {
    matches,
    covers: (each) => {
      const hash = hashed.get(each);
      return hash === undefined ? undefined : records.find((record) => coversHash(record, hash));
    },
    encloserOf: () => {
      // The first ancestor that exists; this zone proves nothing below a delegation or DNAME (§8.3).
      const closest = names.slice(1).find((each) => matches(each) !== undefined);
      const record = closest && matches(closest);
      return record === undefined || isDelegation(record) || record.types.includes('DNAME')
        ? undefined
        : { name: closest!, record };
    },
  };
}

const nothing: Spans = {
  matches: () => undefined,
  covers: () => undefined,
  encloserOf: () => undefined,
};
