/**
 * Resource records as values.
 *
 * A record that came from a message also has its raw RDATA (`WireRecord`): signatures cover those
 * octets. A simulated world that signs nothing may leave them out.
 */
import type { DomainName } from './name.ts';
import type { RrType } from './type.ts';

export type { RrType } from './type.ts';

interface Owned {
  readonly name: DomainName;
  readonly ttlSeconds: number;
  /** Uncompressed, names in the case they were sent in. */
  readonly rdata?: Uint8Array;
}

/** The fields of each type that the core reads; names of fields follow the standards. */
export type RecordFields =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: DomainName }
  | { readonly type: 'CNAME' | 'DNAME' | 'NS'; readonly target: DomainName }
  /** Character-strings as octets, one `Uint8Array` each. */
  | { readonly type: 'TXT'; readonly strings: readonly Uint8Array[] }
  | {
      readonly type: 'TLSA';
      readonly usage: number;
      readonly selector: number;
      readonly matchingType: number;
      readonly association: Uint8Array;
    }
  | {
      readonly type: 'SOA';
      readonly primary: DomainName;
      readonly mailbox: DomainName;
      readonly serial: number;
      /** Seconds a negative answer may be kept (RFC 2308 §5). */
      readonly minimumSeconds: number;
    }
  | {
      readonly type: 'CAA';
      readonly flags: number;
      readonly tag: string;
      readonly value: Uint8Array;
    }
  | DsFields
  | DnskeyFields
  | RrsigFields
  | NsecFields
  | Nsec3Fields
  | {
      readonly type: 'NSEC3PARAM';
      readonly hash: number;
      readonly iterations: number;
      readonly salt: Uint8Array;
    }
  /** A type the core does not read (RFC 3597). */
  | { readonly type: `TYPE${number}`; readonly rdata: Uint8Array };

/** RFC 4034 §5.1. */
export interface DsFields {
  readonly type: 'DS';
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

/** RFC 4034 §2.1. `keyTag` is computed over the RDATA (appendix B). */
export interface DnskeyFields {
  readonly type: 'DNSKEY';
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly publicKey: Uint8Array;
  readonly keyTag: number;
}

/** RFC 4034 §3.1. Times are 32 bits of seconds since 1970 and wrap (RFC 1982). */
export interface RrsigFields {
  readonly type: 'RRSIG';
  readonly typeCovered: RrType;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtlSeconds: number;
  readonly expiration: number;
  readonly inception: number;
  readonly keyTag: number;
  readonly signer: DomainName;
  readonly signature: Uint8Array;
}

/** RFC 4034 §4.1. */
export interface NsecFields {
  readonly type: 'NSEC';
  readonly next: DomainName;
  readonly types: readonly RrType[];
}

/** RFC 5155 §3.1. `nextHash` is base32hex, lower case, as owner names are written. */
export interface Nsec3Fields {
  readonly type: 'NSEC3';
  readonly hash: number;
  readonly flags: number;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly nextHash: string;
  readonly types: readonly RrType[];
}

export type ResourceRecord = Owned & RecordFields;

/** A record with the octets that its signature covers. */
export type WireRecord = ResourceRecord & { readonly rdata: Uint8Array };

/** The records of one type, out of many. */
export const recordsOfType = <Type extends RrType, Of extends ResourceRecord>(
  records: readonly Of[],
  type: Type,
): (Of & { readonly type: Type })[] =>
  records.filter((record): record is Of & { readonly type: Type } => record.type === type);
