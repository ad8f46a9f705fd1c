/**
 * What the owner of a domain can change, by our own plans (core/publish), step by step as they are dated, and the
 * mistakes that are easily made in them; and the world as it then is.
 */
import { daySeconds } from '../../core/ask.ts';
import { keptIn } from '../../core/once-per.ts';
import { formatTlsa, type Tlsa } from '../../core/dane/tlsa.ts';
import { formatStsPolicy } from '../../core/mta-sts/policy.ts';
import { readBackLine } from '../../core/publish/read-back.ts';
import { planStsExit, planStsStart } from '../../core/publish/sts-plan.ts';
import { planTlsaRollover } from '../../core/publish/tlsa-plan.ts';
import { stsIdAt, type PlanStep } from '../../core/publish/plan.ts';
import { outcomeOf } from '../../core/sender/outcome.ts';
import type { SenderMemory } from '../../core/sender/sender.ts';
import type { Scenario, TlsaSubject, ZoneRecord } from '../simulated/scenario.ts';
import { walk } from '../run.ts';
import { SimulatedWorld } from '../simulated/simulated.ts';
import { symbolicChain, symbolicDigest } from '../simulated/symbolic-certificate.ts';
import { endOf, type End } from './law.ts';
import type { Row } from './rows.ts';

export const ttlSeconds = 3600;

/** What stands in the zone, at the policy host and on the mail server. */
export interface Published {
  /** The `id` of the TXT record; undefined: there is none. */
  readonly id: string | undefined;
  readonly file: string | undefined;
  /** TLSA data of the first host, in presentation form. */
  readonly tlsa: readonly string[];
  /** Which key the first host shows. */
  readonly key: Key;
  readonly mx: Host;
}

type Key = 'mx1' | 'mx1-next';
type Host = 'mx1' | 'new-mx';

export interface Step {
  readonly id: string;
  /** Seconds after the plan began. */
  readonly atSeconds: number;
  readonly change: (before: Published) => Published;
}

export const planIds = ['start', 'exit', 'rollover', 'move'] as const;
export type PlanId = (typeof planIds)[number];

/** A plan with a fault that is easily made; see `mistakes`. */
export interface Mistake {
  readonly id: string;
  readonly plan: PlanId;
  readonly spoil: (steps: readonly Step[]) => readonly Step[];
}

const atOnce: Mistake['spoil'] = (steps) => steps.map((step) => ({ ...step, atSeconds: 0 }));
const only =
  (id: string): Mistake['spoil'] =>
  (steps) =>
    steps.filter((step) => step.id === id);

/** At once what has to wait, or in another order, or without a step. */
export const mistakes: readonly Mistake[] = [
  { id: 'rollover-without-waiting', plan: 'rollover', spoil: atOnce },
  { id: 'rollover-record-forgotten', plan: 'rollover', spoil: only('tlsa-deploy') },
  {
    id: 'rollover-old-record-removed-first',
    plan: 'rollover',
    spoil: (steps) => {
      const removal = steps.find(({ id }) => id === 'tlsa-remove-old');
      return steps.flatMap((step) =>
        step.id === 'tlsa-publish-both' && removal ? [{ ...removal, atSeconds: 0 }] : [step],
      );
    },
  },
  { id: 'move-without-waiting', plan: 'move', spoil: atOnce },
  {
    id: 'move-without-new-id',
    plan: 'move',
    spoil: (steps) => steps.filter(({ id }) => !id.startsWith('announce')),
  },
  { id: 'move-without-policy', plan: 'move', spoil: only('move-mx') },
  { id: 'exit-at-once', plan: 'exit', spoil: (steps) => atOnce(only('sts-remove')(steps)) },
];

const hostName = (host: Host, domain: string): string => `${host}.${domain}`;

export class Owner {
  readonly #row: Row;
  readonly #mistake: Mistake | undefined;
  readonly #worlds = new Map<string, SimulatedWorld>();
  readonly #tlsa: Readonly<Record<Key, Tlsa>>;
  readonly #base: Scenario;
  deliveries = 0;

