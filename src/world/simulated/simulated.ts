/**
 * A world made from a scenario: it answers every question a sender can put, does to the answers
 * what the attacker can do, and keeps to itself what truly happened. Deterministic and pure: the
 * same scenario gives the same trace.
 *
 * A scenario is prepared once (`SimulatedWorld`); deliveries then run on tables.
 */
import type { AllAsk, Ask } from '../../core/ask.ts';
import type { DomainName } from '../../core/dns/name.ts';
import type { Truth } from '../../core/sender/outcome.ts';
import type {
  DeliverAnswer,
  FetchPolicyAnswer,
  FetchPolicyAsk,
  StarttlsAsk,
} from '../../core/smtp/ask.ts';
import type { Tampering } from '../../core/trace.ts';
import type { Answered, World } from '../run.ts';
import type { Attacker, MailServer, PolicyHost, Scenario, SmtpAttack } from './scenario.ts';
import { RecordMaker } from './records.ts';
import { SimulatedResolver } from './resolver.ts';
import { symbolicChain, symbolicFacts, type SymbolicChain } from './symbolic-certificate.ts';

/** One connection: to whom it really is, and whether STARTTLS was cut out of it. */
interface Session {
  readonly server: MailServer | undefined;
  readonly host: DomainName;
  readonly attack: SmtpAttack | undefined;
  readonly attacker: boolean;
  encrypted: boolean;
}

const attackersName = 'mail.attacker.example';
const nobody: Truth = { reached: 'nobody', read: false };

export class SimulatedWorld implements World {
  readonly scenario: Scenario;
  readonly #attacker: Attacker;
  readonly #resolver: SimulatedResolver;
  readonly #servers: ReadonlyMap<string, MailServer>;
  readonly #policyHosts: ReadonlyMap<string, PolicyHost>;
  readonly #chains = new Map<string, SymbolicChain>();
  readonly #policies = new Map<string, Answered>();
  readonly #handshakes = new Map<string, Answered>();
  #now: Answered;
  #sessions: Session[] = [];
  #truth: Truth = nobody;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#attacker = scenario.attacker;
    this.#now = { answer: scenario.clockSeconds };
    this.#servers = new Map(scenario.servers.map((server) => [server.address, server]));
    this.#policyHosts = new Map(scenario.policyHosts.map((each) => [each.host, each]));
    const records = new RecordMaker((id) => this.#chain(id), 'attacker: self');
    this.#resolver = new SimulatedResolver(scenario, scenario.attacker, records);
  }

  /**
   * Forgets what was delivered, for the next delivery in the same world; later, where a clock is
   * given. Everything else stays as it was, the dates of certificates too.
   */
  reset(clockSeconds?: number): void {
    this.#sessions = [];
    this.#truth = nobody;
    if (clockSeconds !== undefined) this.#now = { answer: clockSeconds };
  }

  get truth(): Truth {
    return this.#truth;
  }

  answer(question: Exclude<Ask, AllAsk>): Answered {
    switch (question.ask) {
      case 'now':
        return this.#now;
      case 'lookup':
        return this.#resolver.lookup(question.name, question.type);
      case 'connect':
        return this.#connect(question.host, question.address);
      case 'ehlo':
        return this.#ehlo(question.session);
      case 'starttls':
        return this.#starttls(question);
      case 'deliver':
        return this.#deliver(question.session);
      case 'fetch-policy':
        return this.#fetchPolicy(question);
      default:
        throw new Error(`a simulated world is not asked "${question.ask}"`);
    }
  }

