/** From the simulator's flat knobs to a whole world. Pure: the same knobs give the same scenario. */
import type { Outcome } from '../../core/verdict.ts';
import { longestLifetime2016Seconds } from '../../core/sts-2016/lifetime.ts';
import { daySeconds } from '../../core/ask.ts';
import { simulate, type ScenarioRun } from './simulate.ts';
import type {
  Attacker,
  MailServer,
  Past,
  PastDelivery,
  PolicyHost,
  Scenario,
  SymbolicCertificate,
  Zone,
  ZoneRecord,
} from './scenario.ts';
import {
  attackersCertificate,
  attackersServer,
  attackersServers,
  attackersZone,
  attackOfKnobs,
  evilMx,
  forgeriesOf,
  rogueCertificate,
  rogueId,
  type AttackTarget,
} from './attack-of-knobs.ts';
import { validates, type Knobs } from './knobs.ts';
import { byPseudocode, byText } from '../../core/sts-2016/switches.ts';

/** 23 November 2026, 12:00 UTC: any fixed moment would do. */
export const knobsClockSeconds = 1_795_435_200;

export const recipient = 'gemeente.example';
const provider = 'mailhost.example';
const elsewhere = 'hosting.example';
const genuineAddress = ['192.0.2.1', '192.0.2.2', '192.0.2.3'] as const;
const policyAddress = '192.0.2.80';

/** On top of the longest lifetime that the draft's grammar can write comes the TTL of its record. */
const ttlSeconds = 3600;

/** One period of the domain owner's set-up; the past may have had another than the present. */
interface SetUp {
  readonly hosts: readonly string[];
  readonly policyId: string;
  readonly policyBody: string | undefined;
  readonly policyHostUp: boolean;
  readonly text2016: string | undefined;
}

export function scenarioOfKnobs(knobs: Knobs): Scenario {
  const before = setUp(knobs, 'before');
  const now = knobs.history === 'first-contact' ? before : setUp(knobs, 'now');
  const attacker = attackerOf(knobs);
  const isPseudocode = knobs.reading === 'pseudocode';
  return {
    format: 1,
    clockSeconds: knobsClockSeconds,
    domain: recipient,
    sender: {
      protection: knobs.protection,
      profile: knobs.profile,
      attempt: Number(knobs.attempt),
      queueLifetimeOver: knobs.queue === 'lifetime-over',
      daneList: [recipient],
      draft2016: isPseudocode ? byPseudocode : byText,
    },
    resolver: { validates: validates(knobs), path: knobs.path },
    zones: zonesOf(knobs, now),
    certificates:
      knobs['forge-address'] === 'rogue-ca'
        ? { ...certificatesOf(knobs), [rogueId]: rogueCertificate(hostsOf(knobs, false)) }
        : certificatesOf(knobs),
    servers: serversOf(knobs),
    policyHosts: policyHostsOf(knobs, now),
    attacker,
    ...pastOf(knobs, before),
  };
}

const hostZoneOf = (knobs: Knobs): string => (knobs['host-zone'] === 'same' ? recipient : provider);

/** The names of the mail servers, best preference first. */
function hostsOf(knobs: Knobs, isNew: boolean): readonly string[] {
  const zone = hostZoneOf(knobs);
  if (knobs.mx === 'none') return [];
  if (knobs.mx === 'implicit') return [recipient];
  const parent = knobs['sts-mx'] === 'wildcard-too-deep' ? `mail.${zone}` : zone;
  const hosts = isNew ? [`new-mx.${parent}`] : [`mx1.${parent}`];
  return knobs.mx === 'two' ? [...hosts, `mx2.${parent}`] : hosts;
}

function setUp(knobs: Knobs, when: 'before' | 'now'): SetUp {
  const { change } = knobs;
  const changed = when === 'now';
  const moved = changed && (change === 'new-mx' || change === 'new-mx-old-policy');
  const withdrawn = changed && change === 'policy-withdrawn';
  const hosts = hostsOf(knobs, moved);
  const named = hostsOf(knobs, moved && change === 'new-mx');
  const mode = withdrawn ? 'none' : knobs.sts === 'no-policy' ? undefined : knobs.sts;
  return {
    hosts,
    policyId: withdrawn || (moved && change === 'new-mx') ? '20261123' : '20261101',
    policyBody: mode === undefined ? undefined : policyBody(knobs, mode, listed(knobs, named)),
    policyHostUp: !(changed && change === 'policy-host-gone') && knobs['policy-host'] !== 'down',
    text2016:
      withdrawn || knobs.sts2016 === 'no-policy'
        ? undefined
        : text2016(knobs, listed(knobs, named)),
  };
}

