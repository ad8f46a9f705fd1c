/** What the reader can set in the burden widget, with limits and address. */
import type { SenderAssumptions } from '../../core/cost/burden.ts';
import { senders, type SenderSize } from '../../core/cost/senders.table.ts';
import { onceEach, readChoice, readNumber, type Correction, type NumberLimits } from '../query.ts';

export const sizes = Object.keys(senders) as readonly SenderSize[];

export interface BurdenState {
  /** Messages a day from one sender to one domain. */
  readonly rate: number;
  /** Days. */
  readonly lifetime: number;
  /** Days between refreshes; 0: only on demand. */
  readonly refresh: number;
  readonly size: SenderSize;
  readonly messages: number;
  readonly domains: number;
  readonly zipf: number;
  /** Per cent of the domains that publish a policy. */
  readonly publishing: number;
  /** Octets that one fetch moves, and that one kept policy takes. */
  readonly fetch: number;
  readonly entry: number;
  /** Hours that a TLSA record may be kept, and mail hosts of a domain: for DANE's lookups. */
  readonly ttl: number;
  readonly hosts: number;
}

export const limits = {
  rate: { low: 0.01, high: 1000, step: 0.01 },
  lifetime: { low: 0.1, high: 365, step: 0.1 },
  refresh: { low: 0, high: 30, step: 1 },
  messages: { low: 1, high: 10_000_000_000, step: 1 },
  domains: { low: 1, high: 50_000_000, step: 1 },
  zipf: { low: 0, high: 2, step: 0.05 },
  publishing: { low: 0.1, high: 100, step: 0.1 },
  fetch: { low: 500, high: 100_000, step: 100 },
  entry: { low: 50, high: 10_000, step: 10 },
  ttl: { low: 0.1, high: 168, step: 0.1 },
  hosts: { low: 1, high: 20, step: 1 },
} as const satisfies Record<string, NumberLimits>;

export type NumberName = keyof typeof limits;

/** The assumptions of one of the three senders, under the reader's lifetime and refresh. */
export function stateOfSize(size: SenderSize, kept?: Partial<BurdenState>): BurdenState {
  const sender = senders[size];
  return {
    rate: kept?.rate ?? 1,
    lifetime: kept?.lifetime ?? sender.lifetimeDays,
    refresh: kept?.refresh ?? 0,
    size,
    messages: sender.messagesPerDay,
    domains: sender.domains,
    zipf: sender.zipfExponent,
    publishing: sender.publishingShare * 100,
    fetch: kept?.fetch ?? sender.fetchBytes,
    entry: kept?.entry ?? sender.entryBytes,
    ttl: kept?.ttl ?? sender.daneTtlDays * 24,
    hosts: kept?.hosts ?? sender.mxHostsPerDomain,
  };
}

export const defaultState: BurdenState = stateOfSize('municipality');

export const assumptionsOf = (state: BurdenState): SenderAssumptions => ({
  ...senders[state.size],
  messagesPerDay: state.messages,
  domains: state.domains,
  zipfExponent: state.zipf,
  publishingShare: state.publishing / 100,
  lifetimeDays: state.lifetime,
  fetchBytes: state.fetch,
  entryBytes: state.entry,
  daneTtlDays: state.ttl / 24,
  mxHostsPerDomain: state.hosts,
  ...(state.refresh > 0 ? { refreshDays: state.refresh } : {}),
});

export const parameterNames = ['sender', ...Object.keys(limits)] as const;

export function fromQuery(asked: URLSearchParams): {
  readonly state: BurdenState;
  readonly corrections: readonly Correction[];
} {
  const { query, corrections } = onceEach(asked, parameterNames);
  const start = stateOfSize(readChoice(query, 'sender', sizes, defaultState.size, corrections));
  const numbers = Object.fromEntries(
    Object.entries(limits).map(([name, limit]) => [
      name,
      readNumber(query, name, limit, start[name as NumberName], corrections),
    ]),
  ) as unknown as Pick<BurdenState, NumberName>;
  return { state: { ...start, ...numbers }, corrections };
}

export function toQuery(state: BurdenState): URLSearchParams {
  const query = new URLSearchParams({ sender: state.size });
  const start = stateOfSize(state.size);
  for (const name of Object.keys(limits) as NumberName[])
    if (state[name] !== start[name]) query.set(name, String(state[name]));
  return query;
}
