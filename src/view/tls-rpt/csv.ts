/** Reports as a table for a spreadsheet, which the site saves and the command line prints. */
import { dayOf } from '../../core/tls-rpt/batch.ts';
import type { TlsReport } from '../../core/tls-rpt/report.ts';

const csvColumns = [
  ...['kind', 'day', 'organization', 'policyDomain', 'policyType', 'successfulSessions'],
  ...['failedSessions', 'resultType', 'sendingMtaIp', 'receivingMxHostname', 'receivingMxHelo'],
  ...['receivingIp', 'failureReasonCode', 'additionalInformation'],
] as const;

/** RFC 4180. A spreadsheet would run what begins with one of these signs; it is text of strangers. */
const csvCell = (value: string | number | null | undefined): string => {
  const text = String(value ?? '').slice(0, csvCharactersMost);
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};
const csvCharactersMost = 2000;

/** A row `summary` for each policy of each report, then the rows `failure` of it. */
export function reportsCsv(reports: readonly TlsReport[]): string {
  const line = (
    row: Readonly<Partial<Record<(typeof csvColumns)[number], string | number | null>>>,
  ) => csvColumns.map((column) => csvCell(row[column])).join(',');
  const lines = reports.flatMap(({ start, organization, policies }) =>
    policies.flatMap(({ policyDomain, policyType, failures, ...sums }) => {
      const common = { day: dayOf(start), organization, policyDomain, policyType };
      const { successfulSessions, failedSessions } = sums;
      return [
        line({ kind: 'summary', ...common, successfulSessions, failedSessions }),
        ...failures.map((failure) => line({ kind: 'failure', ...common, ...failure })),
      ];
    }),
  );
  return [csvColumns.join(','), ...lines, ''].join('\r\n');
}