function listed(knobs: Knobs, hosts: readonly string[]): readonly string[] {
  if (knobs['sts-mx'] === 'not-listed') return [`old-mx.${recipient}`];
  if (knobs['sts-mx'] === 'wildcard-too-deep') return [`*.${hostZoneOf(knobs)}`];
  if (knobs['sts-mx'] !== 'wildcard') return hosts;
  return [...new Set(hosts.map((host) => `*.${host.slice(host.indexOf('.') + 1)}`))];
}

function policyBody(knobs: Knobs, mode: string, mx: readonly string[]): string {
  const key = knobs['sts-mx'] === 'misspelt' ? 'nmx' : 'mx';
  const lines = ['version: STSv1', `mode: ${mode}`, ...mx.map((each) => `${key}: ${each}`)];
  const age = knobs['policy-host'] === 'broken' ? 'one week' : knobs['sts-age'];
  return [...lines, `max_age: ${age}`].map((line) => `${line}\r\n`).join('');
}

const path2016 = '/.well-known/smtp-sts';

function text2016(knobs: Knobs, mx: readonly string[]): string {
  const a =
    knobs['sts2016-auth'] === 'dnssec'
      ? 'dnssec'
      : `webpki:https://smtp-sts.${recipient}${path2016}`;
  return write2016(knobs.sts2016 === 'enforce', mx, a, knobs['sts2016-cert']);
}

const write2016 = (enforces: boolean, mx: readonly string[], a: string, c: string): string =>
  `v=STS1; to=${enforces}; mx=${mx.join(',')}; a=${a}; c=${c}; e=${longestLifetime2016Seconds}; rua=mailto:reports@${recipient}`;

const certificateIds = ['mx1', 'mx2', 'mx-new'] as const;

function certificatesOf(knobs: Knobs): Scenario['certificates'] {
  const names = [...hostsOf(knobs, false), ...hostsOf(knobs, true)];
  const kinds: Readonly<Record<Knobs['certificate'], Partial<SymbolicCertificate>>> = {
    valid: {},
    'self-signed': { issuer: 'self' },
    'other-name': { names: [`www.${elsewhere}`] },
    expired: { expired: true },
    'common-name': { commonNameOnly: true },
    'own-anchor': { issuer: 'own-anchor' },
  };
  const anchorSent = knobs.tlsa.startsWith('2-') ? { anchorSent: true } : {};
  const server = (host: string): SymbolicCertificate => ({
    issuer: 'public-ca',
    names: [host],
    ...kinds[knobs.certificate],
    ...anchorSent,
  });
  const [first = recipient] = names;
  const [moved = recipient] = hostsOf(knobs, true);
  const web = (host: string): SymbolicCertificate => ({ issuer: 'public-ca', names: [host] });
  const policyHost = `mta-sts.${recipient}`;
  return {
    mx1: server(first),
    mx2: server(hostsOf(knobs, false)[1] ?? first),
    'mx-new': server(moved),
    'policy-host':
      knobs['policy-host'] === 'bad-certificate' ? web(`www.${elsewhere}`) : web(policyHost),
    'policy-host-2016': web(`smtp-sts.${recipient}`),
    attacker: attackersCertificate,
  };
}

function serversOf(knobs: Knobs): readonly MailServer[] {
  const genuine = genuineAddress.map((address, index): MailServer => ({
    address,
    host:
      [hostsOf(knobs, false)[0], hostsOf(knobs, false)[1], hostsOf(knobs, true)[0]][index] ??
      recipient,
    owner: 'genuine',
    starttls: knobs.starttls !== 'no',
    handshakeBroken: knobs.starttls === 'broken',
    certificate: certificateIds[index] ?? 'mx1',
  }));
  // Where nobody is led there is no server to be led to.
  const led = knobs['forge-address'];
  if (led === 'rogue-ca') return [...genuine, ...attackersServers, attackersServer(led, rogueId)];
  if (led === 'server-key') return [...genuine, ...attackersServers, attackersServer(led, 'mx1')];
  return [...genuine, ...attackersServers];
}

