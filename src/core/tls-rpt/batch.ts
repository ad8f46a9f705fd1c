/**
 * What a number of files turned out to hold: every file, mail and attachment is read, read before, or
 * not read with the reason. Counting is done over what was read, each report once.
 */
import { nameKey } from '../grammar/idn.ts';
import type { FailureDetail, TlsReport } from './report.ts';

/** Something told about a report or a file, `situation.tls-rpt.<situation>`, and the part it is about. */
export interface Remark {
  readonly situation: string;
  readonly part: string;
}

/** The name of the file, then the number of the mail and the name of the attachment where there are several. */
export type ReportPlace = readonly string[];

export interface ReadReport {
  readonly ok: true;
  readonly place: ReportPlace;
  readonly report: TlsReport;
  /** Where the reading was lenient. */
  readonly remarks: readonly Remark[];
}

export interface UnreadReport extends Remark {
  readonly ok: false;
  readonly place: ReportPlace;
  /** Coarser than the situation: `json`, `shape`, or the same. */
  readonly code: string;
  /** An attachment that does not pretend to be a report, such as a signature: no fault of anybody. */
  readonly isAside: boolean;
}

export type ReportFound = ReadReport | UnreadReport;

export interface Batch {
  readonly counted: readonly ReadReport[];
  /** Reports that were there already; `isSame`: in every word. */
  readonly repeated: readonly { readonly place: ReportPlace; readonly isSame: boolean }[];
  readonly unread: readonly UnreadReport[];
  readonly asides: readonly UnreadReport[];
}

/**
 * The Report-ID is there "to identify and ignore duplicate reports" of one sender (RFC 8460 §5.3). Some
 * senders give the same id to another day or another domain: those are reports of their own. Without an
 * id only the same text is the same report.
 */
function identityOf(report: TlsReport): string {
  const { organization, reportId, start, end, policies } = report;
  if (reportId === null || reportId === '') return JSON.stringify(report);
  const domains = new Set(policies.map(({ policyDomain }) => nameKey(policyDomain ?? '')));
  return JSON.stringify([organization, reportId, dayOf(start), dayOf(end), ...[...domains].sort()]);
}

/** The date of an RFC 3339 date-time as it is written, whatever its offset. */
export const dayOf = (dateTime: string): string => dateTime.slice(0, 10);

/** Of the same report the first counts. */
export function batchOf(found: readonly ReportFound[]): Batch {
  const counted = new Map<string, ReadReport>();
  const repeated: Batch['repeated'][number][] = [];
  for (const each of found) {
    if (!each.ok) continue;
    const identity = identityOf(each.report);
    const first = counted.get(identity);
    if (first === undefined) counted.set(identity, each);
    else {
      const isSame = JSON.stringify(first.report) === JSON.stringify(each.report);
      repeated.push({ place: each.place, isSame });
    }
  }
  const unread = found.filter((each) => !each.ok);
  return {
    counted: [...counted.values()],
    repeated,
    unread: unread.filter(({ isAside }) => !isAside),
    asides: unread.filter(({ isAside }) => isAside),
  };
}

export interface ReportedFailure extends FailureDetail {
  /** `2026-11-28`, of the report's beginning. */
  readonly day: string;
  readonly organization: string | null;
  readonly policyDomain: string | null;
  readonly policyType: string | null;
}

/** Every failure of the reports, most sessions first; what has no number comes last. */
export const failuresOf = (reports: readonly TlsReport[]): readonly ReportedFailure[] =>
  reports
    .flatMap(({ start, organization, policies }) =>
      policies.flatMap(({ policyDomain, policyType, failures }) =>
        failures.map((failure) => ({
          ...failure,
          ...{ day: dayOf(start), organization, policyDomain, policyType },
        })),
      ),
    )
    .sort(
      (one, other) =>
        (other.failedSessions ?? -1) - (one.failedSessions ?? -1) ||
        (one.day < other.day ? -1 : Number(one.day > other.day)),
    );
