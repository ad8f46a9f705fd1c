/**
 * TLS reports as rows of words: totals, per policy, per result, per day. All reading and adding up is
 * the core's; here the findings get their place. Text of a report is shown as text and nothing else.
 */
import { nameKey } from '../../../core/grammar/idn.ts';
import {
  policyTypes,
  resultTypes,
  type FailureDetail,
  type TlsReport,
} from '../../../core/tls-rpt/report.ts';
import { totalsPerPolicy, untyped } from '../../../core/tls-rpt/totals.ts';
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
/** Spellings of one name once, as it was written first. */
const distinctNames = (names: readonly (string | null | undefined)[]): readonly string[] => {
  const seen = new Set<string>();
  return distinct(names).filter((name) => {
    const key = nameKey(name);
    return !seen.has(key) && seen.add(key);
  });
};
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
      hosts: distinctNames(from.map(({ detail }) => detail.receivingMxHostname)).slice(0, listMost),
      domains: distinctNames(from.map(({ domain }) => domain)).slice(0, listMost),
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
