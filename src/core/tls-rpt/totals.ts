/** Adds up reports for a reader: per policy, per result type, over days. Missing numbers stay visible. */
import { nameKey } from '../grammar/idn.ts';
import { dayOf } from './batch.ts';
import type { PolicyReport, TlsReport } from './report.ts';

export interface PolicyTotals {
  readonly policyType: string | null;
  readonly policyDomain: string | null;
  readonly successfulSessions: number;
  readonly failedSessions: number;
  /** Reports in which a total was missing: the sums above are then least values. */
  readonly withoutTotal: number;
  readonly failedByResultType: ReadonlyMap<string, number>;
  readonly reports: number;
}

/** The key under which failures without a result type are counted. */
export const untyped = '';

/**
 * Failed sessions of one policy for each result type. Failures without a count add 0; those without a type are
 * under `untyped`.
 */
export function failedByResultType(policy: PolicyReport): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { resultType, failedSessions } of policy.failures) {
    const key = resultType ?? untyped;
    sums.set(key, (sums.get(key) ?? 0) + (failedSessions ?? 0));
  }
  return sums;
}

/**
 * Totals per policy domain and type, in the order in which they first appear. Spellings of one domain
 * are one (case, final dot, U-labels); the first is shown.
 */
export function totalsPerPolicy(reports: readonly TlsReport[]): readonly PolicyTotals[] {
  const totals = new Map<string, PolicyTotals & { readonly sums: Map<string, number> }>();
  for (const policy of reports.flatMap(({ policies }) => policies)) {
    const { policyType, policyDomain, successfulSessions, failedSessions } = policy;
    const key = JSON.stringify([policyDomain === null ? null : nameKey(policyDomain), policyType]);
    const before = totals.get(key);
    // One map for all reports: a copy for each would make many policies with many results slow.
    const sums = before?.sums ?? new Map<string, number>();
    for (const [type, failed] of failedByResultType(policy))
      sums.set(type, (sums.get(type) ?? 0) + failed);
    const isIncomplete = successfulSessions === null || failedSessions === null;
    totals.set(key, {
      policyType,
      policyDomain: before?.policyDomain ?? policyDomain,
      successfulSessions: (before?.successfulSessions ?? 0) + (successfulSessions ?? 0),
      failedSessions: (before?.failedSessions ?? 0) + (failedSessions ?? 0),
      withoutTotal: (before?.withoutTotal ?? 0) + (isIncomplete ? 1 : 0),
      failedByResultType: sums,
      sums,
      reports: (before?.reports ?? 0) + 1,
    });
  }
  return [...totals.values()].map(({ sums: _, ...each }) => each);
}

export interface Trend {
  /** A day on which reports begin, or who sent them. */
  readonly of: string;
  readonly successful: number;
  readonly failed: number;
  readonly reports: number;
}

/** Sessions by whatever `of` tells reports apart: a day, a sender. In the order of that text. */
function trendBy(
  reports: readonly TlsReport[],
  of: (report: TlsReport) => string,
): readonly Trend[] {
  const rows = new Map<string, Trend>();
  for (const report of reports) {
    const key = of(report);
    const before = rows.get(key) ?? { of: key, successful: 0, failed: 0, reports: 0 };
    const sum = (field: 'successfulSessions' | 'failedSessions') =>
      report.policies.reduce((total, policy) => total + (policy[field] ?? 0), 0);
    rows.set(key, {
      of: key,
      successful: before.successful + sum('successfulSessions'),
      failed: before.failed + sum('failedSessions'),
      reports: before.reports + 1,
    });
  }
  return [...rows.values()].sort((one, other) => (one.of < other.of ? -1 : 1));
}

/** Of each day on which a report begins; days without a report are no days without mail and stay out. */
export const trendByDay = (reports: readonly TlsReport[]): readonly Trend[] =>
  trendBy(reports, ({ start }) => dayOf(start));

/** Of each organization that sent reports; the empty name is that of reports without one. */
export const trendBySender = (reports: readonly TlsReport[]): readonly Trend[] =>
  trendBy(reports, ({ organization }) => organization ?? '');
