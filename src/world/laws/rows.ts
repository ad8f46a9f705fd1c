/**
 * The rows of the table: which sender, of which habits, sends to which domain. A row is a world without
 * attacker, and a sender that lives in it.
 */
import { daySeconds } from '../../core/ask.ts';
import { nameOf } from '../../core/dns/name.ts';
import { refreshPolicy } from '../../core/mta-sts/decision.ts';
import { deliver } from '../../core/sender/deliver.ts';
import type {
  Delivery,
  ProfileId,
  Protection,
  Sender,
  SenderMemory,
} from '../../core/sender/sender.ts';
import type { Envelope } from '../../core/smtp/session.ts';
import { ask, type Procedure } from '../../core/trace.ts';
import { defaultKnobs, type Knobs } from '../simulated/knobs.ts';
import { withLifetime, recipient, scenarioOfKnobs } from '../simulated/scenario-of-knobs.ts';
import type { Scenario } from '../simulated/scenario.ts';
import { envelopeOf, senderOf } from '../simulated/simulate.ts';
import {
  actsAgainst,
  moreCertificates,
  moreRecords,
  moreServers,
  type Acts,
  type Target,
} from './acts.ts';

export const protectionIds = ['starttls', 'sts-2016', 'mta-sts', 'dane', 'both'] as const;
export type ProtectionId = (typeof protectionIds)[number];

/** What differs from one sender, one domain and one host in the same zone. */
export const scopes = [
  ...(['base', 'two-hosts', 'unsigned-domain', 'unsigned-host'] as const),
  /** The sender fetches the policy anew each day after its message, as RFC 8461 §3.3 recommends. */
  'daily-refresh',
] as const;
export type Scope = (typeof scopes)[number];

export interface RowChoice {
  readonly protection: ProtectionId;
  readonly scope: Scope;
  readonly profile: ProfileId;
}

/** `deliver`, or a sender with a fault in it, to see that a law notices. */
export type Deliver = (
  sender: Sender,
  envelope: Envelope,
  memory: SenderMemory,
) => Procedure<Delivery>;

export interface Row extends RowChoice {
  /** `dane`, `dane/two-hosts`, `both/exim-4.96`: protection, and what differs from base and strict. */
  readonly id: string;
  /** The world as settings of the simulator, but for the lifetime and the attacker's own servers. */
  readonly knobs: Knobs;
  readonly scenario: Scenario;
  readonly sender: Sender;
  readonly envelope: Envelope;
  readonly deliver: Deliver;
  readonly acts: Acts;
  readonly lifetimeSeconds: number;
  /** Keeps memories apart that no delivery tells apart; only to see that it makes no difference. */
  readonly keepsWholeMemory: boolean;
  /** Is this what the domain itself publishes, still in force? Undefined: this sender remembers nothing. */
  readonly isKnown: ((memory: SenderMemory) => boolean) | undefined;
}

export const rowId = ({ protection, scope, profile }: RowChoice): string =>
  [
    protection,
    ...(scope === 'base' ? [] : [scope]),
    ...(profile === 'strict' ? [] : [profile]),
  ].join('/');

const strict = (protection: ProtectionId, scope: Scope = 'base'): RowChoice => ({
  protection,
  scope,
  profile: 'strict',
});
const observed = (protection: ProtectionId, profile: ProfileId): RowChoice => ({
  protection,
  scope: 'base',
  profile,
});

/** Each protection; then other domains and habits, then senders as they are. */
export const rowChoices: readonly RowChoice[] = [
  strict('starttls'),
  strict('sts-2016'),
  strict('mta-sts'),
  strict('dane'),
  strict('both'),
  strict('dane', 'two-hosts'),
  strict('dane', 'unsigned-domain'),
  strict('dane', 'unsigned-host'),
  strict('mta-sts', 'daily-refresh'),
  observed('mta-sts', 'postfix-policy-daemon-1.1'),
  observed('dane', 'postfix-3.7'),
  observed('dane', 'exim-4.96'),
  observed('both', 'postfix-3.7'),
  observed('both', 'exim-4.96'),
  observed('both', 'postfix-policy-daemon-1.1'),
  observed('both', 'dane-list'),
];

const none: Partial<Knobs> = {
  zone: 'unsigned',
  tlsa: 'none',
  sts: 'no-policy',
  sts2016: 'no-policy',
};
const withDane: Partial<Knobs> = { zone: 'signed', tlsa: '3-1-1' };

/** What the domain publishes, being what this protection asks for, and which policy its sender looks for, if any. */
const asked: Readonly<
  Record<ProtectionId, { readonly knobs: Partial<Knobs>; readonly policy?: Target['policy'] }>
> = {
  starttls: { knobs: none },
  'sts-2016': { knobs: { ...none, sts2016: 'enforce' }, policy: 'sts-2016' },
  'mta-sts': { knobs: { ...none, sts: 'enforce' }, policy: 'mta-sts' },
  dane: { knobs: { ...none, ...withDane } },
  both: { knobs: { ...none, ...withDane, sts: 'enforce' }, policy: 'mta-sts' },
};

