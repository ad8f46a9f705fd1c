/** Records of a scenario as the core's records; TLSA data made from the world's own certificates. */
import { hexToOctets, textToOctets } from '../../core/grammar/octets.ts';
import { nameOf, type DomainName } from '../../core/dns/name.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import type { ForgedData, TlsaSubject, ZoneRecord } from './scenario.ts';
import { symbolicDigest, type SymbolicChain } from './symbolic-certificate.ts';

const ttlDefaultSeconds = 3600;
const stringOctets = 255;

/** The chain that stands for an id of a certificate. */
export type ChainOf = (id: string) => SymbolicChain;

/** `3 1 1` of the certificate that the attacker shows. */
export const tlsaOfAttacker: ForgedData = {
  ...{ usage: 3, selector: 1, matchingType: 1 },
  of: { certificate: 'attacker: self', part: 'leaf' },
};

/** A record of a zone, or one that an attacker writes. */
export function recordOf(
  name: DomainName,
  data: ZoneRecord | ForgedData,
  chainOf: ChainOf,
): ResourceRecord {
  const { ttlSeconds = ttlDefaultSeconds } = 'ttlSeconds' in data ? data : {};
  const owned = { name, ttlSeconds };
  if ('address' in data) {
    const six = data.address.includes(':');
    return { ...owned, type: six ? 'AAAA' : 'A', address: data.address };
  }
  if ('exchange' in data) {
    const { preference, exchange } = data;
    return { ...owned, type: 'MX', preference, exchange: nameOf(exchange) };
  }
  if ('target' in data) return { ...owned, type: 'CNAME', target: nameOf(data.target) };
  if ('text' in data) return { ...owned, type: 'TXT', strings: stringsOf(data.text) };
  const { usage, selector, matchingType, of } = data;
  const association = associationOf(selector, matchingType, of, chainOf);
  return { ...owned, type: 'TLSA', usage, selector, matchingType, association };
}

function associationOf(
  selector: number,
  matchingType: number,
  of: TlsaSubject,
  chainOf: ChainOf,
): Uint8Array {
  if (typeof of === 'object' && 'hex' in of) return hexToOctets(of.hex);
  const { certificate, part } =
    of === 'no-certificate' ? { certificate: 'no certificate', part: 'leaf' as const } : of;
  const { spki, der } = chainOf(certificate)[part];
  const octets = selector === 1 ? spki : der;
  return matchingType === 1 || matchingType === 2 ? symbolicDigest(matchingType, octets) : octets;
}

/** Character-strings of at most 255 octets (RFC 1035 §3.3.14). */
function stringsOf(text: string): readonly Uint8Array[] {
  const octets = textToOctets(text);
  const strings: Uint8Array[] = [];
  for (let at = 0; at < octets.length || at === 0; at += stringOctets)
    strings.push(octets.slice(at, at + stringOctets));
  return strings;
}
