/**
 * The sender's resolver in a simulated world: it asks the scenario's zones, through whatever an
 * attacker does on the way, and judges what comes back with the validator of the live check, over
 * symbolic keys. A forged answer for a signed zone is bogus because its signature is missing, not
 * because somebody wrote here that it is.
 */
import type { LookupAnswer, MessageAnswer } from '../../core/ask.ts';
import { distinctRecords } from '../../core/dns/distinct.ts';
import { isSubdomainOf, nameOf, type DomainName } from '../../core/dns/name.ts';
import type { ResourceRecord, RrType, WireRecord } from '../../core/dns/record.ts';
import { validationPolicy } from '../../core/dnssec/policy.ts';
import { openSession, type Session } from '../../core/dnssec/session.ts';
import { validateLookup } from '../../core/dnssec/validate.ts';
import { keptIn, oncePer } from '../../core/once-per.ts';
import type { Tampering } from '../../core/trace.ts';
import { run, type World } from '../run.ts';
import type { DnsAction, DnsAttack, Scenario } from './scenario.ts';
import { recordOf, tlsaOfAttacker, type ChainOf } from './records.ts';
import { SimulatedZones, withOctets } from './zones.ts';
import { digestSymbolic, symbolicNowSeconds, verifySymbolic } from './symbolic-signer.ts';

export interface Resolved {
  readonly answer: LookupAnswer;
  readonly tampered?: Tampering;
}

const attackKey = (name: string, type: string): string => `${name}/${type}`;

const indexOf = (attacks: readonly DnsAttack[] | undefined): ReadonlyMap<string, DnsAction> =>
  new Map((attacks ?? []).map(({ name, type, action }) => [attackKey(name, type), action]));

/** A resolver with what it has learned: the standing of each zone is worked out once. */
interface Side {
  readonly session: Session;
  readonly world: World;
  readonly answers: Map<string, LookupAnswer>;
}

/** The zones of a scenario, what a resolver that nobody disturbs makes of them, and each that is. */
interface Undisturbed {
  readonly zones: SimulatedZones;
  readonly side: Side;
  /** By what is done on the way and with which keys. */
  readonly attacked: Map<string, Network>;
}

/**
 * Kept between worlds: most scenarios of a comparison, a matrix or a walk through weeks have the
 * same zones, and many the same attacker; the sender differs, and what it remembers.
 */
const undisturbed = new Map<string, Undisturbed>();
const undisturbedMost = 200;

/** The sender's side of its resolver: what the network gives, and who sits in between. */
export class SimulatedResolver {
  readonly #network: Network;
  readonly #stub: ReadonlyMap<string, DnsAction>;
  readonly #chainOf: ChainOf;
  readonly #told = new Map<string, Resolved>();

  constructor(scenario: Scenario, chainOf: ChainOf) {
    const known = knownFor(scenario, chainOf);
    const { dns = [], zoneKeys, stub } = scenario.attacker;
    const key = dns.length === 0 ? '' : JSON.stringify([dns, zoneKeys]);
    this.#network = keptIn(known.attacked, key, () => new Network(known, scenario, chainOf));
    this.#stub = scenario.resolver.path === 'attackable' ? indexOf(stub) : new Map();
    this.#chainOf = chainOf;
  }

