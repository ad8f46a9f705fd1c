/** RDATA: octets to fields, and the canonical form that signatures cover. */
import { decodeName, encodeName, type DomainName } from './name.ts';
import { concatOctets, formatBase32Hex, timeToLive, uint16, uint32 } from './octets.ts';
import type { RecordFields } from './record.ts';
import { nameLayouts, typeFromNumber, typeNumberOf, type RrType } from './type.ts';

/** Dotted quads. */
const formatIpv4 = (octets: Uint8Array): string => octets.join('.');

/** The one recommended form of RFC 5952 §4. */
export const formatIpv6 = (octets: Uint8Array): string => {
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push((octets[at]! << 8) | octets[at + 1]!);
  // The longest run of two or more zero groups, the first of equals, becomes "::".
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length === 1) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
};

/** Sum over the RDATA that names a key roughly; two keys may share one (RFC 4034 appendix B). */
export const keyTagOf = (rdata: Uint8Array): number => {
  // Algorithm 1 has its own rule (B.1), but no validator may use it any more (RFC 8624 §3.1).
  let sum = 0;
  for (let at = 0; at < rdata.length; at++) sum += at & 1 ? rdata[at]! : rdata[at]! << 8;
  return (sum + Math.floor(sum / 0x10000)) & 0xffff;
};

/** Type bit maps (RFC 4034 §4.1.2); undefined when malformed. */
const decodeTypes = (rdata: Uint8Array, start: number): RrType[] | undefined => {
  const types: RrType[] = [];
  let lastWindow = -1;
  for (let at = start; at < rdata.length;) {
    const window = rdata[at]!;
    const length = rdata[at + 1];
    if (length === undefined || length < 1 || length > 32 || window <= lastWindow) return undefined;
    if (at + 2 + length > rdata.length) return undefined;
    for (let bit = 0; bit < length * 8; bit++)
      if (rdata[at + 2 + (bit >> 3)]! & (0x80 >> (bit & 7)))
        types.push(typeFromNumber(window * 256 + bit));
    lastWindow = window;
    at += 2 + length;
  }
  return types;
};

const decodeStrings = (rdata: Uint8Array): Uint8Array[] | undefined => {
  const strings: Uint8Array[] = [];
  for (let at = 0; at < rdata.length;) {
    const end = at + 1 + rdata[at]!;
    if (end > rdata.length) return undefined;
    strings.push(rdata.subarray(at + 1, end));
    at = end;
  }
  return strings.length === 0 ? undefined : strings;
};

/** Names at the front of RDATA and where they end. */
const decodeNames = (rdata: Uint8Array, start: number, count: number) => {
  const names: DomainName[] = [];
  let at = start;
  while (names.length < count) {
    const decoded = decodeName(rdata, at, false);
    if (decoded === undefined) return undefined;
    names.push(decoded.name);
    at = decoded.end;
  }
  return { names, end: at };
};

/**
 * Reads the fields of a record from RDATA without compression; undefined when it is malformed.
 * A type the core does not read comes back raw.
 */
