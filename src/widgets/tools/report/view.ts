/**
 * TLS reports as rows of words: totals, per policy, per result, per day. All reading and adding up is
 * the core's; here the findings get their place. Text of a report is shown as text and nothing else.
 */
import {
  policyTypes,
  resultTypes,
  type FailureDetail,
  type TlsReport,
} from '../../../core/tls-rpt/report.ts';
import { totalsPerPolicy, untyped } from '../../../core/tls-rpt/totals.ts';
import { scale, ticks } from '../../chart/scale.ts';
import type { Line, Tone } from '../parts/line.ts';

/** One dropped file: a report with what was read leniently, or why it is none. */
export type FileRead =
  | {
      readonly ok: true;
      readonly name: string;
      readonly report: TlsReport;
      /** Situations of the reading, `situation.tls-rpt.<id>`, with the part they are about. */
      readonly doubts: readonly { readonly situation: string; readonly part: string }[];
    }
  | { readonly ok: false; readonly name: string; readonly fault: Line; readonly part: string };

export interface PolicyRow {
  readonly domain: string | null;
  /** A message where the type is one that we know, else as written. */
  readonly type: { readonly known: boolean; readonly id: string };
  readonly successful: number;
  readonly failed: number;
  readonly reports: number;
  readonly isLeast: boolean;
}

export interface ResultRow {
  readonly type: string;
  readonly known: boolean;
  readonly sessions: number;
  readonly reporters: readonly string[];
  readonly hosts: readonly string[];
  readonly domains: readonly string[];
}

export interface DayRow {
  readonly day: string;
  readonly successful: number;
  readonly failed: number;
}

export interface DetailRow extends FailureDetail {
  readonly day: string;
  readonly reporter: string;
  readonly domain: string;
}

export interface DoubtRow {
  readonly key: string;
  readonly files: number;
  readonly parts: readonly string[];
}

export interface ReportsView {
  readonly reports: number;
  readonly faults: readonly { readonly name: string; readonly line: Line; readonly part: string }[];
  /** Files that hold a report already read: counted once. */
  readonly repeated: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly reporters: readonly string[];
  readonly successful: number;
  readonly failed: number;
  readonly isLeast: boolean;
  readonly sentence: Line;
  readonly tone: Tone;
  readonly policies: readonly PolicyRow[];
  readonly results: readonly ResultRow[];
  readonly days: readonly DayRow[];
  readonly details: readonly DetailRow[];
  readonly detailsLeftOut: number;
  readonly doubts: readonly DoubtRow[];
}

/** Rows of single failures on the page; more are counted, not shown. */
const detailsMost = 200;
const listMost = 8;

const dayOfText = (dateTime: string): string => dateTime.slice(0, 10);
const distinct = (texts: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((text): text is string => typeof text === 'string' && text !== '')),
];

/** One report is one by its reporter, its id, its days and its text; ids alone repeat between reporters. */
const identityOf = (report: TlsReport): string => JSON.stringify(report);

export function showReports(files: readonly FileRead[]): ReportsView {
  const read = files.filter((file) => file.ok);
  const seen = new Set<string>();
  const kept = read.filter(({ report }) => {
    const identity = identityOf(report);
    return !seen.has(identity) && seen.add(identity);
  });
  const reports = kept.map(({ report }) => report);
  const policies = totalsPerPolicy(reports);
  const successful = policies.reduce((sum, { successfulSessions }) => sum + successfulSessions, 0);
  const failed = policies.reduce((sum, { failedSessions }) => sum + failedSessions, 0);
  const days = daysOf(reports);
  const details = detailsOf(reports);
  const isLeast = policies.some(({ withoutTotal }) => withoutTotal > 0);
  return {
    reports: reports.length,
    faults: files.flatMap((file) =>
      file.ok ? [] : [{ name: file.name, line: file.fault, part: file.part }],
    ),
    repeated: read.filter((file) => !kept.includes(file)).map(({ name }) => name),
    from: days[0]?.day ?? '',
    until: days.at(-1)?.day ?? '',
    reporters: distinct(reports.map(({ organization }) => organization)),
    successful,
    failed,
    isLeast,
    ...sentenceOf(reports.length, successful, failed),
    policies: policies.map((totals) => ({
      domain: totals.policyDomain,
      type: {
        known: policyTypes.some((known) => known === totals.policyType),
        id: totals.policyType ?? '',
      },
      successful: totals.successfulSessions,
      failed: totals.failedSessions,
      reports: totals.reports,
      isLeast: totals.withoutTotal > 0,
    })),
    results: resultsOf(reports),
    days,
    details: details.slice(0, detailsMost),
    detailsLeftOut: Math.max(0, details.length - detailsMost),
    doubts: doubtsOf(kept),
  };
}

function sentenceOf(
  reports: number,
  successful: number,
  failed: number,
): { sentence: Line; tone: Tone } {
  const args = { reports, successful, failed, sessions: successful + failed };
  if (reports === 0) return { sentence: { key: 'tools.report.nothing' }, tone: 'open' };
  if (failed > 0) return { sentence: { key: 'tools.report.failures', args }, tone: 'bad' };
  if (successful === 0)
    return { sentence: { key: 'tools.report.no-sessions', args }, tone: 'open' };
  return { sentence: { key: 'tools.report.all-well', args }, tone: 'good' };
}

