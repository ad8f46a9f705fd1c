/** The kind of vectors about TLS reports, which lie in files beside the vector file. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TlsReport } from '../../src/core/tls-rpt/report.ts';
import { sumOfFailures } from '../../src/core/tls-rpt/report.ts';
import { failedByResultType } from '../../src/core/tls-rpt/totals.ts';
import { readReportFile, type ReportEncoding } from '../../src/world/report-file.ts';
import { differences, situationsOf, text, type Comparison } from './vector.ts';

const encodings: Readonly<Record<string, ReportEncoding>> = {
  json: 'json',
  gz: 'gz',
  gzip: 'gz',
  'json.gz': 'gz',
  mail: 'mail',
  eml: 'mail',
  mime: 'mail',
};

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
  const encoding = encodings[text(vector['encoding'])];
  if (encoding === undefined)
    throw new Error(`encoding not understood: ${text(vector['encoding'])}`);
  const octets = await readFile(join(folder, text(vector['file'])));
  const expectedDigest = vector['sha256'];
  const digest = createHash('sha256').update(octets).digest('hex');
  if (expectedDigest !== undefined && expectedDigest !== digest)
    return {
      differences: [{ field: 'sha256', expected: expectedDigest, ours: digest }],
      situations: [],
    };
  const result = await readReportFile(octets, encoding);
  const ours = result.ok ? oursOf(result.value) : { valid: false, error: result.problems[0]?.code };
  return {
    differences: differences(vector.expect ?? {}, ours),
    situations: situationsOf('tls-rpt', result),
  };
};
