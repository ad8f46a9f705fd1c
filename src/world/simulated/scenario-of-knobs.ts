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
const policyAddress = '192.0.2.80';

/** Which certificate stands at which address: of the first host, the second, and the one that may come for the first. */
const genuine = [
  { certificate: 'mx1', address: '192.0.2.1' },
  { certificate: 'mx2', address: '192.0.2.2' },
  { certificate: 'mx-new', address: '192.0.2.3' },
] as const;

/** On top of the longest lifetime that the draft's grammar can write comes the TTL of its record. */
const ttlSeconds = 3600;

export function scenarioOfKnobs(knobs: Knobs): Scenario {
  const isFirst = knobs.history === 'first-contact';
  const { zones, policyHosts } = published(knobs, isFirst ? 'nothing' : knobs.change);
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
      draft2016: knobs.reading === 'pseudocode' ? byPseudocode : byText,
    },
    resolver: { validates: validates(knobs), path: knobs.path },
    zones,
    certificates: certificatesOf(knobs),
    servers: serversOf(knobs),
    policyHosts,
    attacker: attackerOf(knobs),
    ...(!isFirst && {
      past: { deliveries: deliveriesOf(knobs), ...published(knobs, 'nothing') },
    }),
  };
}

const hostZoneOf = (knobs: Knobs): string => (knobs['host-zone'] === 'same' ? recipient : provider);

/** The names of the servers, as in `genuine`; undefined where there is none. */
function namesOf(knobs: Knobs): readonly (string | undefined)[] {
  if (knobs.mx === 'none') return [];
  if (knobs.mx === 'implicit') return [recipient, undefined, recipient];
  const zone = hostZoneOf(knobs);
  const parent = knobs['sts-mx'] === 'wildcard-too-deep' ? `mail.${zone}` : zone;
  return [`mx1.${parent}`, knobs.mx === 'two' ? `mx2.${parent}` : undefined, `new-mx.${parent}`];
}