export function decodeRdata(type: RrType, rdata: Uint8Array): RecordFields | undefined {
  const has = (length: number): boolean => rdata.length >= length;
  switch (type) {
    case 'A':
      return rdata.length === 4 ? { type, address: formatIpv4(rdata) } : undefined;
    case 'AAAA':
      return rdata.length === 16 ? { type, address: formatIpv6(rdata) } : undefined;
    case 'MX': {
      const read = decodeNames(rdata, 2, 1);
      return read?.end === rdata.length
        ? { type, preference: uint16(rdata, 0), exchange: read.names[0]! }
        : undefined;
    }
    case 'NS':
    case 'CNAME':
    case 'DNAME': {
      const read = decodeNames(rdata, 0, 1);
      return read?.end === rdata.length ? { type, target: read.names[0]! } : undefined;
    }
    case 'TXT': {
      const strings = decodeStrings(rdata);
      return strings && { type, strings };
    }
    case 'TLSA':
      return has(3)
        ? {
            type,
            usage: rdata[0]!,
            selector: rdata[1]!,
            matchingType: rdata[2]!,
            association: rdata.subarray(3),
          }
        : undefined;
    case 'SOA': {
      const read = decodeNames(rdata, 0, 2);
      if (read === undefined || read.end + 20 !== rdata.length) return undefined;
      return {
        type,
        primary: read.names[0]!,
        mailbox: read.names[1]!,
        serial: uint32(rdata, read.end),
        minimumSeconds: timeToLive(rdata, read.end + 16),
      };
    }
    case 'CAA': {
      const tagEnd = has(2) ? 2 + rdata[1]! : Infinity;
      if (!has(tagEnd)) return undefined;
      const tag = String.fromCharCode(...rdata.subarray(2, tagEnd));
      return { type, flags: rdata[0]!, tag, value: rdata.subarray(tagEnd) };
    }
    case 'DS':
      return has(4)
        ? {
            type,
            keyTag: uint16(rdata, 0),
            algorithm: rdata[2]!,
            digestType: rdata[3]!,
            digest: rdata.subarray(4),
          }
        : undefined;
    case 'DNSKEY':
      return has(4)
        ? {
            type,
            flags: uint16(rdata, 0),
            protocol: rdata[2]!,
            algorithm: rdata[3]!,
            publicKey: rdata.subarray(4),
            keyTag: keyTagOf(rdata),
          }
        : undefined;
    case 'RRSIG': {
      const read = has(18) ? decodeNames(rdata, 18, 1) : undefined;
      return (
        read && {
          type,
          typeCovered: typeFromNumber(uint16(rdata, 0)),
          algorithm: rdata[2]!,
          labels: rdata[3]!,
          originalTtlSeconds: timeToLive(rdata, 4),
          expiration: uint32(rdata, 8),
          inception: uint32(rdata, 12),
          keyTag: uint16(rdata, 16),
          signer: read.names[0]!,
          signature: rdata.subarray(read.end),
        }
      );
    }
    case 'NSEC': {
      const read = decodeNames(rdata, 0, 1);
      const types = read && decodeTypes(rdata, read.end);
      return types && { type, next: read.names[0]!, types };
    }
    case 'NSEC3': {
      const saltEnd = has(5) ? 5 + rdata[4]! : Infinity;
      const hashEnd = has(saltEnd + 1) ? saltEnd + 1 + rdata[saltEnd]! : Infinity;
      const types = has(hashEnd) ? decodeTypes(rdata, hashEnd) : undefined;
      return (
        types && {
          type,
          hash: rdata[0]!,
          flags: rdata[1]!,
          iterations: uint16(rdata, 2),
          salt: rdata.subarray(5, saltEnd),
          nextHash: formatBase32Hex(rdata.subarray(saltEnd + 1, hashEnd)),
          types,
        }
      );
    }
    case 'NSEC3PARAM':
      return has(5) && rdata.length === 5 + rdata[4]!
        ? { type, hash: rdata[0]!, iterations: uint16(rdata, 2), salt: rdata.subarray(5) }
        : undefined;
    default:
      return { type: `TYPE${typeNumberOf(type)}`, rdata };
  }
}

/**
 * Rewrites RDATA name by name where its type has names; undefined when it does not fit its type.
 * `fold` makes the canonical form (RFC 4034 §6.2); otherwise only compression is taken away.
 */
export function rewriteRdata(
  type: RrType,
  octets: Uint8Array,
  start: number,
  end: number,
  fold: boolean,
): Uint8Array | undefined {
  const layout = nameLayouts.get(typeNumberOf(type));
  if (layout === undefined) return octets.slice(start, end);
  const parts: Uint8Array[] = [];
  let at = start;
  for (const part of layout) {
    if (part === 'n') {
      const decoded = decodeName(octets, at);
      if (decoded === undefined) return undefined;
      if (fold) parts.push(encodeName(decoded.name));
      else parts.push(...decoded.parts);
      at = decoded.end;
    } else {
      const length = part === '*' ? end - at : part === 's' ? 1 + (octets[at] ?? 0) : part;
      if (at + length > end) return undefined;
      parts.push(octets.subarray(at, at + length));
      at += length;
    }
    if (at > end) return undefined;
  }
  return at === end ? concatOctets(parts) : undefined;
}

/** The RDATA that a signature covers: embedded names lower case for the listed types only. */
export const canonicalRdata = (type: RrType, rdata: Uint8Array): Uint8Array =>
  rewriteRdata(type, rdata, 0, rdata.length, true) ?? rdata;