  constructor(row: Row, mistake: Mistake | undefined) {
    this.#row = row;
    this.#mistake = mistake;
    const { scenario } = row;
    this.#base = {
      ...scenario,
      certificates: {
        ...scenario.certificates,
        'mx1-next': { issuer: 'public-ca', names: [hostName('mx1', scenario.domain)] },
        'mx-new': { issuer: 'public-ca', names: [hostName('new-mx', scenario.domain)] },
      },
    };
    this.#tlsa = { mx1: this.#tlsaOf('mx1'), 'mx1-next': this.#tlsaOf('mx1-next') };
  }

  get usesSts(): boolean {
    return this.#row.protection !== 'dane';
  }
  get usesDane(): boolean {
    return this.#row.protection !== 'mta-sts';
  }

  /** Before anything of it is introduced; DANE, which nobody remembers, stands from the start. */
  get start(): Published {
    const tlsa = this.usesDane ? [formatTlsa(this.#tlsa.mx1)] : [];
    return { id: undefined, file: undefined, tlsa, key: 'mx1', mx: 'mx1' };
  }

  #tlsaOf(id: string): Tlsa {
    const { certificates, clockSeconds } = this.#base;
    const certificate = certificates[id];
    if (certificate === undefined) throw new Error(`no certificate ${id}`);
    const { spki } = symbolicChain(id, certificate, clockSeconds).leaf;
    return { usage: 3, selector: 1, matchingType: 1, association: symbolicDigest(1, spki) };
  }

  /** Which plans can be begun here. */
  plansAt({ id }: Published): readonly PlanId[] {
    const sts: readonly PlanId[] = this.usesSts ? [id === undefined ? 'start' : 'exit'] : [];
    return [...sts, ...(this.usesDane ? (['rollover'] as const) : []), 'move'];
  }

  stepsOf(plan: PlanId, from: Published): readonly Step[] {
    const steps = this.#planned(plan, from);
    return this.#mistake?.plan === plan ? this.#mistake.spoil(steps) : steps;
  }

  #planned(plan: PlanId, from: Published): readonly Step[] {
    const { clockSeconds: now, domain } = this.#base;
    const { lifetimeSeconds } = this.#row;
    switch (plan) {
      case 'start': {
        const steps = planStsStart({
          domain,
          mx: [hostName(from.mx, domain)],
          nowSeconds: now,
          txtTtlSeconds: ttlSeconds,
          rua: [],
          testingSeconds: 2 * daySeconds,
          testingMaxAgeSeconds: daySeconds,
          enforceMaxAgeSeconds: lifetimeSeconds,
        });
        return stepsFrom(steps, steps[0]?.notBeforeSeconds ?? now);
      }
      case 'exit': {
        const exit = { domain, nowSeconds: now, txtTtlSeconds: ttlSeconds };
        return stepsFrom(planStsExit({ ...exit, longestMaxAgeSeconds: lifetimeSeconds }), now);
      }
      case 'rollover': {
        const next: Key = from.key === 'mx1' ? 'mx1-next' : 'mx1';
        const { steps } = planTlsaRollover({
          host: hostName('mx1', domain),
          ttlSeconds,
          current: [this.#tlsa[from.key]],
          next: [this.#tlsa[next]],
          nowSeconds: now,
          deploySeconds: now,
        });
        return stepsFrom(steps, now, next);
      }
      case 'move':
        return this.#move(from);
    }
  }

  /**
   * RFC 8461 §8.1: the new policy first, and old ones go on working until the TTL of the TXT record has passed;
   * so both hosts are named, and the MX record changes after that. Without MTA-STS only the record changes.
   */
  #move(from: Published): readonly Step[] {
    const { clockSeconds, domain } = this.#base;
    const to: Host = from.mx === 'mx1' ? 'new-mx' : 'mx1';
    const move: Step = {
      id: 'move-mx',
      atSeconds: from.id === undefined ? 0 : ttlSeconds,
      change: (before) => ({ ...before, mx: to }),
    };
    if (from.id === undefined) return [move];
    const list = (hosts: readonly Host[], name: string, atSeconds: number): readonly Step[] => {
      const file = formatStsPolicy({
        mode: 'enforce',
        maxAgeSeconds: this.#row.lifetimeSeconds,
        mx: hosts.map((host) => hostName(host, domain)),
        extensions: [],
      });
      const id = stsIdAt(clockSeconds + hosts.length);
      return [
        { id: `serve-${name}`, atSeconds, change: (before) => ({ ...before, file }) },
        { id: `announce-${name}`, atSeconds, change: (before) => ({ ...before, id }) },
      ];
    };
    return [...list([from.mx, to], 'both', 0), move, ...list([to], 'new', 2 * ttlSeconds)];
  }

  /** The world in which what each RRset answers may be older than what now stands there. */
  worldOf(now: Published, seen: Pick<Published, 'id' | 'tlsa' | 'mx'>): SimulatedWorld {
    const make = () => new SimulatedWorld(this.#scenario(now, seen));
    return keptIn(this.#worlds, JSON.stringify([now, seen]), make);
  }

  /** Delivers one message. */
  deliver(
    world: SimulatedWorld,
    memory: SenderMemory,
  ): { readonly end: End; readonly memory: SenderMemory } {
    world.reset();
    this.deliveries += 1;
    const { sender, envelope } = this.#row;
    const { action, memory: kept } = walk(this.#row.deliver(sender, envelope, memory), world);
    return { end: endOf(outcomeOf(action, world.truth), false), memory: kept };
  }

  #scenario(now: Published, seen: Pick<Published, 'id' | 'tlsa' | 'mx'>): Scenario {
    const base = this.#base;
    const { domain } = base;
    const first = hostName('mx1', domain);
    const second = hostName('new-mx', domain);
    const tlsa = (host: string, of: TlsaSubject): ZoneRecord => {
      const data = { usage: 3, selector: 1, matchingType: 1, of };
      return { name: `_25._tcp.${host}`, type: 'TLSA', ...data };
    };
    const records: readonly ZoneRecord[] = [
      { name: domain, type: 'MX', preference: 10, exchange: hostName(seen.mx, domain) },
      { name: first, type: 'A', address: '192.0.2.1' },
      { name: second, type: 'A', address: '192.0.2.3' },
      { name: `mta-sts.${domain}`, type: 'A', address: '192.0.2.80' },
      ...(seen.id === undefined
        ? []
        : [{ name: `_mta-sts.${domain}`, type: 'TXT', text: `v=STSv1; id=${seen.id};` } as const]),
      ...seen.tlsa.map((data) => tlsa(first, { hex: data.split(' ')[3] ?? '' })),
      ...(this.usesDane ? [tlsa(second, { certificate: 'mx-new', part: 'leaf' })] : []),
    ];
    const { file } = now;
    return {
      ...base,
      zones: base.zones.map((zone) => (zone.name === domain ? { ...zone, records } : zone)),
      servers: base.servers.map((server) =>
        server.address === '192.0.2.1' ? { ...server, certificate: now.key } : server,
      ),
      policyHosts:
        file === undefined ? [] : base.policyHosts.map((host) => ({ ...host, body: file })),
    };
  }
}

/** Steps of a plan as changes; the plan's own lines and files, read back by our own readers. */
function stepsFrom(
  steps: readonly PlanStep<string>[],
  beganSeconds: number,
  next?: Key,
): readonly Step[] {
  return steps.map(({ id, notBeforeSeconds, zoneLines = [], file }) => {
    const lines = zoneLines.map((text) => {
      const read = readBackLine(text);
      if (!read.ok) throw new Error(`our own line cannot be read: ${text}`);
      return { type: read.line.type, plain: read.plain };
    });
    const tlsa = lines.filter(({ type }) => type === 'TLSA').map(({ plain }) => plain);
    const policyId = lines.map(({ plain }) => /id=(\w+)/.exec(plain)?.[1]).find(Boolean);
    const change = (before: Published): Published => ({
      ...before,
      ...(file === undefined ? {} : { file }),
      ...(policyId === undefined ? {} : { id: policyId }),
      ...(tlsa.length === 0 ? {} : { tlsa }),
      ...(id === 'tlsa-deploy' && next ? { key: next } : {}),
      ...(id === 'sts-remove' ? { id: undefined, file: undefined } : {}),
    });
    return { id, atSeconds: notBeforeSeconds - beganSeconds, change };
  });
}
