/** TLS reports (RFC 8460): reads the TXT record and a report, and adds reports up. */
export {
  parseTlsRptRecord,
  type TlsRptRecord,
  type TlsRptRecordResult,
} from '../core/tls-rpt/record.ts';
export { parseTlsReport, type PolicyReport, type TlsReport } from '../core/tls-rpt/report.ts';
export { totalsPerPolicy, type PolicyTotals } from '../core/tls-rpt/totals.ts';