function policyHostsOf(knobs: Knobs, period: SetUp): readonly PolicyHost[] {
  const statuses: Partial<Record<Knobs['policy-host'], number>> = {
    'not-found': 404,
    redirect: 301,
  };
  const hosts: PolicyHost[] = [];
  if (period.policyBody !== undefined)
    hosts.push({
      host: `mta-sts.${recipient}`,
      owner: 'genuine',
      certificate: 'policy-host',
      status: statuses[knobs['policy-host']] ?? 200,
      contentType: knobs['policy-host'] === 'wrong-type' ? 'text/html' : 'text/plain',
      body: period.policyBody,
      down: !period.policyHostUp,
    });
  if (period.text2016 !== undefined)
    hosts.push({
      host: `smtp-sts.${recipient}`,
      owner: 'genuine',
      certificate: 'policy-host-2016',
      status: 200,
      contentType: 'text/plain',
      body: period.text2016,
      down: !period.policyHostUp,
      path: path2016,
    });
  return hosts;
}

function zonesOf(knobs: Knobs, period: SetUp): readonly Zone[] {
  const mainRecords: ZoneRecord[] = [];
  const hostRecords: ZoneRecord[] = [];
  const farRecords: ZoneRecord[] = [];
  if (knobs.mx === 'one' || knobs.mx === 'two')
    for (const [index, exchange] of period.hosts.entries())
      mainRecords.push({ name: recipient, type: 'MX', preference: 10 * (index + 1), exchange });
  const inHostZone =
    knobs['host-zone'] === 'same' || knobs.mx === 'implicit' ? mainRecords : hostRecords;
  for (const host of period.hosts) {
    const index = host.startsWith('new-mx.') ? 2 : host.startsWith('mx2.') ? 1 : 0;
    const address = genuineAddress[index] ?? genuineAddress[0];
    const kind = index === 1 ? knobs.tlsa2 : knobs.tlsa;
    const certificate = certificateIds[index] ?? 'mx1';
    let base = host;
    let baseRecords = inHostZone;
    if (knobs.alias === 'none' || knobs.mx === 'implicit')
      inHostZone.push({ name: host, type: 'A', address });
    else {
      const isNear = knobs.alias === 'signed';
      const target = isNear ? `real-${host}` : `${host.split('.')[0]}.${elsewhere}`;
      const records = isNear ? inHostZone : farRecords;
      inHostZone.push({ name: host, type: 'CNAME', target });
      records.push({ name: target, type: 'A', address });
      if (isNear) [base, baseRecords] = [target, records];
    }
    baseRecords.push(...tlsaRecords(kind, base, certificate));
  }
  if (period.policyBody !== undefined) {
    const text = `v=STSv1; id=${period.policyId};`;
    mainRecords.push({ name: `_mta-sts.${recipient}`, type: 'TXT', text });
    mainRecords.push({ name: `mta-sts.${recipient}`, type: 'A', address: policyAddress });
  }
  if (period.text2016 !== undefined) {
    mainRecords.push({ name: `_smtp_sts.${recipient}`, type: 'TXT', text: period.text2016 });
    mainRecords.push({ name: `smtp-sts.${recipient}`, type: 'A', address: policyAddress });
  }
  const bogus = { 'bogus-mx': ['MX'], 'bogus-address': ['A'], 'bogus-tlsa': ['TLSA'] } as const;
  const broken = knobs.zone in bogus ? bogus[knobs.zone as keyof typeof bogus] : undefined;
  const faults = broken === undefined ? {} : { bogus: broken };
  return [
    {
      name: recipient,
      signed: knobs.zone !== 'unsigned',
      expired: knobs.zone === 'expired',
      ...faults,
      records: mainRecords,
    },
    { name: provider, signed: knobs['host-zone'] === 'signed', ...faults, records: hostRecords },
    { name: elsewhere, signed: false, records: farRecords },
    attackersZone,
  ];
}

/** `3-1-1+3-1-1-wrong`: records joined by "+", each usage-selector-matching, "wrong" for no match. */
function tlsaRecords(kind: string, base: string, certificate: string): readonly ZoneRecord[] {
  if (kind === 'none') return [];
  return kind.split('+').map((each) => {
    const [usage = 3, selector = 1, matchingType = 1] = each.split('-').slice(0, 3).map(Number);
    const part = usage === 2 || usage === 0 ? 'anchor' : 'leaf';
    const of = each.endsWith('-wrong') ? 'no-certificate' : ({ certificate, part } as const);
    return { name: `_25._tcp.${base}`, type: 'TLSA', usage, selector, matchingType, of };
  });
}

