/**
 * The authoritative side of a simulated DNS: a root, the scenario's zones below it, signed with
 * symbols where the scenario says so, with proofs of what is absent.
 */
import { keptIn } from '../../core/once-per.ts';
import { encodeTlsa } from '../../core/dane/usable.ts';
import { textToOctets } from '../../core/grammar/octets.ts';
import { compareOctets, concatOctets, formatBase32Hex } from '../../core/dns/octets.ts';
import {
  compareNames,
  encodeName,
  isSubdomainOf,
  labelsOf,
  parentOf,
  prefixName,
  rootName,
  wildcardOf,
  nameOf,
  type DomainName,
} from '../../core/dns/name.ts';
import { type Message, rcodes } from '../../core/dns/message.ts';
import type { ResourceRecord, RrType, WireRecord } from '../../core/dns/record.ts';
import { typeNumberOf } from '../../core/dns/type.ts';
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
import type { Zone } from './scenario.ts';
import {
  digestSymbolic,
  symbolicDs,
  symbolicKey,
  symbolicSignature,
  wireRecord,
  type SymbolicKey,
} from './symbolic-signer.ts';

interface SignedZone {
  readonly name: DomainName;
  readonly zone: Pick<Zone, 'signed' | 'expired' | 'bogus' | 'failing' | 'denial'>;
  readonly key: SymbolicKey;
  /** Owner names in canonical order, with their types. */
  readonly nodes: Map<DomainName, Map<RrType, WireRecord[]>>;
}

/** What stands where a record's own octets would: enough to tell one record from another. */
function octetsFor(record: ResourceRecord): Uint8Array {
  switch (record.type) {
    case 'MX':
      return concatOctets([
        Uint8Array.of(record.preference >> 8, record.preference & 255),
        encodeName(record.exchange),
      ]);
    case 'CNAME':
      return encodeName(record.target);
    case 'TXT':
      return concatOctets(
        record.strings.flatMap((text) => [Uint8Array.of(text.length & 255), text]),
      );
    case 'TLSA':
      return encodeTlsa(record);
    case 'A':
    case 'AAAA':
      return textToOctets(record.address);
    default:
      throw new Error(`a scenario has no ${record.type} records`);
  }
}

export const withOctets = (record: ResourceRecord): WireRecord => ({
  ...record,
  rdata: octetsFor(record),
});

const bitmap = (types: readonly RrType[]): Uint8Array => {
  const windows = new Map<number, Uint8Array>();
  for (const number of types.map(typeNumberOf)) {
    const bits = keptIn(windows, number >> 8, () => new Uint8Array(32));
    bits[(number & 255) >> 3]! |= 0x80 >> (number & 7);
  }
  return concatOctets(
    [...windows]
      .sort(([left], [right]) => left - right)
      .map(([window, bits]) => concatOctets([Uint8Array.of(window, 32), bits])),
  );
};

export class SimulatedZones {
  readonly #zones: readonly SignedZone[];
  readonly #answers = new Map<string, Message>();
  readonly #proofs = new Map<string, readonly WireRecord[]>();
  readonly #chains = new Map<SignedZone, readonly { hash: Uint8Array; name: DomainName }[]>();

