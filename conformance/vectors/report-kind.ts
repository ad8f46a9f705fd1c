/** The kind of vectors about TLS reports, which lie in files beside the vector file. */
import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TlsReport, sumOfFailures } from '../../src/core/tls-rpt/report.ts';
import { failedByResultType } from '../../src/core/tls-rpt/totals.ts';
import { isGzip } from '../../src/world/files/gzip.ts';
import { readReportFile } from '../../src/world/files/report-file.ts';
import { differences, text, type Comparison } from './vector.ts';

const packed = ['gz', 'gzip', 'json.gz'];
const encodings = [...packed, 'json', 'mail', 'eml', 'mime'];

const oursOf = (report: TlsReport) => ({
  valid: true,
  organization: report.organization,
  reportId: report.reportId,
  start: report.start,
  end: report.end,
  policies: report.policies.map((policy) => ({
    policyType: policy.policyType,
    policyDomain: policy.policyDomain,
    mxHost: policy.mxHosts,
    successful: policy.successfulSessions,
    failed: policy.failedSessions,
    failureDetails: policy.failures.length,
    failedByResultType: Object.fromEntries(failedByResultType(policy)),
    detailsSum: sumOfFailures(policy),
  })),
});

export const compareReport: Comparison = async (vector, { folder }) => {
  const encoding = text(vector['encoding']);
  if (!encodings.includes(encoding)) throw new Error(`encoding not understood: ${encoding}`);
  const octets = await readFile(join(folder, text(vector['file'])));
  const expectedDigest = vector['sha256'];
  const digest = hash('sha256', octets);
  if (expectedDigest !== undefined && expectedDigest !== digest)
    return {
      differences: [{ field: 'sha256', expected: expectedDigest, ours: digest }],
      situations: [],
    };
  // We look at the octets only, a vector says how they were declared.
  const isMislabelled = packed.includes(encoding) && !isGzip(octets);
  const [found] = await readReportFile(octets, '');
  const ours =
    found?.ok && !isMislabelled
      ? oursOf(found.report)
      : { valid: false, error: isMislabelled ? 'gzip' : !found?.ok && found?.code };
  const told = found?.ok ? found.remarks : found === undefined ? [] : [found];
  return {
    differences: differences(vector.expect ?? {}, ours),
    situations: told.map(({ situation }) => `tls-rpt.${situation}`),
  };
};
