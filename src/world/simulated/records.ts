/** Records of a scenario as the core's records; TLSA data made from the world's own certificates. */
import { hexToOctets, textToOctets } from '../../core/grammar/octets.ts';
import { nameOf, type DomainName } from '../../core/dns/name.ts';
import type { ResourceRecord, RrType } from '../../core/dns/record.ts';
import type { ForgedData, TlsaSubject, ZoneRecord } from './scenario.ts';
import { symbolicDigest, type SymbolicChain } from './symbolic-certificate.ts';

const ttlDefaultSeconds = 3600;
const stringOctets = 255;

type TlsaData = Extract<ForgedData, { usage: number }>;

export class RecordMaker {
  readonly #chainOf: (id: string) => SymbolicChain | undefined;
  /** `3 1 1` of the certificate that the attacker shows. */
  readonly tlsaOfAttacker: ForgedData;

  constructor(chainOf: (id: string) => SymbolicChain | undefined, attackersCertificate: string) {
    this.#chainOf = chainOf;
    const of = { certificate: attackersCertificate, part: 'leaf' } as const;
    this.tlsaOfAttacker = { usage: 3, selector: 1, matchingType: 1, of };
  }

  make(data: ZoneRecord): ResourceRecord {
    const { name, type, ttlSeconds = ttlDefaultSeconds } = data;
    return this.#record(nameOf(name), type, ttlSeconds, data);
  }

  forge(name: DomainName, type: RrType, data: ForgedData): ResourceRecord {
    return this.#record(name, type, ttlDefaultSeconds, data);
  }

  #record(
    name: DomainName,
    type: RrType,
    ttlSeconds: number,
    data: ZoneRecord | ForgedData,
  ): ResourceRecord {
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
    if ('usage' in data) return { ...owned, type: 'TLSA', ...this.#tlsa(data) };
    throw new Error(`no record data for ${name} ${type}`);
  }

  #tlsa({ usage, selector, matchingType, of }: TlsaData) {
    const association = this.#association(selector, matchingType, of);
    return { usage, selector, matchingType, association };
  }

  #association(selector: number, matchingType: number, of: TlsaSubject): Uint8Array {
    if (typeof of === 'object' && 'hex' in of) return hexToOctets(of.hex);
    const chain = of === 'no-certificate' ? this.#chainOf('no certificate') : undefined;
    const subject = typeof of === 'object' ? this.#chainOf(of.certificate) : chain;
    if (subject === undefined)
      throw new Error(`no certificate for a TLSA record: ${JSON.stringify(of)}`);
    const part = typeof of === 'object' && of.part === 'anchor' ? subject.anchor : subject.leaf;
    const octets = selector === 1 ? part.spki : part.der;
    return matchingType === 1 || matchingType === 2 ? symbolicDigest(matchingType, octets) : octets;
  }
}

/** Character-strings of at most 255 octets (RFC 1035 §3.3.14). */
function stringsOf(text: string): readonly Uint8Array[] {
  const octets = textToOctets(text);
  const strings: Uint8Array[] = [];
  for (let at = 0; at < octets.length || at === 0; at += stringOctets)
    strings.push(octets.slice(at, at + stringOctets));
  return strings;
}