  #connect(host: DomainName, address: string): Answered {
    const server = this.#servers.get(address);
    const isGenuine = server?.owner !== 'attacker';
    const attack = isGenuine ? this.#attacker.smtp : undefined;
    const poses = attack !== undefined && attack !== 'strip';
    if (server === undefined || (server.down === true && !poses))
      return { answer: { kind: 'failed', why: 'refused' } };
    const attacker = poses || !isGenuine;
    this.#sessions.push({ server, host, attack, attacker, encrypted: false });
    const session = this.#sessions.length - 1;
    const name = poses ? attackersName : server.host;
    const answer = { kind: 'open', session, greeting: `220 ${poses ? host : server.host} ESMTP` };
    return poses ? { answer, tampered: { by: attack, original: `220 ${name} ESMTP` } } : { answer };
  }

  #ehlo(session: number): Answered {
    const { server, host, attack, attacker, encrypted } = this.#session(session);
    const poses = attacker && attack !== undefined;
    const offers = !encrypted && (poses || server?.starttls === true);
    const name = poses ? host : (server?.host ?? host);
    const lines = (starttls: boolean): readonly string[] =>
      starttls ? [`250-${name}`, '250-STARTTLS', '250 8BITMIME'] : [`250-${name}`, '250 8BITMIME'];
    if (attack !== 'strip' || !offers)
      return { answer: { starttls: offers, lines: lines(offers) } };
    const tampered: Tampering = { by: 'strip', original: { starttls: true, lines: lines(true) } };
    return { answer: { starttls: false, lines: lines(false) }, tampered };
  }

  #starttls({ session }: StarttlsAsk): Answered {
    const each = this.#session(session);
    const { server, host, attack, attacker } = each;
    const poses = attacker && attack !== undefined;
    if (!poses && server?.handshakeBroken === true)
      return { answer: { kind: 'failed', why: 'handshake', line: '220 Ready to start TLS' } };
    each.encrypted = true;
    // Who answers is settled by the server and the name: the attacker stays the same in one world.
    const key = `${server?.address} ${host}`;
    const shown = this.#handshakes.get(key) ?? this.#handshake(each, poses ? attack : undefined);
    this.#handshakes.set(key, shown);
    return shown;
  }

  #handshake({ server, host }: Session, attack: SmtpAttack | undefined): Answered {
    const genuine = this.#shown(server?.certificate ?? 'no certificate');
    if (attack === undefined) return { answer: genuine };
    const tampered: Tampering = { by: attack, original: genuine };
    if (attack === 'mitm-server-key') return { answer: genuine, tampered };
    const id = this.#attackersCertificate(
      attack,
      server === undefined ? [host] : [host, server.host],
    );
    return { answer: this.#shown(id), tampered };
  }

  #shown(id: string) {
    const { sent, leadsToTrustedRoot } = this.#chain(id);
    const line = '220 Ready to start TLS';
    return { kind: 'tls', line, chain: sent, leadsToTrustedRoot, facts: symbolicFacts } as const;
  }

  /** The names of the genuine server, wrongly certified, or only the attacker's own. */
  #attackersCertificate(attack: SmtpAttack, names: readonly string[]): string {
    if (attack === 'mitm-self') return 'attacker: self';
    if (attack === 'mitm-ca-wrong') return 'attacker: public-ca';
    const id = `attacker: rogue ${names.join(' ')}`;
    if (!this.#chains.has(id)) {
      // Sending the CA along costs the attacker nothing, and fits a TLSA record that names this CA.
      const rogue = { issuer: 'public-ca', names, anchorSent: true } as const;
      this.#chains.set(id, symbolicChain(id, rogue, this.scenario.clockSeconds, attackersKey));
    }
    return id;
  }

  #deliver(session: number): Answered {
    const { server, attack, attacker, encrypted } = this.#session(session);
    if (server?.refuses !== undefined && !(attacker && attack !== undefined))
      return { answer: refusals[server.refuses] };
    const overheard = !encrypted && (attack === 'strip' || this.#attacker.reads === true);
    const stolen =
      server?.certificate !== undefined &&
      this.#attacker.reads === true &&
      this.#attacker.serverKeys?.includes(server.certificate) === true;
    const read = attacker || overheard || stolen;
    this.#truth = { reached: attacker ? 'attacker' : 'genuine', read };
    const answer = { kind: 'accepted', line: '250 2.0.0 Ok: queued' };
    return read ? { answer, tampered: { by: attack ?? 'reads' } } : { answer };
  }

  #fetchPolicy({ host, path }: FetchPolicyAsk): Answered {
    const key = `${host}${path}`;
    const known = this.#policies.get(key) ?? this.#fetch(host, path);
    this.#policies.set(key, known);
    return known;
  }

  #fetch(host: DomainName, path: string): Answered {
    const four = this.#resolver.lookup(host, 'A');
    const { answer, tampered } =
      four.answer.kind === 'absent' ? this.#resolver.lookup(host, 'AAAA') : four;
    if (answer.kind !== 'found') {
      const failed = { kind: 'failed', why: 'no-address' };
      return tampered === undefined ? { answer: failed } : { answer: failed, tampered };
    }
    const { https } = this.#attacker;
    const original = this.#response(path, this.#policyHosts.get(host));
    if (https === undefined) {
      if (tampered === undefined) return { answer: original };
      return {
        answer: { kind: 'failed', why: 'no-connection' },
        tampered: { ...tampered, original },
      };
    }
    if (https === 'refuse')
      return {
        answer: { kind: 'failed', why: 'no-connection' },
        tampered: { by: 'https', original },
      };
    const id = https.certificate === 'self' ? 'attacker: self' : `attacker: rogue ${host}`;
    if (https.certificate === 'rogue') this.#attackersCertificate('mitm-rogue-ca', [host]);
    const { sent, leadsToTrustedRoot } = this.#chain(id);
    const forged: FetchPolicyAnswer = {
      kind: 'response',
      status: 200,
      contentType: 'text/plain',
      body: https.body,
      chain: sent,
      leadsToTrustedRoot,
    };
    return { answer: forged, tampered: { by: 'https', original } };
  }

  #response(path: string, policyHost: PolicyHost | undefined): FetchPolicyAnswer {
    if (policyHost === undefined || policyHost.down === true)
      return { kind: 'failed', why: 'no-connection' };
    const { sent, leadsToTrustedRoot } = this.#chain(policyHost.certificate);
    const isThere = (policyHost.path ?? '/.well-known/mta-sts.txt') === path;
    return {
      kind: 'response',
      status: isThere ? policyHost.status : 404,
      contentType: isThere ? policyHost.contentType : 'text/plain',
      body: isThere ? policyHost.body : '',
      chain: sent,
      leadsToTrustedRoot,
    };
  }

  #session(session: number): Session {
    const found = this.#sessions[session];
    if (found === undefined) throw new Error(`no session ${session}`);
    return found;
  }

  #chain(id: string): SymbolicChain {
    let chain = this.#chains.get(id);
    if (chain === undefined) {
      const certificate = Object.hasOwn(this.scenario.certificates, id)
        ? this.scenario.certificates[id]
        : ownOfAttacker[id];
      if (certificate === undefined) throw new Error(`no certificate "${id}" in the scenario`);
      const key = id.startsWith('attacker: ') ? attackersKey : id;
      chain = symbolicChain(id, certificate, this.scenario.clockSeconds, key);
      this.#chains.set(id, chain);
    }
    return chain;
  }
}

const refusals: Readonly<Record<NonNullable<MailServer['refuses']>, DeliverAnswer>> = {
  'for-now': { kind: 'rejected-for-now', line: '451 4.3.0 Try again later' },
  'for-good': { kind: 'rejected', line: '550 5.1.1 No such recipient here' },
};

/** The attacker has one key pair, whoever signs for it: a TLSA record of it fits all his certificates. */
const attackersKey = 'key of the attacker';

/** Certificates that every attacker can make or buy, and one that nobody has. */
const ownOfAttacker: Scenario['certificates'] = {
  'attacker: self': { issuer: 'self', names: [attackersName] },
  'attacker: public-ca': { issuer: 'public-ca', names: [attackersName] },
  'no certificate': { issuer: 'self', names: [] },
};
