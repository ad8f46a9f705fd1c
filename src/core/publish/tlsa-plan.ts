/**
 * Changing the key of a mail server without losing mail: the record of the next key stands beside
 * the old one for at least two TTLs before the server shows the new key (RFC 7671 §8.1). A record
 * that comes too late makes every strict sender wait.
 */
import { cite } from '../cite.ts';
import { formatTlsa, type Tlsa } from '../dane/tlsa.ts';
import { type PlanStep, formatZoneLine } from './plan.ts';

/** `tlsa-publish` is the one step where there is nothing to change to. */
export type TlsaStepId =
  'tlsa-publish' | 'tlsa-publish-both' | 'tlsa-deploy' | 'tlsa-check' | 'tlsa-remove-old';

export interface TlsaRollover {
  /** The MX host, without final dot. */
  readonly host: string;
  readonly port?: number;
  readonly ttlSeconds: number;
  readonly current: readonly Tlsa[];
  readonly next: readonly Tlsa[];
  readonly nowSeconds: number;
  /** When the server is to show the new key. */
  readonly deploySeconds: number;
}

export interface TlsaPlan {
  readonly steps: readonly PlanStep<TlsaStepId>[];
  /** The wished moment left less than two TTLs, so the change was put off to this many seconds later. */
  readonly postponedSeconds: number;
}

const clause = cite('rfc7671', '8.1');

/** The owner name of the TLSA records of a host, without final dot (RFC 7672 §2.2.3). */
export const tlsaOwner = (host: string, port = 25): string => `_${port}._tcp.${host}`;

const isSame = (one: Tlsa, other: Tlsa): boolean => formatTlsa(one) === formatTlsa(other);

/** Zone lines of one RRset; records given twice stand once. */
export function tlsaZoneLines(
  host: string,
  ttlSeconds: number,
  records: readonly Tlsa[],
  port = 25,
): readonly string[] {
  const owner = tlsaOwner(host, port);
  return records
    .filter((record, index) => records.findIndex((other) => isSame(record, other)) === index)
    .map((record) => formatZoneLine({ owner, ttlSeconds, type: 'TLSA', data: formatTlsa(record) }));
}

/**
 * The steps that replace the key of a mail server: both records, the new key, a check, the old record gone.
 * Shape: times in seconds since 1970.
 * Errors: none; a moment that is wished too early is put off to two TTLs from now, and `postponedSeconds` says by how
 * much.
 * Source: RFC 7671 §8.1.
 */
export function planTlsaRollover(rollover: TlsaRollover): TlsaPlan {
  const { host, port = 25, ttlSeconds, current, next, nowSeconds } = rollover;
  const leadSeconds = 2 * ttlSeconds;
  const deploySeconds = Math.max(rollover.deploySeconds, nowSeconds + leadSeconds);
  const lines = (records: readonly Tlsa[]) => tlsaZoneLines(host, ttlSeconds, records, port);
  const common = { host, ttlSeconds };
  return {
    postponedSeconds: deploySeconds - rollover.deploySeconds,
    steps: [
      {
        id: 'tlsa-publish-both',
        notBeforeSeconds: nowSeconds,
        values: { ...common, latestSeconds: deploySeconds - leadSeconds },
        zoneLines: lines([...current, ...next]),
        clause,
      },
      { id: 'tlsa-deploy', notBeforeSeconds: deploySeconds, values: common, clause },
      { id: 'tlsa-check', notBeforeSeconds: deploySeconds, values: common, clause },
      {
        id: 'tlsa-remove-old',
        notBeforeSeconds: deploySeconds,
        values: common,
        zoneLines: lines(next),
        clause,
      },
    ],
  };
}
