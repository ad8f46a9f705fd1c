/**
 * What an attacker can do on one day, question by question: for each thing that a sender can ask, the
 * answers that he may put in its place, and what he must be able to do for each.
 *
 * An act is chosen when its question is asked and not before: plays that differ only in what nobody asked
 * are one play. That keeps "in any way the powers allow" small enough to exhaust.
 */
import type { StsMode } from '../../core/mta-sts/memory.ts';
import { formatStsPolicy } from '../../core/mta-sts/policy.ts';
import type { Knobs } from '../simulated/knobs.ts';
import {
  attackersServer,
  evilAddress,
  evilMx,
  rogueCertificate,
  rogueId,
} from '../simulated/attack-of-knobs.ts';
import type {
  Attacker,
  DnsAction,
  MailServer,
  Scenario,
  ZoneRecord,
} from '../simulated/scenario.ts';
import { setOf, type Budget } from './powers.ts';

/** Where an attacker can act. */
export type Place =
  | 'ds'
  | 'zone-key'
  | 'mx'
  | 'address'
  | 'tlsa'
  | 'address2'
  | 'tlsa2'
  | 'policy'
  | 'https'
  | 'line';

export interface Act {
  /** `line.strip`: the place, and what he does there; its words stand in `content/laws.yaml`. */
  readonly id: `${Place}.${string}`;
  /** Each set of powers that suffices for it. */
  readonly needs: readonly Budget[];
  readonly attack: Attacker;
  /** A forged answer: the zone's key, where he has it, makes it pass. */
  readonly forges: boolean;
  /** The simulator can have it in a sender's history. */
  readonly plants: boolean;
  /** The same in the simulator's settings, where they can say it. */
  readonly knobs?: Partial<Knobs>;
}

/** The first option of each place is that he does nothing. */
export type Acts = ReadonlyMap<Place, readonly Act[]>;

/** What there is to attack, and what the attacker would plant. */
export interface Target {
  readonly domain: string;
  readonly hosts: readonly string[];
  readonly zones: readonly string[];
  readonly policy: 'mta-sts' | 'sts-2016' | undefined;
  readonly isSigned: boolean;
  readonly lifetimeSeconds: number;
}

export const plainMx = 'plain.attacker.example';
const selfId = 'attacker: self';

/** His own servers, besides the one of the simulator: what a forged address can lead to. */
export const moreServers: readonly MailServer[] = [
  attackersServer('self', selfId),
  attackersServer('plain', undefined),
  attackersServer('rogue-ca', rogueId),
  attackersServer('server-key', 'mx1'),
  attackersServer('server-key-2', 'mx2'),
];
export const moreCertificates = (hosts: readonly string[]): Scenario['certificates'] => ({
  [rogueId]: rogueCertificate(hosts),
  [selfId]: { issuer: 'self', names: [evilMx] },
});
export const moreRecords: readonly ZoneRecord[] = [
  { name: plainMx, type: 'A', address: evilAddress.plain },
];

const plantings: readonly string[] = ['mx.forge', 'policy.forge-own-mx', 'https.rogue-own-mx'];

const act = (id: Act['id'], needs: string, attack: Attacker, knobs?: Partial<Knobs>): Act => ({
  id,
  needs: needs.split('|').map(setOf),
  attack,
  // A DS record is the parent's, and no answer for the zone's own key to sign.
  forges:
    attack.dns?.some(
      ({ type, action }) => type !== 'DS' && action !== 'drop' && action !== 'servfail',
    ) === true,
  plants: plantings.includes(id),
  ...(knobs && { knobs }),
});

/** One answer replaced or suppressed. */
const answer = (
  id: Act['id'],
  needs: string,
  [name, type]: readonly [string, 'MX' | 'A' | 'TLSA' | 'TXT'],
  action: DnsAction,
  knobs?: Partial<Knobs>,
): Act => act(id, needs, { dns: [{ name, type, action }] }, knobs);

/** Denied (which is forging) and suppressed, in the two ways that each has. */
const silenced = (
  place: Place,
  at: readonly [string, 'MX' | 'A' | 'TLSA' | 'TXT'],
  knob?: 'block-mx' | 'block-tlsa' | 'block-policy',
): readonly Act[] =>
  (['nxdomain', 'nodata', 'servfail', 'drop'] as const).map((action) =>
    answer(
      `${place}.${action}`,
      action === 'nxdomain' || action === 'nodata' ? 'D' : 'B',
      at,
      action,
      knob && { [knob]: action },
    ),
  );

/** The record of the draft as an attacker would write it. */
const text2016 = (mx: readonly string[], a: string, lifetimeSeconds: number): string =>
  `v=STS1; to=true; mx=${mx.join(',')}; a=${a}; c=webpki; e=${lifetimeSeconds}; rua=mailto:reports@gemeente.example`;