const scoped: Readonly<Record<Scope, Partial<Knobs>>> = {
  base: {},
  'two-hosts': { mx: 'two' },
  'unsigned-domain': { zone: 'unsigned', 'host-zone': 'signed' },
  'unsigned-host': { 'host-zone': 'unsigned' },
  'daily-refresh': {},
};

/** In the words of the core. */
export const protectionOf = {
  starttls: 'opportunistic',
  'sts-2016': 'smtp-sts-2016',
  'mta-sts': 'mta-sts',
  dane: 'dane',
  both: 'dane-and-mta-sts',
} as const satisfies Readonly<Record<ProtectionId, Protection>>;

export interface RowOptions {
  readonly lifetimeSeconds: number;
  readonly deliver?: Deliver;
  /** What the domain publishes, where it is more than this protection asks for. */
  readonly publishes?: ProtectionId;
  readonly keepsWholeMemory?: boolean;
  /** A sender with a habit that its profile does not have. */
  readonly change?: (sender: Sender) => Sender;
}

export function makeRow(choice: RowChoice, options: RowOptions): Row {
  const { lifetimeSeconds, change = (sender) => sender, keepsWholeMemory = false } = options;
  const { protection, scope, profile } = choice;
  const knobs: Knobs = {
    ...defaultKnobs,
    ...asked[options.publishes ?? protection].knobs,
    ...scoped[scope],
    profile,
    protection: protectionOf[protection],
  };
  const scenario = withAttackersOwn(withLifetime(scenarioOfKnobs(knobs), lifetimeSeconds));
  const signed = scenario.zones.filter((zone) => zone.signed && ownZones.includes(zone.name));
  return {
    ...choice,
    id: rowId(choice),
    knobs,
    scenario,
    sender: change(senderOf(scenario.sender)),
    envelope: envelopeOf(scenario),
    deliver: options.deliver ?? (scope === 'daily-refresh' ? deliverAndRefresh : deliver),
    lifetimeSeconds,
    keepsWholeMemory,
    acts: actsAgainst({
      domain: recipient,
      hosts: hostsOf(scenario),
      zones: signed.map(({ name }) => name),
      policy: asked[protection].policy,
      isSigned: signed.length > 0,
      lifetimeSeconds,
    }),
    isKnown: knownOf(protection, scenario),
  };
}

function* deliverAndRefresh(sender: Sender, envelope: Envelope, memory: SenderMemory) {
  const delivery = yield* deliver(sender, envelope, memory);
  const nowSeconds = yield* ask({ ask: 'now' });
  const { mtaSts } = delivery.memory;
  const refreshed = yield* refreshPolicy(sender, envelope.domain, mtaSts, nowSeconds);
  return { ...delivery, memory: { ...delivery.memory, mtaSts: refreshed } };
}

/** The same sender with only one of the two, at a domain that publishes both. */
export const aloneOf = (row: Row, protection: 'dane' | 'mta-sts'): Row =>
  makeRow({ ...row, protection }, { lifetimeSeconds: row.lifetimeSeconds, publishes: 'both' });

const ownZones: readonly string[] = [recipient, 'mailhost.example'];

export const hostsOf = ({ zones }: Scenario): readonly string[] =>
  zones
    .flatMap(({ records }) => records)
    .flatMap((record) => (record.type === 'MX' ? [record.exchange] : []));

/** His servers stand there all the time; that he has what they show is what an act needs. */
function withAttackersOwn(scenario: Scenario): Scenario {
  return {
    ...scenario,
    zones: scenario.zones.map((zone) =>
      zone.name === 'attacker.example'
        ? { ...zone, records: [...zone.records, ...moreRecords] }
        : zone,
    ),
    servers: [...scenario.servers, ...moreServers],
    certificates: { ...scenario.certificates, ...moreCertificates(hostsOf(scenario)) },
  };
}

function knownOf(
  protection: ProtectionId,
  { zones, clockSeconds, policyHosts }: Scenario,
): Row['isKnown'] {
  const domain = nameOf(recipient);
  if (protection === 'sts-2016') {
    const records = zones.flatMap((zone) => zone.records);
    const found = records.find(({ name }) => name === `_smtp_sts.${recipient}`);
    const genuine = found?.type === 'TXT' ? found.text : undefined;
    return ({ draft2016 }) => {
      const cached = draft2016.get(domain);
      return (
        cached !== undefined && cached.text === genuine && cached.expiresSeconds >= clockSeconds
      );
    };
  }
  if (protection === 'starttls' || protection === 'dane') return undefined;
  const body = policyHosts.find(({ host }) => host === `mta-sts.${recipient}`)?.body ?? '';
  const genuine = [...body.matchAll(/^mx: (.*)\r$/gm)].map(([, mx]) => mx).join();
  return ({ mtaSts }) => {
    const cached = mtaSts.get(domain)?.cached;
    return (
      cached !== undefined &&
      cached.policy.mode === 'enforce' &&
      cached.policy.mx.join() === genuine &&
      cached.fetchedSeconds + cached.policy.maxAgeSeconds >= clockSeconds
    );
  };
}

export const rowsWith = (lifetimeDays: number): readonly Row[] =>
  rowChoices.map((choice) => makeRow(choice, { lifetimeSeconds: lifetimeDays * daySeconds }));
