/**
 * TLS reports as rows of words: totals, per policy, per result, per day. All reading and adding up is
 * the core's; here the findings get their place. Text of a report is shown as text and nothing else.
 */
import { nameKey } from '../../core/grammar/idn.ts';
import {
  batchOf,
  failuresOf,
  type ReadReport,
  type ReportFound,
  type ReportPlace,
  type ReportedFailure,
  type UnreadReport,
} from '../../core/tls-rpt/batch.ts';
import {
  policyTypes,
  resultTypes,
  type FailureDetail,
  type TlsReport,
} from '../../core/tls-rpt/report.ts';
import {
  totalsPerPolicy,
  trendByDay,
  trendBySender,
  untyped,
  type Trend,
} from '../../core/tls-rpt/totals.ts';
import { situationKey, type Line, type Tone } from '../messages/line.ts';
import type { MessageKey } from '../messages/message-key.ts';

export interface PolicyRow {
  readonly domain: string | null;
  /** A message where the type is one that we know, else as written. */
  /** `known`: one of those that RFC 8460 names. */
  readonly type: { readonly known: PolicyType | undefined; readonly id: string };
  readonly successful: number;
  readonly failed: number;
  readonly reports: number;
  readonly isLeast: boolean;
}

export interface ResultRow {
  readonly type: string;
  /** The same, where it is one that RFC 8460 names. */
  readonly known: ResultType | undefined;
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

type PolicyType = (typeof policyTypes)[number];
type ResultType = (typeof resultTypes)[number];

/** A file, mail or attachment that is no report, and why. */
export interface FaultRow {
  readonly name: string;
  readonly line: Line;
  readonly part: string;
}

export interface DoubtRow {
  readonly key: MessageKey;
  readonly files: number;
  readonly parts: readonly string[];
}

export interface ReportsView {
  readonly reports: number;
  readonly faults: readonly FaultRow[];
  /** Attachments that are no reports and do not pretend to be. */
  readonly asides: readonly FaultRow[];
  /** Reports already read: counted once. */
  readonly repeated: readonly FaultRow[];
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
  readonly senders: readonly Trend[];
  readonly details: readonly ReportedFailure[];
  readonly detailsLeftOut: number;
  readonly doubts: readonly DoubtRow[];
}

/** Rows of a long list on the page; more are counted, not shown. */
export const rowsMost = 200;
const listMost = 8;

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

/** Where a report stands, in words: the file, the mail in it, the attachment. */
export const placeName = (place: ReportPlace): string => place.join(' › ');
const faultOf = ({ place, situation, part }: UnreadReport): FaultRow => ({
  name: placeName(place),
  line: { key: situationKey('tls-rpt', situation) },
  part,
});

export function showReports(found: readonly ReportFound[]): ReportsView {
  const { counted, repeated, unread, asides } = batchOf(found);
  const reports = counted.map(({ report }) => report);
  const policies = totalsPerPolicy(reports);
  const successful = policies.reduce((sum, { successfulSessions }) => sum + successfulSessions, 0);
  const failed = policies.reduce((sum, { failedSessions }) => sum + failedSessions, 0);
  const days = trendByDay(reports);
  const details = failuresOf(reports);
  const isLeast = policies.some(({ withoutTotal }) => withoutTotal > 0);
  return {
    reports: reports.length,
    faults: unread.map(faultOf),
    asides: asides.map(faultOf),
    repeated: repeated.map(({ place, isSame }) => ({
      name: placeName(place),
      line: { key: `situation.tls-rpt.${isSame ? 'repeated' : 'repeated-otherwise'}` },
      part: '',
    })),
    from: days[0]?.of ?? '',
    until: days.at(-1)?.of ?? '',
    reporters: distinct(reports.map(({ organization }) => organization)),
    successful,
    failed,
    isLeast,
    ...sentenceOf(reports.length, successful, failed),
    policies: policies.map((totals) => ({
      domain: totals.policyDomain,
      type: {
        known: policyTypes.find((known) => known === totals.policyType),
        id: totals.policyType ?? '',
      },
      successful: totals.successfulSessions,
      failed: totals.failedSessions,
      reports: totals.reports,
      isLeast: totals.withoutTotal > 0,
    })),
    results: resultsOf(reports),
    days: days.map(({ of: day, ...sums }) => ({ day, ...sums })),
    senders: trendBySender(reports),
    details: details.slice(0, rowsMost),
    detailsLeftOut: Math.max(0, details.length - rowsMost),
    doubts: doubtsOf(counted),
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
      known: resultTypes.find((known) => known === type),
      sessions,
      reporters: distinct(from.map(({ report }) => report.organization)).slice(0, listMost),
      hosts: distinctNames(from.map(({ detail }) => detail.receivingMxHostname)).slice(0, listMost),
      domains: distinctNames(from.map(({ domain }) => domain)).slice(0, listMost),
    }))
    .sort((one, other) => other.sessions - one.sessions);
}

function doubtsOf(reports: readonly ReadReport[]): readonly DoubtRow[] {
  const rows = new Map<string, { files: Set<string>; parts: Set<string> }>();
  for (const { place, remarks } of reports)
    for (const { situation, part } of remarks) {
      const row = rows.get(situation) ?? { files: new Set(), parts: new Set() };
      row.files.add(placeName(place));
      if (part !== '') row.parts.add(part);
      rows.set(situation, row);
    }
  return [...rows].map(([situation, { files: names, parts }]) => ({
    key: situationKey('tls-rpt', situation),
    files: names.size,
    parts: [...parts].slice(0, 4),
  }));
}