function* policyActs({ domain, hosts, policy, isSigned, lifetimeSeconds }: Target): Generator<Act> {
  if (policy === undefined) return;
  // The policy host's name is in the domain's zone: where that is signed, its forged address passes only with the zone's key.
  const served = isSigned ? 'LP|DPZ' : 'LP|DP';
  const at = [`${policy === 'sts-2016' ? '_smtp_sts' : '_mta-sts'}.${domain}`, 'TXT'] as const;
  const file = (mode: StsMode, mx: readonly string[]) =>
    formatStsPolicy({ mode, mx, maxAgeSeconds: lifetimeSeconds, extensions: [] });
  const forge = (name: string, text: string, knobs?: Partial<Knobs>) =>
    answer(`policy.${name}`, 'D', at, { answer: [{ text }] }, knobs);
  const rogue = (name: string, body: string, knobs?: Partial<Knobs>) =>
    act(`https.rogue-${name}`, served, { https: { certificate: 'rogue', body } }, knobs);
  const none = file('none', []);
  const self = { https: { certificate: 'self', body: none } } as const;
  yield act('https.refuse', 'B', { https: 'refuse' }, { https: 'refuse' });
  yield act('https.self', 'L|D', self, { https: 'self-none' });
  if (policy === 'mta-sts') {
    yield forge('forge', 'v=STSv1; id=20991231;', { 'forge-policy': 'yes' });
    yield rogue('none', none, { https: 'rogue-none' });
    yield rogue('own-mx', file('enforce', [evilMx]), { https: 'rogue-own-mx' });
    yield rogue('shared-mx', file('enforce', [...hosts, evilMx]));
  } else {
    const web = `webpki:https://smtp-sts.${domain}/.well-known/smtp-sts`;
    const own = text2016([evilMx], 'dnssec', lifetimeSeconds);
    const shared = text2016([...hosts, evilMx], 'dnssec', lifetimeSeconds);
    yield forge('forge-own-mx', own, { 'forge-policy': 'yes' });
    yield rogue('own-mx', own, { https: 'rogue-own-mx' });
    for (const [name, text] of [
      ['own-mx-webpki', text2016([evilMx], web, lifetimeSeconds)],
      ['shared-mx', shared],
      // Stops nothing, and asks for no reports.
      ['lax', shared.replace('to=true', 'to=false').replace(/; rua=.*/, '')],
    ] as const) {
      yield forge(`forge-${name}`, text);
      yield rogue(name, text);
    }
  }
  yield* silenced('policy', at, 'block-policy');
}

function* hostActs({ hosts, isSigned }: Target): Generator<Act> {
  // The simulator's knobs act on all hosts alike.
  const alike = (knobs: Partial<Knobs>) => (hosts.length === 1 ? knobs : undefined);
  for (const [index, host] of hosts.entries()) {
    const [place, tlsaPlace] =
      index === 0 ? (['address', 'tlsa'] as const) : (['address2', 'tlsa2'] as const);
    const at = [host, 'A'] as const;
    const led = (
      name: string,
      needs: string,
      to: keyof typeof evilAddress,
      knobs?: Partial<Knobs>,
    ) => answer(`${place}.${name}`, needs, at, { answer: [{ address: evilAddress[to] }] }, knobs);
    const key = index === 0 ? 'server-key' : 'server-key-2';
    yield led('own', 'D', 'yes', alike({ 'forge-address': 'yes' }));
    yield led('self', 'D', 'self');
    yield led('plain', 'D', 'plain');
    yield led('rogue', 'DC', 'rogue-ca', alike({ 'forge-address': 'rogue-ca' }));
    yield led('server-key', 'DK', key, alike({ 'forge-address': 'server-key' }));
    yield* silenced(place, at);
    if (!isSigned) continue;
    const tlsa = [`_25._tcp.${host}`, 'TLSA'] as const;
    const forged = alike({ 'forge-tlsa': 'yes' });
    yield answer(`${tlsaPlace}.forge`, 'D', tlsa, 'tlsa-of-attacker', forged);
    yield* silenced(tlsaPlace, tlsa, hosts.length === 1 ? 'block-tlsa' : undefined);
  }
}

/** Everything but doing nothing. */
function* allActs(target: Target): Generator<Act> {
  const { domain, isSigned, zones } = target;
  if (isSigned) {
    const denied = zones.map((name) => ({ name, type: 'DS', action: 'nodata' }) as const);
    yield act('ds.nodata', 'D', { dns: denied });
    yield act('zone-key.signs', 'Z', { zoneKeys: zones }, { 'zone-key': 'stolen' });
  }
  const at = [domain, 'MX'] as const;
  const led = (name: string, exchange: string, knobs?: Partial<Knobs>) =>
    answer(`mx.${name}`, 'D', at, { answer: [{ preference: 1, exchange }] }, knobs);
  yield led('forge', evilMx, { 'forge-mx': 'yes' });
  yield led('forge-plain', plainMx);
  yield* silenced('mx', at, 'block-mx');
  yield* hostActs(target);
  yield* policyActs(target);
  yield act('line.reads', 'L', { reads: true }, { line: 'reads' });
  const onLine = (id: NonNullable<Attacker['smtp']>, needs: string, more: Attacker = {}): Act =>
    act(`line.${id}`, needs, { smtp: id, ...more }, { line: id });
  yield onLine('strip', 'L');
  yield onLine('mitm-self', 'L');
  yield onLine('mitm-ca-wrong', 'L');
  yield onLine('mitm-rogue-ca', 'LC');
  yield onLine('mitm-server-key', 'LK', { serverKeys: ['mx1', 'mx2', 'mx-new'] });
}

/** Everything that an attacker with all powers can choose from against this target. */
export function actsAgainst(target: Target): Acts {
  const acts = new Map<Place, Act[]>();
  for (const each of allActs(target)) {
    const place = each.id.split('.')[0] as Place;
    const known = acts.get(place) ?? [act(`${place}.nothing`, '', {}, {})];
    acts.set(place, [...known, each]);
  }
  return acts;
}
