/**
 * Keys and signatures of a simulated DNS: records in the form that the validator reads, signed with
 * symbols. A signature is the key that made it and a symbol for what it covers; to verify is to
 * compare. So the validator of the live check judges the simulated world too, and costs no
 * arithmetic there.
 */
import { textToOctets } from '../../core/grammar/octets.ts';
import { concatOctets, equalOctets } from '../../core/dns/octets.ts';
import { daySeconds, type DigestAsk, type VerifyAnswer, type VerifyAsk } from '../../core/ask.ts';
import { encodeName, labelsOf, type DomainName } from '../../core/dns/name.ts';
import { decodeRdata } from '../../core/dns/rdata.ts';
import type { DnskeyFields, DsFields, RrType, WireRecord } from '../../core/dns/record.ts';
import { typeNumberOf } from '../../core/dns/type.ts';
import { signedOctets, type SignatureRecord } from '../../core/dnssec/rrset.ts';
import { symbolFor } from './symbolic-certificate.ts';

export type SymbolicKey = WireRecord & DnskeyFields;

/** When every symbolic world is asked; signatures are in time or over, whatever day it is. */
export const symbolicNowSeconds = 1_000_000_000;
/** The algorithm that symbols go under: one that every validator knows. */
export const symbolicAlgorithm = 13;
const ttlSeconds = 3600;

const uint32 = (value: number): readonly number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];

/** A record from octets that fit its type. */
export function wireRecord(name: DomainName, type: RrType, rdata: Uint8Array): WireRecord {
  const fields = decodeRdata(type, rdata);
  if (fields === undefined) throw new Error(`not the data of a ${type} record at ${name}`);
  return { name, ttlSeconds, ...fields, rdata };
}

/** A key of a zone; `id` tells the zone's keys apart. Flags 257: may be named by a DS record. */
export const symbolicKey = (zone: DomainName, id = 'key', flags = 257): SymbolicKey =>
  wireRecord(
    zone,
    'DNSKEY',
    Uint8Array.of(
      flags >> 8,
      flags & 255,
      3,
      symbolicAlgorithm,
      ...textToOctets(`${id} of ${zone}`),
    ),
  ) as SymbolicKey;

const digestOf = (octets: Uint8Array): Uint8Array => symbolFor(octets, 32);

export const symbolicDs = (key: SymbolicKey): WireRecord & DsFields => {
  const digest = digestOf(concatOctets([encodeName(key.name), key.rdata]));
  const head = Uint8Array.of(key.keyTag >> 8, key.keyTag & 255, key.algorithm, 2);
  return wireRecord(key.name, 'DS', concatOctets([head, digest])) as WireRecord & DsFields;
};

export interface Signing {
  /** Its time is over. */
  readonly isExpired?: boolean;
  /** It covers other data than these. */
  readonly isBroken?: boolean;
}

/** The signature of one RRset. */
export function symbolicSignature(
  records: readonly WireRecord[],
  key: SymbolicKey,
  { isExpired = false, isBroken = false }: Signing = {},
): SignatureRecord {
  const { name, type } = records[0]!;
  const labels = labelsOf(name);
  const number = typeNumberOf(type);
  const end = symbolicNowSeconds + (isExpired ? -1 : 30) * daySeconds;
  const head = concatOctets([
    Uint8Array.of(
      ...[number >> 8, number & 255, key.algorithm],
      labels[0] === '*' ? labels.length - 1 : labels.length,
      ...uint32(ttlSeconds),
      ...uint32(end),
      ...uint32(end - 60 * daySeconds),
      ...[key.keyTag >> 8, key.keyTag & 255],
    ),
    encodeName(key.name),
  ]);
  const unsigned = wireRecord(name, 'RRSIG', head) as SignatureRecord;
  const covered = signedOctets({ name, type, records, signatures: [] }, unsigned);
  const signature = symbolOf(key.publicKey, isBroken ? concatOctets([covered, head]) : covered);
  return wireRecord(name, 'RRSIG', concatOctets([head, signature])) as SignatureRecord;
}

const symbolOf = (publicKey: Uint8Array, data: Uint8Array): Uint8Array =>
  concatOctets([publicKey, symbolFor(data, 8)]);

/** Answers `verify` in a simulated world. */
export const verifySymbolic = ({ publicKey, signature, data }: VerifyAsk): VerifyAnswer =>
  equalOctets(signature, symbolOf(publicKey, data)) ? 'valid' : 'invalid';

/** Answers `digest` in a simulated world: of a key for DS, of a name for NSEC3. */
export const digestSymbolic = ({ algorithm, data }: DigestAsk): Uint8Array =>
  algorithm === 'sha-1' ? digestOf(data).slice(0, 20) : digestOf(data);
