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

/** Where an attacker can act; the first option of each is that he does nothing. */
export const places = [
  ...(['ds', 'zone-key', 'mx', 'address', 'tlsa', 'address2', 'tlsa2'] as const),
  ...(['policy', 'https', 'line'] as const),
] as const;
export type Place = (typeof places)[number];

export interface Act {
  /** `line.strip`; its words stand in `content/laws.yaml`. */
  readonly id: string;
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

const act = (
  id: string,
  needs: string,
  attack: Attacker,
  { knobs, forges = false }: { knobs?: Partial<Knobs>; forges?: boolean } = {},
): Act => ({
  id,
  needs: needs.split('|').map(setOf),
  attack,
  forges,
  plants: plantings.includes(id),
  ...(knobs && { knobs }),
});
const nothingAt = (place: Place): Act => act(`${place}.nothing`, '', {}, { knobs: {} });

/** One answer replaced or suppressed. */
const answer = (
  id: string,
  needs: string,
  [name, type]: readonly [string, 'MX' | 'A' | 'TLSA' | 'TXT' | 'DS'],
  action: DnsAction,
  knobs?: Partial<Knobs>,
): Act =>
  act(
    id,
    needs,
    { dns: [{ name, type, action }] },
    { forges: action !== 'drop' && action !== 'servfail', ...(knobs && { knobs }) },
  );

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

const fileOf = (mode: StsMode, mx: readonly string[], maxAgeSeconds: number): string =>
  formatStsPolicy({ mode, mx, maxAgeSeconds, extensions: [] });

/** The record of the draft as an attacker would write it. */
const text2016 = (mx: readonly string[], a: string, lifetimeSeconds: number): string =>
  `v=STS1; to=true; mx=${mx.join(',')}; a=${a}; c=webpki; e=${lifetimeSeconds}; rua=mailto:reports@gemeente.example`;

function policyActs({
  domain,
  hosts,
  policy,
  isSigned,
  lifetimeSeconds,
}: Target): readonly (readonly [Place, readonly Act[]])[] {
  if (policy === undefined) return [];
  // The policy host's name is in the domain's zone: where that is signed, its forged address passes only with the zone's key.
  const served = isSigned ? 'LP|DPZ' : 'LP|DP';
  const is2016 = policy === 'sts-2016';
  const at = [`${is2016 ? '_smtp_sts' : '_mta-sts'}.${domain}`, 'TXT'] as const;
  const plant = (name: string, text: string, knobs?: Partial<Knobs>) =>
    answer(`policy.${name}`, 'D', at, { answer: [{ text }] }, knobs);
  const poses = (name: string, body: string, needs = served, knobs?: Partial<Knobs>) =>
    act(
      `https.${name}`,
      needs,
      { https: { certificate: name === 'self' ? 'self' : 'rogue', body } },
      knobs && { knobs },
    );
  const refused = act('https.refuse', 'B', { https: 'refuse' }, { knobs: { https: 'refuse' } });
  const none = fileOf('none', [], lifetimeSeconds);
  const self = poses('self', none, 'L|D', { https: 'self-none' });
  if (!is2016) {
    const forged = plant('forge', 'v=STSv1; id=20991231;', { 'forge-policy': 'yes' });
    const own = fileOf('enforce', [evilMx], lifetimeSeconds);
    const shared = fileOf('enforce', [...hosts, evilMx], lifetimeSeconds);
    return [
      ['policy', [nothingAt('policy'), forged, ...silenced('policy', at, 'block-policy')]],
      [
        'https',
        [
          nothingAt('https'),
          refused,
          self,
          poses('rogue-none', none, undefined, { https: 'rogue-none' }),
          poses('rogue-own-mx', own, undefined, { https: 'rogue-own-mx' }),
          poses('rogue-shared-mx', shared),
        ],
      ],
    ];
  }
  const web = `webpki:https://smtp-sts.${domain}/.well-known/smtp-sts`;
  const texts = {
    'own-mx': text2016([evilMx], 'dnssec', lifetimeSeconds),
    'own-mx-webpki': text2016([evilMx], web, lifetimeSeconds),
    'shared-mx': text2016([...hosts, evilMx], 'dnssec', lifetimeSeconds),
    // Stops nothing, and asks for no reports.
    lax: text2016([...hosts, evilMx], 'dnssec', lifetimeSeconds)
      .replace('to=true', 'to=false')
      .replace(/; rua=.*/, ''),
  };
  const planted = Object.entries(texts);
  return [
    [
      'policy',
      [
        nothingAt('policy'),
        ...planted.map(([name, text]) =>
          plant(`forge-${name}`, text, name === 'own-mx' ? { 'forge-policy': 'yes' } : undefined),
        ),
        ...silenced('policy', at, 'block-policy'),
      ],
    ],
    [
      'https',
      [
        nothingAt('https'),
        refused,
        self,
        ...planted.map(([name, text]) =>
          poses(
            `rogue-${name}`,
            text,
            undefined,
            name === 'own-mx' ? { https: 'rogue-own-mx' } : undefined,
          ),
        ),
      ],
    ],
  ];
}

function hostActs(target: Target, index: number): readonly (readonly [Place, readonly Act[]])[] {
  const host = target.hosts[index];
  if (host === undefined) return [];
  const places = index === 0 ? (['address', 'tlsa'] as const) : (['address2', 'tlsa2'] as const);
  const [place, tlsaPlace] = places;
  const at = [host, 'A'] as const;
  const led = (name: string, needs: string, to: keyof typeof evilAddress, knobs?: Partial<Knobs>) =>
    answer(`${place}.${name}`, needs, at, { answer: [{ address: evilAddress[to] }] }, knobs);
  // The simulator's knobs act on all hosts alike.
  const only = target.hosts.length === 1;
  const addresses: Act[] = [
    nothingAt(place),
    led('own', 'D', 'yes', only ? { 'forge-address': 'yes' } : undefined),
    led('self', 'D', 'self'),
    led('plain', 'D', 'plain'),
    led('rogue', 'DC', 'rogue-ca', only ? { 'forge-address': 'rogue-ca' } : undefined),
    led(
      'server-key',
      'DK',
      index === 0 ? 'server-key' : 'server-key-2',
      only ? { 'forge-address': 'server-key' } : undefined,
    ),
    ...silenced(place, at),
  ];
  if (!target.isSigned) return [[place, addresses]];
  const tlsa = [`_25._tcp.${host}`, 'TLSA'] as const;
  return [
    [place, addresses],
    [
      tlsaPlace,
      [
        nothingAt(tlsaPlace),
        answer(
          `${tlsaPlace}.forge`,
          'D',
          tlsa,
          'tlsa-of-attacker',
          only ? { 'forge-tlsa': 'yes' } : undefined,
        ),
        ...silenced(tlsaPlace, tlsa, only ? 'block-tlsa' : undefined),
      ],
    ],
  ];
}

/** Everything that an attacker with all powers can choose from against this target. */
export function actsAgainst(target: Target): Acts {
  const { domain, isSigned, zones } = target;
  const at = [domain, 'MX'] as const;
  const onLine = (id: NonNullable<Attacker['smtp']>, needs: string, more: Attacker = {}): Act =>
    act(`line.${id}`, needs, { smtp: id, ...more }, { knobs: { line: id } });
  const led = (name: string, exchange: string, knobs?: Partial<Knobs>) =>
    answer(`mx.${name}`, 'D', at, { answer: [{ preference: 1, exchange }] }, knobs);
  const signed: readonly (readonly [Place, readonly Act[]])[] = isSigned
    ? [
        [
          'ds',
          [
            nothingAt('ds'),
            act(
              'ds.nodata',
              'D',
              { dns: zones.map((name) => ({ name, type: 'DS', action: 'nodata' })) },
              { forges: false },
            ),
          ],
        ],
        [
          'zone-key',
          [
            nothingAt('zone-key'),
            act('zone-key.signs', 'Z', { zoneKeys: zones }, { knobs: { 'zone-key': 'stolen' } }),
          ],
        ],
      ]
    : [];
  return new Map<Place, readonly Act[]>([
    ...signed,
    [
      'mx',
      [
        nothingAt('mx'),
        led('forge', evilMx, { 'forge-mx': 'yes' }),
        led('forge-plain', plainMx),
        ...silenced('mx', at, 'block-mx'),
      ],
    ],
    ...hostActs(target, 0),
    ...hostActs(target, 1),
    ...policyActs(target),
    [
      'line',
      [
        nothingAt('line'),
        act('line.reads', 'L', { reads: true }, { knobs: { line: 'reads' } }),
        onLine('strip', 'L'),
        onLine('mitm-self', 'L'),
        onLine('mitm-ca-wrong', 'L'),
        onLine('mitm-rogue-ca', 'LC'),
        onLine('mitm-server-key', 'LK', { serverKeys: ['mx1', 'mx2', 'mx-new'] }),
      ],
    ],
  ]);
}