  /** The same question gets the same answer, as an object too: a world does not change while asked. */
  lookup(name: DomainName, type: RrType): Resolved {
    if (this.#stub.size === 0) return this.#network.lookup(name, type);
    return keptIn(this.#told, attackKey(name, type), () => this.#throughStub(name, type));
  }

  /** Between resolver and sender nothing is signed: the AD bit is whatever the attacker wrote. */
  #throughStub(name: DomainName, type: RrType): Resolved {
    const resolved = this.#network.lookup(name, type);
    const action = this.#stub.get(attackKey(name, type));
    if (action === undefined) return resolved;
    const tampered: Tampering = {
      by: 'stub',
      get original() {
        return resolved.tampered?.original ?? resolved.answer;
      },
    };
    if (action === 'drop') return { answer: { kind: 'failed', why: 'timeout' }, tampered };
    if (action === 'servfail') return { answer: { kind: 'failed', why: 'servfail' }, tampered };
    const rest = { security: 'secure', aliases: [] } as const;
    if (action === 'nxdomain' || action === 'nodata')
      return { answer: { kind: 'absent', denial: action, ...rest }, tampered };
    const records = distinctRecords(forgedRecords(name, action, this.#chainOf).map(withOctets));
    return { answer: { kind: 'found', records, ...rest }, tampered };
  }
}

/** Records as an attacker writes them. */
const forgedRecords = (
  name: DomainName,
  action: Extract<DnsAction, object | 'tlsa-of-attacker'>,
  chainOf: ChainOf,
): readonly ResourceRecord[] =>
  (action === 'tlsa-of-attacker' ? [tlsaOfAttacker] : action.answer).map((data) =>
    recordOf(name, data, chainOf),
  );

/** Zones, somebody on the way to them (or nobody), and what a resolver concludes from what arrives. */
class Network {
  readonly #validates: boolean;
  readonly #chainOf: ChainOf;
  readonly #known: Pick<Undisturbed, 'zones' | 'side'>;
  readonly #actions: ReadonlyMap<string, DnsAction>;
  readonly #stolen: ReadonlySet<string>;
  /** Zones whose keys, or whose parent's word for them, somebody changes: all below is touched. */
  readonly #cut: readonly DomainName[];
  readonly #answers = new Map<RrType, Map<DomainName, Resolved>>();
  #attacked: Side | undefined;

  constructor(
    known: Pick<Undisturbed, 'zones' | 'side'>,
    { resolver, attacker: { dns = [], zoneKeys = [] } }: Scenario,
    chainOf: ChainOf,
  ) {
    this.#validates = resolver.validates;
    this.#chainOf = chainOf;
    this.#known = known;
    this.#actions = indexOf(dns);
    this.#stolen = new Set(zoneKeys.map((zone) => nameOf(zone)));
    this.#cut = dns
      .filter(({ type }) => type === 'DS' || type === 'DNSKEY')
      .map(({ name }) => nameOf(name));
  }

  lookup(name: DomainName, type: RrType): Resolved {
    // Asked for every delivery of a matrix: for a known answer no closure is made.
    const known = this.#answers.get(type)?.get(name);
    if (known !== undefined) return known;
    const resolved = this.#resolve(name, type);
    keptIn(this.#answers, type, () => new Map<DomainName, Resolved>()).set(name, resolved);
    return resolved;
  }

  #resolve(name: DomainName, type: RrType): Resolved {
    const { side } = this.#known;
    if (!this.#isTouched(name, type)) return { answer: proved(side, name, type) };
    const answer = proved((this.#attacked ??= this.#open()), name, type);
    const tampered: Tampering = {
      by: 'dns',
      // Worked out when somebody looks at it: whoever only counts outcomes does not.
      get original() {
        return proved(side, name, type);
      },
    };
    return { answer, tampered };
  }

  /** A resolver that asks through the attacker, and knows the zones he leaves alone. */
  #open(): Side {
    const { zones, side } = this.#known;
    const attacked = opened(zones, this.#validates, (name, type) => this.#arriving(name, type));
    if (this.#cut.length > 0) return attacked;
    const { cuts, responses, checked } = side.session;
    for (const [zone, cut] of cuts) attacked.session.cuts.set(zone, cut);
    for (const [key, response] of responses)
      if (!this.#actions.has(key)) attacked.session.responses.set(key, response);
    return { ...attacked, session: { ...attacked.session, checked } };
  }

  /** True when an attack lies on the way from a name through its aliases. */
  #isTouched(name: DomainName, type: RrType): boolean {
    if (this.#actions.size === 0) return false;
    const seen = new Set<DomainName>();
    for (let owner: DomainName | undefined = name; owner !== undefined && !seen.has(owner);) {
      const below = owner;
      if (this.#actions.has(attackKey(owner, type))) return true;
      if (this.#cut.some((zone) => isSubdomainOf(below, zone))) return true;
      seen.add(owner);
      const record: WireRecord | undefined = this.#known.zones.answer(owner, type).answer[0];
      owner = record?.type === 'CNAME' && type !== 'CNAME' ? record.target : undefined;
    }
    return false;
  }

  /** The message that arrives at the resolver. */
  #arriving(name: DomainName, type: RrType): MessageAnswer {
    const action = this.#actions.get(attackKey(name, type));
    if (action === undefined) return authority(this.#known.zones, name, type);
    if (action === 'drop') return { kind: 'failed', why: 'timeout' };
    if (action === 'servfail') return { kind: 'failed', why: 'servfail' };
    const forged =
      action === 'nxdomain' || action === 'nodata'
        ? action
        : forgedRecords(name, action, this.#chainOf);
    return { kind: 'message', message: this.#known.zones.forged(name, type, forged, this.#stolen) };
  }
}

const textOf = oncePer((content: object) => JSON.stringify(content));

function knownFor(scenario: Scenario, chainOf: ChainOf): Undisturbed {
  const { zones, certificates, resolver } = scenario;
  const key = `${resolver.validates} ${textOf(zones)} ${textOf(certificates)}`;
  return keptIn(undisturbed, key, () => {
    if (undisturbed.size >= undisturbedMost) undisturbed.clear();
    const made = new SimulatedZones(zones, (data) => recordOf(nameOf(data.name), data, chainOf));
    const ask = (name: DomainName, type: RrType) => authority(made, name, type);
    return { zones: made, side: opened(made, resolver.validates, ask), attacked: new Map() };
  });
}

const authority = (zones: SimulatedZones, name: DomainName, type: RrType): MessageAnswer =>
  zones.isFailing(name, type)
    ? { kind: 'failed', why: 'servfail' }
    : { kind: 'message', message: zones.answer(name, type) };

function opened(
  zones: SimulatedZones,
  validates: boolean,
  ask: (name: DomainName, type: RrType) => MessageAnswer,
): Side {
  // A resolver that does not validate trusts no key: to it nothing is secure and nothing bogus.
  const anchors = validates ? [zones.anchor] : [];
  const world: World = {
    answer(question) {
      switch (question.ask) {
        case 'message':
          return { answer: ask(question.name, question.type) };
        case 'verify':
          return { answer: verifySymbolic(question) };
        case 'digest':
          return { answer: digestSymbolic(question) };
        case 'now':
          return { answer: symbolicNowSeconds };
        default:
          throw new Error(`a resolver does not ask ${question.ask}`);
      }
    },
  };
  return { session: openSession({ ...validationPolicy, anchors }), world, answers: new Map() };
}

function proved({ session, world, answers }: Side, name: DomainName, type: RrType): LookupAnswer {
  const prove = () => run(validateLookup(session, name, type), world).result.answer;
  return keptIn(answers, attackKey(name, type), prove);
}