/** Per result type, most failed sessions first. */
function resultsOf(reports: readonly TlsReport[]): readonly ResultRow[] {
  const rows = new Map<
    string,
    {
      sessions: number;
      from: { report: TlsReport; detail: FailureDetail; domain: string | null }[];
    }
  >();
  for (const report of reports)
    for (const policy of report.policies)
      for (const detail of policy.failures) {
        const type = detail.resultType ?? untyped;
        const row = rows.get(type) ?? { sessions: 0, from: [] };
        row.sessions += detail.failedSessions ?? 0;
        row.from.push({ report, detail, domain: policy.policyDomain });
        rows.set(type, row);
      }
  return [...rows]
    .map(([type, { sessions, from }]) => ({
      type,
      known: resultTypes.some((known) => known === type),
      sessions,
      reporters: distinct(from.map(({ report }) => report.organization)).slice(0, listMost),
      hosts: distinct(from.map(({ detail }) => detail.receivingMxHostname)).slice(0, listMost),
      domains: distinct(from.map(({ domain }) => domain)).slice(0, listMost),
    }))
    .sort((one, other) => other.sessions - one.sessions);
}

/** Per day on which a report begins; days without a report are no days without mail and stay out. */
function daysOf(reports: readonly TlsReport[]): readonly DayRow[] {
  const days = new Map<string, DayRow>();
  for (const { start, policies } of reports) {
    const day = dayOfText(start);
    const before = days.get(day) ?? { day, successful: 0, failed: 0 };
    days.set(
      day,
      policies.reduce(
        (sum, { successfulSessions, failedSessions }) => ({
          day,
          successful: sum.successful + (successfulSessions ?? 0),
          failed: sum.failed + (failedSessions ?? 0),
        }),
        before,
      ),
    );
  }
  return [...days.values()].sort((one, other) => (one.day < other.day ? -1 : 1));
}

const detailsOf = (reports: readonly TlsReport[]): readonly DetailRow[] =>
  reports
    .flatMap(({ start, organization, policies }) =>
      policies.flatMap(({ policyDomain, failures }) =>
        failures.map((failure) => ({
          ...failure,
          day: dayOfText(start),
          reporter: organization ?? '',
          domain: policyDomain ?? '',
        })),
      ),
    )
    .sort((one, other) => (other.failedSessions ?? 0) - (one.failedSessions ?? 0));

function doubtsOf(files: readonly (FileRead & { ok: true })[]): readonly DoubtRow[] {
  const rows = new Map<string, { files: Set<string>; parts: Set<string> }>();
  for (const { name, doubts } of files)
    for (const { situation, part } of doubts) {
      const row = rows.get(situation) ?? { files: new Set(), parts: new Set() };
      row.files.add(name);
      if (part !== '') row.parts.add(part);
      rows.set(situation, row);
    }
  return [...rows].map(([situation, { files: names, parts }]) => ({
    key: `situation.tls-rpt.${situation}`,
    files: names.size,
    parts: [...parts].slice(0, 4),
  }));
}

export interface Bar {
  readonly day: string;
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface BarChart {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly Bar[];
  readonly lines: readonly { readonly value: number; readonly y: number }[];
  /** First and last day under the axis. */
  readonly ends: readonly { readonly day: string; readonly x: number }[];
  readonly left: number;
  readonly bottom: number;
}

const dayMilliseconds = 86_400_000;

/** Bars over calendar days, so that a day without a report is an open place. */
export function barChart(
  days: readonly DayRow[],
  value: 'successful' | 'failed',
  width: number,
  height: number,
): BarChart {
  const left = 52;
  const bottom = height - 22;
  const top = 8;
  const most = Math.max(1, ...days.map((day) => day[value]));
  const first = Date.parse(days[0]?.day ?? '1970-01-01');
  const count =
    Math.round((Date.parse(days.at(-1)?.day ?? '1970-01-01') - first) / dayMilliseconds) + 1;
  const step = (width - left - 4) / Math.max(1, count);
  const yOf = (amount: number) => scale({ domain: [0, most], range: [bottom, top] }, amount);
  const bars = days.map((row) => {
    const at = Math.round((Date.parse(row.day) - first) / dayMilliseconds);
    // A failure among millions is still a bar that can be seen.
    const height = row[value] === 0 ? 0 : Math.max(2, bottom - yOf(row[value]));
    return {
      day: row.day,
      value: row[value],
      x: round(left + at * step + step * 0.1),
      y: round(bottom - height),
      width: round(Math.min(step * 0.8, 48)),
      height: round(height),
    };
  });
  const lines = ticks(0, most, 3)
    .filter(Number.isInteger)
    .map((amount) => ({ value: amount, y: round(yOf(amount)) }));
  const last = bars.at(-1);
  const ends = [bars[0], ...(bars.length > 1 ? [last] : [])].flatMap((bar) =>
    bar === undefined ? [] : [{ day: bar.day, x: round(bar.x + bar.width / 2) }],
  );
  return { width, height, bars, lines, ends, left, bottom };
}

const round = (value: number): number => Math.round(value * 100) / 100;
