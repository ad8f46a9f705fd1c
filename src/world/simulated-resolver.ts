/**
 * The sender's resolver in a simulated world: it asks the scenario's zones, through whatever an
 * attacker does on the way, and judges what comes back with the validator of the live check, over
 * symbolic keys. A forged answer for a signed zone is bogus because its signature is missing, not
 * because somebody wrote here that it is.
 */
import type { LookupAnswer, MessageAnswer } from '../core/ask.ts';
import { isSubdomainOf, nameOf, type DomainName } from '../core/dns/name.ts';
import type { ResourceRecord, RrType, WireRecord } from '../core/dns/record.ts';
import { validationPolicy } from '../core/dnssec/policy.ts';
import { openSession, type Session } from '../core/dnssec/session.ts';
import { validateLookup } from '../core/dnssec/validate.ts';
import type { Tampering } from '../core/trace.ts';
import { run, type World } from './run.ts';
import type { Attacker, DnsAction, DnsAttack, ForgedData, Scenario } from './scenario.ts';
import type { RecordMaker } from './simulated-records.ts';
import { SimulatedZones } from './simulated-zones.ts';
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

/** The zones of a scenario, and what a resolver that nobody disturbs makes of them. */
interface Undisturbed {
  readonly zones: SimulatedZones;
  readonly side: Side;
}

/**
 * Kept between worlds: most scenarios of a comparison, a matrix or a walk through weeks have the
 * same zones, and differ in who attacks whom.
 */
const undisturbed = new Map<string, Undisturbed>();
const undisturbedMost = 200;

export class SimulatedResolver {
  readonly #validates: boolean;
  readonly #records: RecordMaker;
  readonly #known: Undisturbed;
  readonly #network: ReadonlyMap<string, DnsAction>;
  readonly #stub: ReadonlyMap<string, DnsAction>;
  readonly #stolen: ReadonlySet<string>;
  /** Zones whose keys, or whose parent's word for them, somebody changes: all below is touched. */
  readonly #cut: readonly DomainName[];
  readonly #answers = new Map<string, Resolved>();
  #attacked: Side | undefined;

  constructor(scenario: Scenario, attacker: Attacker, records: RecordMaker) {
    this.#validates = scenario.resolver.validates;
    this.#records = records;
    this.#known = knownFor(scenario, records);
    this.#network = indexOf(attacker.dns);
    this.#stub = scenario.resolver.path === 'attackable' ? indexOf(attacker.stub) : new Map();
    this.#stolen = new Set(attacker.zoneKeys?.map((zone) => nameOf(zone)));
    this.#cut = (attacker.dns ?? [])
      .filter(({ type }) => type === 'DS' || type === 'DNSKEY')
      .map(({ name }) => nameOf(name));
  }

  /** The same question gets the same answer, as an object too: a world does not change while asked. */
  lookup(name: DomainName, type: RrType): Resolved {
    const key = attackKey(name, type);
    let resolved = this.#answers.get(key);
    if (resolved === undefined) {
      resolved = this.#throughStub(name, type, this.#resolve(name, type));
      this.#answers.set(key, resolved);
    }
    return resolved;
  }

  #resolve(name: DomainName, type: RrType): Resolved {
    const original = proved(this.#known.side, name, type);
    if (!this.#isTouched(name, type)) return { answer: original };
    this.#attacked ??= opened(this.#known.zones, this.#validates, (owner, asked) =>
      this.#throughNetwork(owner, asked),
    );
    const answer = proved(this.#attacked, name, type);
    return { answer, tampered: { by: 'dns', original } };
  }

  /** True when an attack lies on the way from a name through its aliases. */
  #isTouched(name: DomainName, type: RrType): boolean {
    const seen = new Set<DomainName>();
    for (let owner: DomainName | undefined = name; owner !== undefined && !seen.has(owner);) {
      const below = owner;
      if (this.#network.has(attackKey(owner, type))) return true;
      if (this.#cut.some((zone) => isSubdomainOf(below, zone))) return true;
      seen.add(owner);
      const record: WireRecord | undefined = this.#known.zones.answer(owner, type).answer[0];
      owner = record?.type === 'CNAME' && type !== 'CNAME' ? record.target : undefined;
    }
    return false;
  }

  #throughNetwork(name: DomainName, type: RrType): MessageAnswer {
    const action = this.#network.get(attackKey(name, type));
    if (action === undefined) return authority(this.#known.zones, name, type);
    if (action === 'drop') return { kind: 'failed', why: 'timeout' };
    if (action === 'servfail') return { kind: 'failed', why: 'servfail' };
    const forged =
      action === 'nxdomain' || action === 'nodata' ? action : this.#forged(name, type, action);
    return { kind: 'message', message: this.#known.zones.forged(name, type, forged, this.#stolen) };
  }

  #forged(
    name: DomainName,
    type: RrType,
    action: Extract<DnsAction, object | 'tlsa-of-attacker'>,
  ): readonly ResourceRecord[] {
    const data = action === 'tlsa-of-attacker' ? [this.#records.tlsaOfAttacker] : action.answer;
    return data.map((each: ForgedData) => this.#records.forge(name, type, each));
  }

  /** Between resolver and sender nothing is signed: the AD bit is whatever the attacker wrote. */
  #throughStub(name: DomainName, type: RrType, resolved: Resolved): Resolved {
    const action = this.#stub.get(attackKey(name, type));
    if (action === undefined) return resolved;
    const original = resolved.tampered?.original ?? resolved.answer;
    const told = (answer: LookupAnswer): Resolved => ({
      answer,
      tampered: { by: 'stub', original },
    });
    if (action === 'drop') return told({ kind: 'failed', why: 'timeout' });
    if (action === 'servfail') return told({ kind: 'failed', why: 'servfail' });
    const rest = { security: 'secure', aliases: [] } as const;
    return action === 'nxdomain' || action === 'nodata'
      ? told({ kind: 'absent', denial: action, ...rest })
      : told({ kind: 'found', records: this.#forged(name, type, action), ...rest });
  }
}

function knownFor(scenario: Scenario, records: RecordMaker): Undisturbed {
  const { zones, certificates, resolver } = scenario;
  const key = JSON.stringify([resolver.validates, zones, certificates]);
  let known = undisturbed.get(key);
  if (known === undefined) {
    const made = new SimulatedZones(zones, (data) => records.make(data));
    const ask = (name: DomainName, type: RrType) => authority(made, name, type);
    known = { zones: made, side: opened(made, resolver.validates, ask) };
    if (undisturbed.size >= undisturbedMost) undisturbed.clear();
    undisturbed.set(key, known);
  }
  return known;
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
  const key = attackKey(name, type);
  const known = answers.get(key) ?? run(validateLookup(session, name, type), world).result.answer;
  answers.set(key, known);
  return known;
}
