/** What both ways of proving absence, NSEC and NSEC3, let us ask of a zone's spans. */
import type { DomainName } from '../dns/name.ts';
import type { Nsec3Fields, NsecFields, RrType, WireRecord } from '../dns/record.ts';

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

export const has = (record: Denial, type: RrType): boolean => record.types.includes(type);

/** A delegation seen from above: its other types are not the parent's to deny (RFC 6840 §4.4). */
export const isDelegation = (record: Denial): boolean => has(record, 'NS') && !has(record, 'SOA');
