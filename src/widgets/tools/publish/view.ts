/**
 * What to publish and when, as rows of words. Each line for a zone and each policy was read back by our
 * own parsers first; one that they refuse never gets here. A plan carries what it was made for.
 */
import type { Citation } from '../../../core/cite.ts';
import { formatTlsa, type Tlsa } from '../../../core/dane/tlsa.ts';
import type { UsableTlsa } from '../../../core/dane/usable.ts';
import { daySeconds, type PlanStep } from '../../../core/publish/plan.ts';
import { readBackLine, readBackPolicy } from '../../../core/publish/read-back.ts';
import { planStsExit, planStsStart, type StsStepId } from '../../../core/publish/sts-plan.ts';
import {
  planTlsaRollover,
  tlsaZoneLines,
  type TlsaStepId,
} from '../../../core/publish/tlsa-plan.ts';
import type { Line } from '../parts/line.ts';

/** One record as a zone file has it and as a web form asks for it. */
export interface RecordView {
  readonly zoneLine: string;
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly plain: string;
}

export interface StepView {
  readonly id: TlsaStepId | StsStepId;
  readonly notBeforeSeconds: number;
  readonly values: Readonly<Record<string, string | number>>;
  /** Values that are moments: their dates fill the place of the same name without `Seconds`. */
  readonly records: readonly RecordView[];
  /** A policy file with its CRLF line ends. */
  readonly file?: string;
  readonly clause: Citation;
}

export type Planned<Plan> =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly faults: readonly Line[] };

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly faults: readonly Line[] };

export function readRecords(zoneLines: readonly string[]): Read<readonly RecordView[]> {
  const records: RecordView[] = [];
  const faults: Line[] = [];
  for (const zoneLine of zoneLines) {
    const read = readBackLine(zoneLine);
    if (read.ok) {
      const { owner, type, ttlSeconds } = read.line;
      records.push({ zoneLine, name: owner, type, ttlSeconds, plain: read.plain });
    } else
      faults.push(
        ...read.faults.map(({ room, situation }) => ({ key: `situation.${room}.${situation}` })),
      );
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: records };
}

type Id = TlsaStepId | StsStepId;

function readSteps(steps: readonly PlanStep<Id>[]): Read<readonly StepView[]> {
  const views: StepView[] = [];
  const faults: Line[] = [];
  for (const { id, notBeforeSeconds, values, zoneLines = [], file, clause } of steps) {
    const records = readRecords(zoneLines);
    if (!records.ok) faults.push(...records.faults);
    if (file !== undefined)
      faults.push(
        ...readBackPolicy(file).map(({ room, situation }) => ({
          key: `situation.${room}.${situation}`,
        })),
      );
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
  readonly host: string;
  readonly ttlSeconds: number;
  readonly current: Tlsa;
  /** The record of the next key, of the same kind; undefined where it does not exist yet. */
  readonly next: Tlsa | undefined;
  readonly nowSeconds: number;
  readonly deploySeconds: number;
}

export interface TlsaPlanView {
  readonly host: string;
  readonly now: readonly RecordView[];
  /** `none`: no next key was given; `same`: the key stays, so nothing changes. */
  readonly change: 'none' | 'same' | 'rollover';
  readonly steps: readonly StepView[];
  readonly isPostponed: boolean;
  /** The last moment to have the next record published, where there is no next key yet. */
  readonly latestSeconds: number;
}

export function planTlsa(input: TlsaInput): Planned<TlsaPlanView> {
  const { host, ttlSeconds, current, next, nowSeconds, deploySeconds } = input;
  const now = readRecords(tlsaZoneLines(host, ttlSeconds, [current]));
  if (!now.ok) return now;
  const latestSeconds = Math.max(nowSeconds, deploySeconds - 2 * ttlSeconds);
  const plan: TlsaPlanView = {
    host,
    now: now.value,
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

export interface StsPlanView {
  readonly domain: string;
  readonly direction: 'in' | 'out';
  readonly steps: readonly StepView[];
  readonly notes: readonly Line[];
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

/** `3 1 1` of a choice in a list. */
export type TlsaKind = `${UsableTlsa['usage']} ${UsableTlsa['selector']} ${1 | 2}`;

/** In the order in which they are offered: what to publish first. */
export const tlsaKinds: readonly TlsaKind[] = [
  '3 1 1',
  '2 0 1',
  '3 1 2',
  '3 0 1',
  '3 0 2',
  '2 1 1',
  '2 1 2',
  '2 0 2',
];

/** The same computed by hand, so that nobody has to take our word for it. */
export function digestCommand(kind: TlsaKind): string {
  const [usage, selector, matchingType] = kind.split(' ');
  const file = usage === '2' ? 'ca.pem' : 'cert.pem';
  const digest = matchingType === '1' ? 'sha256' : 'sha512';
  return selector === '0'
    ? `openssl x509 -in ${file} -outform DER | openssl dgst -${digest}`
    : `openssl x509 -in ${file} -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -${digest}`;
}

export const nextKeyCommand = [
  'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out next.key',
  'openssl pkey -in next.key -pubout',
].join('\n');

/** Report addresses as typed: one a line or with commas; a bare mail address becomes a `mailto:` URI. */
export const reportAddresses = (typed: string): readonly string[] =>
  typed
    .split(/[\s,;]+/)
    .filter((each) => each !== '')
    .map((each) => (/^[a-z][a-z0-9+.-]*:/i.test(each) ? each : `mailto:${each}`));

/** Host names or patterns as typed; also what `dig` prints: a preference before, a dot behind. */
export const mxPatterns = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(/[\n,;]+/)
      .map((line) => line.trim().replace(/^(?:\S+\s+(?:\d+\s+)?IN\s+MX\s+)?(?:\d+\s+)?/i, ''))
      .map((name) => name.replace(/\.$/, '').toLowerCase())
      .filter((name) => name !== ''),
  ),
];
