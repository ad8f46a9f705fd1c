/** NSEC3: spans of hashed names (RFC 5155 §8), hashed within bounds (RFC 9276, CVE-2023-50868). */
import type { DigestAsk } from '../ask.ts';
import {
  encodeName,
  labelsOf,
  nameFromLabels,
  parentOf,
  wildcardOf,
  type DomainName,
} from '../dns/name.ts';
import { equalOctets, formatBase32Hex } from '../dns/octets.ts';
import { askAll, type Procedure } from '../trace.ts';
import { isDelegation, type Nsec3Record, type Spans } from './spans.ts';
import type { Lookup } from './session.ts';

const sha1 = 1;

const hashOf = (record: Nsec3Record): string => labelsOf(record.name)[0] ?? '';

const isCovered = (record: Nsec3Record, hash: string): boolean => {
  const owner = hashOf(record);
  const { nextHash } = record;
  // Base 32 with extended hex alphabet keeps the order of the octets. The last span leads round.
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
      return hash === undefined ? undefined : records.find((record) => isCovered(record, hash));
    },
    encloserOf: () => {
      // The first ancestor that exists; below a delegation or DNAME the zone has no say (§8.3).
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