/** The names of the mail servers, best preference first. */
function hostsOf(knobs: Knobs, isNew: boolean): readonly string[] {
  const [first, second, next] = namesOf(knobs);
  return [isNew ? next : first, second].filter((name) => name !== undefined);
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

const certificateKinds: Readonly<Record<Knobs['certificate'], Partial<SymbolicCertificate>>> = {
  valid: {},
  'self-signed': { issuer: 'self' },
  'other-name': { names: [`www.${elsewhere}`] },
  expired: { expired: true },
  'common-name': { commonNameOnly: true },
  'own-anchor': { issuer: 'own-anchor' },
};

function certificatesOf(knobs: Knobs): Scenario['certificates'] {
  const web = (host: string): SymbolicCertificate => ({ issuer: 'public-ca', names: [host] });
  const server = (host: string): SymbolicCertificate => ({
    ...web(host),
    ...certificateKinds[knobs.certificate],
    ...(knobs.tlsa.startsWith('2-') && { anchorSent: true }),
  });
  const [first = recipient, second = first, next = recipient] = namesOf(knobs);
  const isBad = knobs['policy-host'] === 'bad-certificate';
  return {
    mx1: server(first),
    mx2: server(second),
    'mx-new': server(next),
    'policy-host': web(isBad ? `www.${elsewhere}` : `mta-sts.${recipient}`),
    'policy-host-2016': web(`smtp-sts.${recipient}`),
    attacker: attackersCertificate,
    ...(knobs['forge-address'] === 'rogue-ca' && {
      [rogueId]: rogueCertificate(hostsOf(knobs, false)),
    }),
  };
}

function serversOf(knobs: Knobs): readonly MailServer[] {
  const names = namesOf(knobs);
  const own = genuine.map(({ address, certificate }, index): MailServer => ({
    address,
    host: names[index] ?? recipient,
    owner: 'genuine',
    starttls: knobs.starttls !== 'no',
    handshakeBroken: knobs.starttls === 'broken',
    certificate,
  }));
  // Where nobody is led there is no server to be led to.
  const led = knobs['forge-address'];
  if (led === 'rogue-ca') return [...own, ...attackersServers, attackersServer(led, rogueId)];
  if (led === 'server-key') return [...own, ...attackersServers, attackersServer(led, 'mx1')];
  return [...own, ...attackersServers];
}

const bogusTypes: Partial<Record<Knobs['zone'], NonNullable<Zone['bogus']>>> = {
  'bogus-mx': ['MX'],
  'bogus-address': ['A'],
  'bogus-tlsa': ['TLSA'],
};
/** What the policy host does to the file, where it serves it all the same. */
const policyAnswers: Partial<Record<Knobs['policy-host'], Partial<PolicyHost>>> = {
  'not-found': { status: 404 },
  redirect: { status: 301 },
  'wrong-type': { contentType: 'text/html' },
};

/** What the domain owner has in zones and on policy hosts, after a change or before it. */
function published(
  knobs: Knobs,
  change: Knobs['change'],
): Required<Pick<Past, 'zones' | 'policyHosts'>> {
  const hosts = hostsOf(knobs, change === 'new-mx' || change === 'new-mx-old-policy');
  const mx = listed(knobs, hostsOf(knobs, change === 'new-mx'));
  const isWithdrawn = change === 'policy-withdrawn';
  const mainRecords: ZoneRecord[] = [];
  const hostRecords: ZoneRecord[] = [];
  const farRecords: ZoneRecord[] = [];
  if (knobs.mx !== 'implicit')
    for (const [index, exchange] of hosts.entries())
      mainRecords.push({ name: recipient, type: 'MX', preference: 10 * (index + 1), exchange });
  const inHostZone =
    knobs['host-zone'] === 'same' || knobs.mx === 'implicit' ? mainRecords : hostRecords;
  for (const host of hosts) {
    const index = namesOf(knobs).indexOf(host);
    const { address, certificate } = genuine[index]!;
    let base = host;
    if (knobs.alias === 'none' || knobs.mx === 'implicit')
      inHostZone.push({ name: host, type: 'A', address });
    else {
      const isNear = knobs.alias === 'signed';
      const target = isNear ? `real-${host}` : `${host.split('.')[0]}.${elsewhere}`;
      inHostZone.push({ name: host, type: 'CNAME', target });
      (isNear ? inHostZone : farRecords).push({ name: target, type: 'A', address });
      if (isNear) base = target;
    }
    inHostZone.push(...tlsaRecords(index === 1 ? knobs.tlsa2 : knobs.tlsa, base, certificate));
  }
  const policyHosts: PolicyHost[] = [];
  const served = (label: string, certificate: string, body: string): PolicyHost => ({
    host: `${label}.${recipient}`,
    owner: 'genuine',
    certificate,
    status: 200,
    contentType: 'text/plain',
    body,
    down: knobs['policy-host'] === 'down' || change === 'policy-host-gone',
  });
  const announce = (record: string, text: string, policyHost: PolicyHost) => {
    mainRecords.push({ name: `${record}.${recipient}`, type: 'TXT', text });
    mainRecords.push({ name: policyHost.host, type: 'A', address: policyAddress });
    policyHosts.push(policyHost);
  };
  if (isWithdrawn || knobs.sts !== 'no-policy') {
    const id = isWithdrawn || change === 'new-mx' ? '20261123' : '20261101';
    const body = policyBody(knobs, isWithdrawn ? 'none' : knobs.sts, mx);
    const policyHost = served('mta-sts', 'policy-host', body);
    const answer = policyAnswers[knobs['policy-host']];
    announce('_mta-sts', `v=STSv1; id=${id};`, { ...policyHost, ...answer });
  }
  if (!isWithdrawn && knobs.sts2016 !== 'no-policy') {
    const text = text2016(knobs, mx);
    const policyHost = served('smtp-sts', 'policy-host-2016', text);
    announce('_smtp_sts', text, { ...policyHost, path: path2016 });
  }
  const bogus = bogusTypes[knobs.zone];
  const faults = bogus && { bogus };
  return {
    zones: [
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
    ],
    policyHosts,
  };
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
    certificates: genuine.map(({ certificate }) => certificate),
  };
}

/** What an attacker would plant: his own host, and a method the domain cannot answer with. */
const forged2016 = write2016(true, [evilMx], 'dnssec', 'webpki');

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