  constructor(zones: readonly Zone[], make: (data: Zone['records'][number]) => ResourceRecord) {
    const root = { name: '.', signed: true, records: [] } as const;
    this.#zones = [root, ...zones].map((zone) => {
      const name = zone.name === '.' ? rootName : nameOf(zone.name);
      const key = symbolicKey(name);
      const nodes: SignedZone['nodes'] = new Map();
      const each = { name, zone, key, nodes };
      add(each, wireRecord(name, 'DNSKEY', key.rdata));
      add(each, soaOf(name));
      add(each, wireRecord(name, 'NS', encodeName(name)));
      for (const data of zone.records) add(each, withOctets(make(data)));
      return each;
    });
    // From the deepest, so that the first that fits a name holds it.
    this.#zones = this.#zones.toSorted((one, two) => depth(two.name) - depth(one.name));
    for (const child of this.#zones) {
      const parent = child.name === rootName ? undefined : this.#holding(parentOf(child.name));
      if (parent === undefined) continue;
      add(parent, wireRecord(child.name, 'NS', encodeName(child.name)));
      if (child.zone.signed) add(parent, symbolicDs(child.key));
    }
  }

  /** The root's key, as a resolver is given it. */
  get anchor(): TrustAnchor {
    return symbolicDs(this.#zones.at(-1)!.key);
  }

  /** True where the servers give no usable answer for a type. */
  isFailing(name: DomainName, type: RrType): boolean {
    const zone = this.#holding(type === 'DS' ? parentOf(name) : name);
    return zone.zone.failing?.includes(type) === true;
  }

  /** The genuine answer to one question, with its signatures. */
  answer(name: DomainName, type: RrType): Message {
    return keptIn(this.#answers, `${name}/${type}`, () => this.#answer(name, type));
  }

  #answer(name: DomainName, type: RrType): Message {
    const zone = this.#holding(type === 'DS' ? parentOf(name) : name);
    const exists = this.#exists(zone, name);
    const owner = exists ? name : wildcardOf(this.#encloser(zone, name))!;
    const types = zone.nodes.get(owner);
    // A looked-up alias may be a zone of its own here: its key is asked for by name, not its target's.
    const records = types?.get(type) ?? types?.get('CNAME');
    if (records === undefined)
      return messageTo(name, type, {
        rcode: exists || types ? rcodes.noError : rcodes.nxDomain,
        authority: this.#absence(zone, name),
      });
    return messageTo(name, type, {
      answer: this.#signed(zone, records).map((record) => ({ ...record, name })),
      // That nothing closer than the wildcard stands there (RFC 4035 §3.1.3.3).
      authority: exists ? [] : this.#absence(zone, name),
    });
  }

  /** Other records under this name; signed, and so believed, by whoever holds the zone's key. */
  forged(
    name: DomainName,
    type: RrType,
    forged: readonly ResourceRecord[] | 'nxdomain' | 'nodata',
    stolen: ReadonlySet<string>,
  ): Message {
    const zone = this.#holding(name);
    const sign = (records: readonly WireRecord[]) =>
      stolen.has(zone.name) ? [...records, symbolicSignature(records, zone.key)] : records;
    if (typeof forged === 'object')
      return messageTo(name, type, { answer: sign(forged.map(withOctets)) });
    const owner = forged === 'nodata' ? name : zone.name;
    const span = spanAt(owner, zone.name, owner === zone.name ? ['NS', 'SOA'] : ['RRSIG']);
    return messageTo(name, type, {
      rcode: forged === 'nxdomain' ? rcodes.nxDomain : rcodes.noError,
      authority: stolen.has(zone.name) ? sign([span]) : [],
    });
  }

  #holding(name: DomainName): SignedZone {
    return this.#zones.find((each) => isSubdomainOf(name, each.name))!;
  }

  #signed(zone: SignedZone, records: readonly WireRecord[]): readonly WireRecord[] {
    const { signed, expired = false, bogus } = zone.zone;
    const { type } = records[0]!;
    if (!signed) return records;
    const isBroken = bogus?.includes(type) === true;
    return [...records, symbolicSignature(records, zone.key, { isExpired: expired, isBroken })];
  }

  /** A name with records, or above one. */
  #exists(zone: SignedZone, name: DomainName): boolean {
    return [...zone.nodes.keys()].some((each) => isSubdomainOf(each, name));
  }

  #absence(zone: SignedZone, name: DomainName): readonly WireRecord[] {
    const soa = soaOf(zone.name);
    if (!zone.zone.signed) return [soa];
    const spans = zone.zone.denial === 'nsec3' ? this.#hashed(zone, name) : this.#named(zone, name);
    return [soa, ...spans].flatMap((record) => {
      const key = `${zone.name}/${record.name}/${record.type}`;
      return keptIn(this.#proofs, key, () => this.#signed(zone, [record]));
    });
  }

  /** NSEC: at the name, or around it and around the wildcard that could have made it. */
  #named(zone: SignedZone, name: DomainName): readonly WireRecord[] {
    const names = [...zone.nodes.keys()].sort(compareNames);
    const spanFor = (wanted: DomainName): WireRecord => {
      const after = names.findIndex((each) => compareNames(each, wanted) > 0);
      const owner = names[(after < 0 ? names.length : after) - 1]!;
      return spanAt(owner, names[after < 0 ? 0 : after]!, typesAt(zone, owner));
    };
    if (this.#exists(zone, name)) return [spanFor(name)];
    const [first, second] = [spanFor(name), spanFor(wildcardOf(this.#encloser(zone, name))!)];
    return first.name === second.name ? [first] : [first, second];
  }

  /** NSEC3: the closest name that exists, the next closer one and the wildcard that do not. */
  #hashed(zone: SignedZone, name: DomainName): readonly WireRecord[] {
    const chain = keptIn(this.#chains, zone, () => hashChain(zone));
    const spanFor = (wanted: DomainName): WireRecord => {
      const hash = hashOf(wanted);
      const after = chain.findIndex((each) => compareOctets(each.hash, hash) > 0);
      const owner = chain[(after < 0 ? chain.length : after) - 1] ?? chain.at(-1)!;
      const next = chain[after < 0 ? 0 : after]!;
      const types = typesAt(zone, owner.name);
      const rdata = concatOctets([
        Uint8Array.of(1, 0, 0, 0, 0, 20),
        next.hash,
        types.length === 0 ? new Uint8Array() : bitmap(types),
      ]);
      const label = prefixName([formatBase32Hex(owner.hash)], zone.name)!;
      return wireRecord(label, 'NSEC3', rdata);
    };
    if (this.#exists(zone, name)) return [spanFor(name)];
    const encloser = this.#encloser(zone, name);
    let nextCloser = name;
    while (parentOf(nextCloser) !== encloser) nextCloser = parentOf(nextCloser);
    const spans = [encloser, nextCloser, wildcardOf(encloser)!].map(spanFor);
    return [...new Map(spans.map((span) => [span.name, span])).values()];
  }

  #encloser(zone: SignedZone, name: DomainName): DomainName {
    let encloser = parentOf(name);
    while (!this.#exists(zone, encloser)) encloser = parentOf(encloser);
    return encloser;
  }
}

const depth = (name: DomainName): number => labelsOf(name).length;

const add = ({ nodes }: SignedZone, record: WireRecord): void => {
  const types = keptIn(nodes, record.name, () => new Map<RrType, WireRecord[]>());
  keptIn(types, record.type, () => []).push(record);
};

const soaOf = (zone: DomainName): WireRecord =>
  wireRecord(zone, 'SOA', concatOctets([encodeName(zone), encodeName(zone), new Uint8Array(20)]));

const typesAt = ({ nodes }: SignedZone, name: DomainName): readonly RrType[] => {
  const types = nodes.get(name);
  return types === undefined ? [] : [...types.keys(), 'RRSIG'];
};

const spanAt = (owner: DomainName, next: DomainName, types: readonly RrType[]): WireRecord =>
  wireRecord(owner, 'NSEC', concatOctets([encodeName(next), bitmap([...types, 'NSEC'])]));

const hashOf = (name: DomainName): Uint8Array =>
  digestSymbolic({ ask: 'digest', algorithm: 'sha-1', data: encodeName(name) });

const hashChain = ({ name: zone, nodes }: SignedZone) => {
  const names = new Set<DomainName>();
  for (const node of nodes.keys())
    for (let name = node; isSubdomainOf(name, zone); name = parentOf(name)) {
      names.add(name);
      if (name === rootName) break;
    }
  return [...names]
    .map((name) => ({ name, hash: hashOf(name) }))
    .sort((one, two) => compareOctets(one.hash, two.hash));
};

const messageTo = (
  name: DomainName,
  type: RrType,
  rest: Partial<Pick<Message, 'rcode' | 'answer' | 'authority'>>,
): Message => ({
  id: 0,
  isResponse: true,
  opcode: 0,
  isTruncated: false,
  authenticData: false,
  checkingDisabled: true,
  rcode: rcodes.noError,
  questions: [{ name, type, class: 1 }],
  answer: [],
  authority: [],
  extendedErrors: [],
  ...rest,
});
