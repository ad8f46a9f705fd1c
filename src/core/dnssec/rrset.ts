/** RRsets with their signatures, gathered from a section, and the octets a signature covers. */
import {
  encodeName,
  isSubdomainOf,
  labelsOf,
  nameFromLabels,
  suffixOf,
  type DomainName,
} from '../dns/name.ts';
import { distinctRecords } from '../dns/distinct.ts';
import { compareOctets, concatOctets, equalOctets } from '../dns/octets.ts';
import { canonicalRdata } from '../dns/rdata.ts';
import type { RrType, RrsigFields, WireRecord } from '../dns/record.ts';
import { typeNumberOf } from '../dns/type.ts';

export type SignatureRecord = WireRecord & RrsigFields;

export interface Rrset {
  readonly name: DomainName;
  readonly type: RrType;
  readonly records: readonly WireRecord[];
  readonly signatures: readonly SignatureRecord[];
}

/**
 * All RRsets of a section in order of first appearance, each record and each signature once.
 * Signatures are taken from `all`, whichever section they travelled in; those whose data is not there
 * are dropped.
 */
export const rrsetsOf = (section: readonly WireRecord[], all: readonly WireRecord[]): Rrset[] => {
  const sets = new Map<
    string,
    { name: DomainName; type: RrType; records: WireRecord[]; signatures: SignatureRecord[] }
  >();
  for (const record of distinctRecords(section)) {
    if (record.type === 'RRSIG') continue;
    const { name, type } = record;
    const found = sets.get(`${name}/${type}`);
    if (found === undefined)
      sets.set(`${name}/${type}`, { name, type, records: [record], signatures: [] });
    else found.records.push(record);
  }
  for (const record of distinctRecords(all.filter(({ type }) => type === 'RRSIG')))
    if (record.type === 'RRSIG')
      sets.get(`${record.name}/${record.typeCovered}`)?.signatures.push(record);
  return [...sets.values()];
};

/** Labels that a signature's Labels field counts: not the root, not a leading `*` (RFC 4034 §3.1.3). */
const countedLabels = (name: DomainName): number => {
  const labels = labelsOf(name);
  return labels[0] === '*' ? labels.length - 1 : labels.length;
};

/** True when an RRset of this name and type may be signed so at all (RFC 4035 §5.3.1). */
export const isFitting = (rrset: Rrset, signature: SignatureRecord): boolean =>
  isSubdomainOf(rrset.name, signature.signer) &&
  // A DS record belongs to the parent; the child's own signature proves nothing.
  (rrset.type !== 'DS' || rrset.name !== signature.signer) &&
  signature.labels <= countedLabels(rrset.name) &&
  signature.labels >= labelsOf(signature.signer).length;

/** The wildcard an RRset was made from, if its signature says it was (RFC 4035 §5.3.4). */
export const expandedFrom = (rrset: Rrset, signature: SignatureRecord): DomainName | undefined =>
  signature.labels < countedLabels(rrset.name)
    ? nameFromLabels(['*', ...labelsOf(suffixOf(rrset.name, signature.labels))])
    : undefined;

/**
 * The octets that a signature covers: its own RDATA without the signature, then each record in
 * canonical form and order, without duplicates (RFC 4034 §3.1.8.1, §6.2, §6.3).
 */
export const signedOctets = (rrset: Rrset, signature: SignatureRecord): Uint8Array => {
  const owner = encodeName(expandedFrom(rrset, signature) ?? rrset.name);
  const type = typeNumberOf(rrset.type);
  const rdatas = rrset.records
    .map((record) => canonicalRdata(rrset.type, record.rdata))
    .sort(compareOctets)
    .filter((rdata, at, all) => at === 0 || !equalOctets(rdata, all[at - 1]!));
  const header = Uint8Array.of(type >> 8, type & 255, 0, 1, ...signature.rdata.subarray(4, 8));
  return concatOctets([
    signature.rdata.subarray(0, 18),
    encodeName(signature.signer),
    ...rdatas.flatMap((rdata) => [
      owner,
      header,
      Uint8Array.of(rdata.length >> 8, rdata.length & 255),
      rdata,
    ]),
  ]);
};
