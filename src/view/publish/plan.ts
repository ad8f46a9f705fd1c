/**
 * Makes the plans. Each line for a zone and each policy is read back by our own parsers first; a plan
 * with a part that they refuse is not shown. Loaded when a plan is asked for.
 */
import { daySeconds } from '../../core/ask.ts';
import { formatTlsa, type Tlsa } from '../../core/dane/tlsa.ts';
import type { PlanStep } from '../../core/publish/plan.ts';
import { readBackLine, readBackPolicy, type ReadBackFault } from '../../core/publish/read-back.ts';
import { planMove, type Move } from '../../core/publish/move-plan.ts';
import { planStsExit, planStsStart } from '../../core/publish/sts-plan.ts';
import { planTlsaRollover, tlsaZoneLines } from '../../core/publish/tlsa-plan.ts';
import { situationKey, type Line } from '../messages/line.ts';
import type { MovePlanView, RecordView, StepView, StsPlanView, TlsaPlanView } from './view.ts';

export type Planned<Plan> =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly faults: readonly Line[] };

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly Line[] };

const faultLines = (faults: readonly ReadBackFault[]): readonly Line[] =>
  faults.map(({ room, situation }) => ({ key: situationKey(room, situation) }));

export function readRecords(zoneLines: readonly string[]): Read<readonly RecordView[]> {
  const records: RecordView[] = [];
  const faults: Line[] = [];
  for (const zoneLine of zoneLines) {
    const read = readBackLine(zoneLine);
    if (read.ok) {
      const { owner, type, ttlSeconds } = read.line;
      records.push({ zoneLine, name: owner, type, ttlSeconds, plain: read.plain });
    } else faults.push(...faultLines(read.faults));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: records };
}

/** The steps of a plan with their records, all read back. */
export function readSteps(steps: readonly PlanStep<StepView['id']>[]): Read<readonly StepView[]> {
  const views: StepView[] = [];
  const faults: Line[] = [];
  for (const { id, notBeforeSeconds, values, zoneLines = [], file, clause } of steps) {
    const records = readRecords(zoneLines);
    if (!records.ok) faults.push(...records.faults);
    if (file !== undefined) faults.push(...faultLines(readBackPolicy(file)));
    views.push({
      id,
      notBeforeSeconds,
      values,
      records: records.ok ? records.value : [],
      ...(file !== undefined && { file }),
      clause,
    });
  }
  const once = [...new Map(faults.map((fault) => [fault.key, fault])).values()];
  return once.length > 0 ? { ok: false, faults: once } : { ok: true, value: views };
}

export interface TlsaInput {
  readonly notes?: readonly Line[];
  readonly host: string;
  readonly ttlSeconds: number;
  readonly current: Tlsa;
  /** The record of the next key, of the same kind; undefined where it does not exist yet. */
  readonly next: Tlsa | undefined;
  readonly nowSeconds: number;
  readonly deploySeconds: number;
}

export function planTlsa(input: TlsaInput): Planned<TlsaPlanView> {
  const { host, ttlSeconds, current, next, nowSeconds, deploySeconds } = input;
  const now = readRecords(tlsaZoneLines(host, ttlSeconds, [current]));
  if (!now.ok) return now;
  const latestSeconds = Math.max(nowSeconds, deploySeconds - 2 * ttlSeconds);
  const plan: TlsaPlanView = {
    host,
    now: now.value,
    notes: input.notes ?? [],
    change: 'none',
    steps: [],
    isPostponed: false,
    latestSeconds,
  };
  if (next === undefined) return { ok: true, plan };
  if (formatTlsa(next) === formatTlsa(current))
    return { ok: true, plan: { ...plan, change: 'same' } };
  const { steps, postponedSeconds } = planTlsaRollover({
    host,
    ttlSeconds,
    current: [current],
    next: [next],
    nowSeconds,
    deploySeconds,
  });
  const read = readSteps(steps);
  if (!read.ok) return read;
  return {
    ok: true,
    plan: { ...plan, change: 'rollover', steps: read.value, isPostponed: postponedSeconds > 0 },
  };
}

/** Is this a host name or a pattern of a policy? The session asks before it plans. */
export { isMxPattern, mxFault } from '../../core/mta-sts/near-miss.ts';

export interface StsInput {
  readonly direction: 'in' | 'out';
  readonly domain: string;
  readonly mx: readonly string[];
  readonly rua: readonly string[];
  readonly nowSeconds: number;
  readonly txtTtlSeconds: number;
  readonly testingDays: number;
  /** Of the policy in mode enforce; on the way out, the longest that was ever served. */
  readonly maxAgeSeconds: number;
}

/** A policy that is being tried out is forgotten within a day, so that a mistake is too; our choice. */
const testingMaxAgeSeconds = daySeconds;
/** RFC 8461 §3.2 speaks of "weeks or greater". */
const weekSeconds = 7 * daySeconds;

export function planSts(input: StsInput): Planned<StsPlanView> {
  const { direction, domain, mx, rua, nowSeconds, txtTtlSeconds, maxAgeSeconds } = input;
  const steps =
    direction === 'out'
      ? planStsExit({ domain, nowSeconds, txtTtlSeconds, longestMaxAgeSeconds: maxAgeSeconds })
      : planStsStart({
          domain,
          mx,
          nowSeconds,
          txtTtlSeconds,
          rua,
          testingSeconds: input.testingDays * daySeconds,
          testingMaxAgeSeconds,
          enforceMaxAgeSeconds: maxAgeSeconds,
        });
  const read = readSteps(steps);
  if (!read.ok) return read;
  const notes: Line[] = [];
  if (direction === 'in' && rua.length === 0) notes.push({ key: 'tools.sts.no-reports' });
  if (direction === 'in' && maxAgeSeconds < weekSeconds) notes.push({ key: 'tools.sts.short' });
  if (mx.some((pattern) => pattern.startsWith('*.'))) notes.push({ key: 'tools.sts.wildcard' });
  return { ok: true, plan: { domain, direction, steps: read.value, notes } };
}

/** Somebody who remembers a policy for longer than this makes the last step of a move wait long. */
const longSeconds = 60 * daySeconds;

/** `wishedSeconds` undefined: as soon as it can be. */
export function planMailMove(
  move: Omit<Move, 'wishedSeconds'> & { readonly wishedSeconds: number | undefined },
): Planned<MovePlanView> {
  const { domain, from, to, nowSeconds, wishedSeconds, maxAgeSeconds } = move;
  if ([...from].sort().join() === [...to].sort().join())
    return { ok: false, faults: [{ key: 'plan.same-servers' }] };
  const { steps, postponedSeconds } = planMove({
    ...move,
    wishedSeconds: wishedSeconds ?? nowSeconds,
  });
  const read = readSteps(steps);
  if (!read.ok) return read;
  const notes: Line[] = [];
  if (wishedSeconds !== undefined && postponedSeconds > 0) notes.push({ key: 'plan.postponed' });
  if (maxAgeSeconds > longSeconds) notes.push({ key: 'plan.long-max-age' });
  return { ok: true, plan: { domain, steps: read.value, notes } };
}
