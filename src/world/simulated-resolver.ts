/**
 * The sender's resolver in a simulated world: answers from the scenario's zones, what an attacker
 * makes of them on the way, and what validation makes of that.
 *
 * The security status is worked out link by link (RFC 4035 §4.3, RFC 7672 §2.1.3): a forged answer
 * for a signed zone is bogus, for an unsigned zone it is an answer like any other.
 */
import type { AliasLink, LookupAnswer, LookupFailure } from '../core/ask.ts';
import { parentOf, type DomainName } from '../core/dns/name.ts';
import type { ResourceRecord, RrType } from '../core/dns/record.ts';
import type { Tampering } from '../core/trace.ts';
import type { Attacker, DnsAction, DnsAttack, ForgedData, Scenario, Zone } from './scenario.ts';
import type { RecordMaker } from './simulated-records.ts';

export interface Resolved {
  readonly answer: LookupAnswer;
  readonly tampered?: Tampering;
}

/** One question answered by authority or attacker, before aliases are followed. */
interface Link {
  readonly outcome:
    | { readonly kind: 'records'; readonly records: readonly ResourceRecord[] }
    | { readonly kind: 'alias'; readonly to: DomainName }
    | { readonly kind: 'absent'; readonly denial: 'nxdomain' | 'nodata' }
    | { readonly kind: 'failed'; readonly why: LookupFailure };
  readonly security: 'secure' | 'insecure';
}

const aliasesMost = 8;

const attackKey = (name: string, type: string): string => `${name}/${type}`;

const indexOf = (attacks: readonly DnsAttack[] | undefined): ReadonlyMap<string, DnsAction> =>
  new Map((attacks ?? []).map(({ name, type, action }) => [attackKey(name, type), action]));

export class SimulatedResolver {
  readonly #validates: boolean;
  readonly #records: RecordMaker;
  readonly #zones: readonly Zone[];
  readonly #byName = new Map<string, Map<string, ResourceRecord[]>>();
  readonly #hasWildcards: boolean;
  readonly #network: ReadonlyMap<string, DnsAction>;
  readonly #stub: ReadonlyMap<string, DnsAction>;
  readonly #stolen: ReadonlySet<string>;
  readonly #answers = new Map<string, Resolved>();

  constructor(scenario: Scenario, attacker: Attacker, records: RecordMaker) {
    this.#validates = scenario.resolver.validates;
    this.#records = records;
    this.#zones = scenario.zones.toSorted((one, other) => other.name.length - one.name.length);
    for (const zone of scenario.zones)
      for (const data of zone.records) {
        const record = records.make(data);
        const types = this.#byName.get(record.name) ?? new Map<string, ResourceRecord[]>();
        this.#byName.set(record.name, types);
        const set = types.get(record.type);
        if (set === undefined) types.set(record.type, [record]);
        else set.push(record);
      }
    this.#hasWildcards = [...this.#byName.keys()].some((name) => name.startsWith('*.'));
    this.#network = indexOf(attacker.dns);
    this.#stub = scenario.resolver.path === 'attackable' ? indexOf(attacker.stub) : new Map();
    this.#stolen = new Set(attacker.zoneKeys);
  }

  /** The same question gets the same answer, as an object too: a world does not change while asked. */
  lookup(name: DomainName, type: RrType): Resolved {
    const key = attackKey(name, type);
    let resolved = this.#answers.get(key);
    if (resolved === undefined) {
      resolved = this.#throughStub(name, type, this.#resolve(name, type, this.#network));
      this.#answers.set(key, resolved);
    }
    return resolved;
  }

