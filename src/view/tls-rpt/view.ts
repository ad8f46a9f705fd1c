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
  type UnreadReport,
} from '../../core/tls-rpt/batch.ts';
import {
  policyTypes,
  resultTypes,
  type FailureDetail,
  type TlsReport,
} from '../../core/tls-rpt/report.ts';
import { totalsPerPolicy, trendByDay, trendBySender, untyped } from '../../core/tls-rpt/totals.ts';
import { situationKey, type Line, type Tone } from '../messages/line.ts';

export interface DayRow {
  readonly day: string;
  readonly successful: number;
  readonly failed: number;
}

/** A file, mail or attachment that is no report, and why. */
export interface FaultRow {
  readonly name: string;
  readonly line: Line;
  readonly part: string;
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

export type ReportsView = ReturnType<typeof showReports>;

export function showReports(found: readonly ReportFound[]) {
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
    /** Attachments that are no reports and do not pretend to be. */
    asides: asides.map(faultOf),
    /** Reports already read: counted once. */
    repeated: repeated.map(({ place, isSame }): FaultRow => ({
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
      /** `known`: one of those that RFC 8460 names; else as written. */
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
    days: days.map(({ of: day, ...sums }): DayRow => ({ day, ...sums })),
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
function resultsOf(reports: readonly TlsReport[]) {
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
      /** The same, where it is one that RFC 8460 names. */
      known: resultTypes.find((known) => known === type),
      sessions,
      reporters: distinct(from.map(({ report }) => report.organization)).slice(0, listMost),
      hosts: distinctNames(from.map(({ detail }) => detail.receivingMxHostname)).slice(0, listMost),
      domains: distinctNames(from.map(({ domain }) => domain)).slice(0, listMost),
    }))
    .sort((one, other) => other.sessions - one.sessions);
}

function doubtsOf(reports: readonly ReadReport[]) {
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