const attackerOf = (knobs: Knobs): Attacker => attackOfKnobs(knobs, targetOf(knobs));

/** The names and keys an attacker has to do with; aliases and later hosts included. */
function targetOf(knobs: Knobs): AttackTarget {
  const hosts = [...new Set([...hostsOf(knobs, false), ...hostsOf(knobs, true)])];
  return {
    domain: recipient,
    hosts,
    tlsaBases: [...new Set(hosts.flatMap((host) => [host, `real-${host}`]))],
    policyRecords: [
      { name: `_mta-sts.${recipient}`, forged: 'v=STSv1; id=20991231;' },
      { name: `_smtp_sts.${recipient}`, forged: forged2016 },
    ],
    ...(knobs.protection === 'smtp-sts-2016' ? { ownPolicy: forged2016 } : {}),
    zones: [recipient, ...(knobs['host-zone'] === 'same' ? [] : [provider])],
    certificates: certificateIds,
  };
}

/** What an attacker would plant: his own host, and a method the domain cannot answer with. */
const forged2016 = write2016(true, [evilMx], 'dnssec', 'webpki');

function pastOf(knobs: Knobs, before: SetUp): { readonly past?: Past } {
  if (knobs.history === 'first-contact') return {};
  return {
    past: {
      deliveries: deliveriesOf(knobs),
      zones: zonesOf(knobs, before),
      policyHosts: policyHostsOf(knobs, before),
    },
  };
}

function deliveriesOf(knobs: Knobs): readonly PastDelivery[] {
  const age = Number(knobs['sts-age']);
  const draftAge = longestLifetime2016Seconds + ttlSeconds;
  const secondsBefore = Math.min(daySeconds, age / 2);
  switch (knobs.history) {
    case 'expired':
      return [{ secondsBefore: Math.max(age, draftAge) + daySeconds }];
    case 'forged-policy-planted': {
      const forged: Knobs = { ...knobs, 'forge-mx': 'yes', 'forge-policy': 'yes' };
      return [{ secondsBefore, attacker: { dns: forgeriesOf(forged, targetOf(knobs)) } }];
    }
    case 'rogue-policy-planted': {
      const { https } = attackerOf({ ...knobs, https: 'rogue-own-mx' });
      return [{ secondsBefore, attacker: { ...(https && { https }) } }];
    }
    case 'renewal-blocked': {
      const lifetime = knobs.protection === 'smtp-sts-2016' ? draftAge : age;
      const attacker = attackerOf({ ...knobs, ...withoutMail });
      const days = Math.floor(lifetime / daySeconds) + 1;
      return Array.from({ length: days }, (_, day) => ({
        secondsBefore: (days - day) * daySeconds,
        ...(day === 0 ? {} : { attacker }),
      }));
    }
    default:
      return [{ secondsBefore }];
  }
}

/** Of what the attacker does, only the policy's record and file remain. */
const withoutMail: Partial<Knobs> = {
  line: 'quiet',
  'forge-mx': 'no',
  'forge-address': 'no',
  'block-mx': 'no',
  'block-tlsa': 'no',
  'forge-tlsa': 'no',
};

export const simulateKnobs = (knobs: Knobs): ScenarioRun => simulate(scenarioOfKnobs(knobs));

export const outcomeOfKnobs = (knobs: Knobs): Outcome => simulateKnobs(knobs).outcome;

export function withLifetime(scenario: Scenario, lifetimeSeconds: number): Scenario {
  const capped = Math.min(lifetimeSeconds, longestLifetime2016Seconds);
  const change = (text: string): string =>
    text.replace(/max_age: \d+/, `max_age: ${lifetimeSeconds}`).replace(/; e=\d+/, `; e=${capped}`);
  return {
    ...scenario,
    zones: scenario.zones.map((zone) => ({
      ...zone,
      records: zone.records.map((record) =>
        record.type === 'TXT' ? { ...record, text: change(record.text) } : record,
      ),
    })),
    policyHosts: scenario.policyHosts.map((host) => ({ ...host, body: change(host.body) })),
  };
}
