/**
 * A world made from a scenario: it answers every question a sender can put, does to the answers
 * what the attacker can do, and keeps to itself what truly happened. Deterministic and pure: the
 * same scenario gives the same trace.
 *
 * A scenario is prepared once (`SimulatedWorld`); deliveries then run on tables.
 */
import type { AllAsk, Ask } from '../../core/ask.ts';
import { keptIn } from '../../core/once-per.ts';
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
import { SimulatedResolver } from './resolver.ts';
import { symbolicChain, symbolicFacts, type SymbolicChain } from './symbolic-certificate.ts';

/** One connection: to whom it really is, and whether STARTTLS was cut out of it. */
interface Session {
  readonly server: MailServer;
  readonly host: DomainName;
  readonly attack: SmtpAttack | undefined;
  /** Somebody answers in place of the server. */
  readonly poses: boolean;
  encrypted: boolean;
}

const attackersName = 'mail.attacker.example';
const nobody: Truth = { reached: 'nobody', read: false };
const noConnection = { kind: 'failed', why: 'no-connection' } as const;

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
    this.#resolver = new SimulatedResolver(scenario, (id) => this.#chain(id));
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
    const attack = server?.owner === 'attacker' ? undefined : this.#attacker.smtp;
    const poses = attack !== undefined && attack !== 'strip';
    if (server === undefined || (server.down === true && !poses))
      return { answer: { kind: 'failed', why: 'refused' } };
    this.#sessions.push({ server, host, attack, poses, encrypted: false });
    const session = this.#sessions.length - 1;
    const name = poses ? attackersName : server.host;
    const answer = { kind: 'open', session, greeting: `220 ${poses ? host : server.host} ESMTP` };
    return poses ? { answer, tampered: { by: attack, original: `220 ${name} ESMTP` } } : { answer };
  }

  #ehlo(session: number): Answered {
    const { server, host, attack, poses, encrypted } = this.#session(session);
    const offers = !encrypted && (poses || server.starttls);
    const name = poses ? host : server.host;
    const lines = (starttls: boolean): readonly string[] =>
      starttls ? [`250-${name}`, '250-STARTTLS', '250 8BITMIME'] : [`250-${name}`, '250 8BITMIME'];
    if (attack !== 'strip' || !offers)
      return { answer: { starttls: offers, lines: lines(offers) } };
    const tampered: Tampering = { by: 'strip', original: { starttls: true, lines: lines(true) } };
    return { answer: { starttls: false, lines: lines(false) }, tampered };
  }

  #starttls({ session }: StarttlsAsk): Answered {
    const each = this.#session(session);
    const { server, host, poses } = each;
    if (!poses && server.handshakeBroken === true)
      return { answer: { kind: 'failed', why: 'handshake', line: '220 Ready to start TLS' } };
    each.encrypted = true;
    // Who answers is settled by the server and the name: the attacker stays the same in one world.
    return keptIn(this.#handshakes, `${server.address} ${host}`, () => this.#handshake(each));
  }

  #handshake({ server, host, attack, poses }: Session): Answered {
    const genuine = this.#shown(server.certificate ?? 'no certificate');
    if (!poses || attack === undefined) return { answer: genuine };
    const tampered: Tampering = { by: attack, original: genuine };
    if (attack === 'mitm-server-key') return { answer: genuine, tampered };
    const id = this.#attackersCertificate(attack, [host, server.host]);
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
    // Sending the CA along costs the attacker nothing, and fits a TLSA record that names this CA.
    const rogue = { issuer: 'public-ca', names, anchorSent: true } as const;
    keptIn(this.#chains, id, () =>
      symbolicChain(id, rogue, this.scenario.clockSeconds, attackersKey),
    );
    return id;
  }

  #deliver(session: number): Answered {
    const { server, attack, poses, encrypted } = this.#session(session);
    if (server.refuses !== undefined && !poses) return { answer: refusals[server.refuses] };
    const { reads = false, serverKeys } = this.#attacker;
    const attacker = poses || server.owner === 'attacker';
    const overheard = !encrypted && (attack === 'strip' || reads);
    const stolen =
      reads &&
      server.certificate !== undefined &&
      serverKeys?.includes(server.certificate) === true;
    const read = attacker || overheard || stolen;
    this.#truth = { reached: attacker ? 'attacker' : 'genuine', read };
    const answer = { kind: 'accepted', line: '250 2.0.0 Ok: queued' };
    return read ? { answer, tampered: { by: attack ?? 'reads' } } : { answer };
  }

  #fetchPolicy({ host, path }: FetchPolicyAsk): Answered {
    return keptIn(this.#policies, `${host}${path}`, () => this.#fetch(host, path));
  }

  #fetch(host: DomainName, path: string): Answered {
    const four = this.#resolver.lookup(host, 'A');
    const { answer, tampered } =
      four.answer.kind === 'absent' ? this.#resolver.lookup(host, 'AAAA') : four;
    if (answer.kind !== 'found')
      return { answer: { kind: 'failed', why: 'no-address' }, ...(tampered && { tampered }) };
    const { https } = this.#attacker;
    const original = this.#response(path, this.#policyHosts.get(host));
    if (https === undefined)
      return tampered === undefined
        ? { answer: original }
        : { answer: noConnection, tampered: { ...tampered, original } };
    const by = { by: 'https', original } as const;
    if (https === 'refuse') return { answer: noConnection, tampered: by };
    const attack = https.certificate === 'self' ? 'mitm-self' : 'mitm-rogue-ca';
    const id = this.#attackersCertificate(attack, [host]);
    return { answer: this.#served(id, 200, 'text/plain', https.body), tampered: by };
  }

  #response(path: string, policyHost: PolicyHost | undefined): FetchPolicyAnswer {
    if (policyHost === undefined || policyHost.down === true) return noConnection;
    const { certificate, status, contentType, body } = policyHost;
    return (policyHost.path ?? '/.well-known/mta-sts.txt') === path
      ? this.#served(certificate, status, contentType, body)
      : this.#served(certificate, 404, 'text/plain', '');
  }

  #served(id: string, status: number, contentType: string, body: string): FetchPolicyAnswer {
    const { sent: chain, leadsToTrustedRoot } = this.#chain(id);
    return { kind: 'response', status, contentType, body, chain, leadsToTrustedRoot };
  }

  #session(session: number): Session {
    const found = this.#sessions[session];
    if (found === undefined) throw new Error(`no session ${session}`);
    return found;
  }

  #chain(id: string): SymbolicChain {
    return keptIn(this.#chains, id, () => {
      const { certificates, clockSeconds } = this.scenario;
      const certificate = Object.hasOwn(certificates, id) ? certificates[id] : ownOfAttacker[id];
      if (certificate === undefined) throw new Error(`no certificate "${id}" in the scenario`);
      const key = id.startsWith('attacker: ') ? attackersKey : id;
      return symbolicChain(id, certificate, clockSeconds, key);
    });
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