  #resolve(name: DomainName, type: RrType, network: ReadonlyMap<string, DnsAction>): Resolved {
    const aliases: AliasLink[] = [];
    let touched: string | undefined;
    let security: 'secure' | 'insecure' = 'secure';
    let owner = name;
    for (let hop = 0; hop <= aliasesMost; hop += 1) {
      const action = network.get(attackKey(owner, type));
      if (action !== undefined) touched = 'dns';
      const link = this.#link(owner, type, action, network);
      if (link.security === 'insecure') security = 'insecure';
      const { outcome } = link;
      if (outcome.kind === 'alias') {
        aliases.push({ from: owner, to: outcome.to, security: link.security });
        owner = outcome.to;
        continue;
      }
      return this.#told(name, type, touched, answerOf(outcome, security, aliases));
    }
    return this.#told(name, type, touched, { kind: 'failed', why: 'alias-loop' });
  }

  #told(
    name: DomainName,
    type: RrType,
    touched: string | undefined,
    answer: LookupAnswer,
  ): Resolved {
    if (touched === undefined) return { answer };
    const original = this.#resolve(name, type, new Map()).answer;
    return { answer, tampered: { by: touched, original } };
  }

  #link(
    name: DomainName,
    type: RrType,
    action: DnsAction | undefined,
    network: ReadonlyMap<string, DnsAction>,
  ): Link {
    const zone = this.#zones.find((each) => name === each.name || name.endsWith(`.${each.name}`));
    const isSigned = this.#validates && zone?.signed === true;
    // Who takes away the zone's keys, or its parent's word for them, breaks the chain: never "unsigned".
    const isCut = (keys: RrType) => network.has(attackKey(zone?.name ?? '', keys));
    if (action === undefined && isSigned && (isCut('DNSKEY') || isCut('DS')))
      return failed('bogus');
    if (action === 'drop') return failed('timeout');
    if (action === 'servfail') return failed('servfail');
    if (action !== undefined) {
      // Without the zone's key a forged answer cannot carry a signature that validates.
      if (isSigned && !this.#stolen.has(zone.name)) return failed('bogus');
      return {
        outcome: this.#forged(name, type, action),
        security: isSigned ? 'secure' : 'insecure',
      };
    }
    if (zone?.failing?.includes(type) === true) return failed('servfail');
    const types = this.#byName.get(name) ?? this.#fromWildcard(name, zone);
    const records = types?.get(type);
    const alias = type === 'CNAME' ? undefined : types?.get('CNAME')?.[0];
    const answers: RrType | undefined = alias !== undefined ? 'CNAME' : records && type;
    const proofs: readonly RrType[] = answers === undefined ? ['NSEC', 'NSEC3', 'SOA'] : [answers];
    const isBroken = [...proofs, 'DNSKEY' as const].some((each) => zone?.bogus?.includes(each));
    if (isSigned && (zone.expired === true || isBroken)) return failed('bogus');
    const security = isSigned ? 'secure' : 'insecure';
    if (alias?.type === 'CNAME') return { outcome: { kind: 'alias', to: alias.target }, security };
    if (records !== undefined) return { outcome: { kind: 'records', records }, security };
    const denial = types !== undefined || this.#isNonTerminal(name) ? 'nodata' : 'nxdomain';
    return { outcome: { kind: 'absent', denial }, security };
  }

  /** Records of the wildcard below the closest name that exists (RFC 4592 §3.3.1), for this owner. */
  #fromWildcard(
    name: DomainName,
    zone: Zone | undefined,
  ): Map<string, readonly ResourceRecord[]> | undefined {
    if (zone === undefined || !this.#hasWildcards || this.#isNonTerminal(name)) return undefined;
    let encloser = parentOf(name);
    while (encloser !== zone.name && !this.#byName.has(encloser) && !this.#isNonTerminal(encloser))
      encloser = parentOf(encloser);
    const found = this.#byName.get(`*.${encloser}`);
    if (found === undefined) return undefined;
    return new Map(
      [...found].map(([type, records]) => [type, records.map((each) => ({ ...each, name }))]),
    );
  }

  /** A name that exists because names below it do, or because a zone begins there. */
  #isNonTerminal(name: DomainName): boolean {
    if (this.#zones.some((zone) => zone.name === name)) return true;
    for (const other of this.#byName.keys()) if (other.endsWith(`.${name}`)) return true;
    return false;
  }

  #forged(name: DomainName, type: RrType, action: DnsAction): Link['outcome'] {
    if (action === 'nxdomain' || action === 'nodata') return { kind: 'absent', denial: action };
    if (action === 'servfail' || action === 'drop') return { kind: 'failed', why: 'servfail' };
    const data = action === 'tlsa-of-attacker' ? [this.#records.tlsaOfAttacker] : action.answer;
    const records = data.map((each: ForgedData) => this.#records.forge(name, type, each));
    return { kind: 'records', records };
  }

  /** Between resolver and sender nothing is signed: the AD bit is whatever the attacker wrote. */
  #throughStub(name: DomainName, type: RrType, resolved: Resolved): Resolved {
    const action = this.#stub.get(attackKey(name, type));
    if (action === undefined) return resolved;
    const original = resolved.tampered?.original ?? resolved.answer;
    const tampered: Tampering = { by: 'stub', original };
    if (action === 'drop') return { answer: { kind: 'failed', why: 'timeout' }, tampered };
    if (action === 'servfail') return { answer: { kind: 'failed', why: 'servfail' }, tampered };
    return { answer: answerOf(this.#forged(name, type, action), 'secure', []), tampered };
  }
}

const failed = (why: LookupFailure): Link => ({
  outcome: { kind: 'failed', why },
  security: 'insecure',
});

function answerOf(
  outcome: Exclude<Link['outcome'], { kind: 'alias' }> | Link['outcome'],
  security: 'secure' | 'insecure',
  aliases: readonly AliasLink[],
): LookupAnswer {
  if (outcome.kind === 'records')
    return { kind: 'found', security, records: outcome.records, aliases };
  if (outcome.kind === 'absent')
    return { kind: 'absent', security, denial: outcome.denial, aliases };
  return { kind: 'failed', why: outcome.kind === 'failed' ? outcome.why : 'alias-loop' };
}
