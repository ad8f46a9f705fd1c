/**
 * A TLS report (RFC 8460 §4.4): what one sender saw of TLS to one domain in one day. Read leniently
 * where the standard is unclear, and it says where: a missing number stays missing, because 0
 * failures and "not told" are different news.
 *
 * The threat: a report that somebody else wrote, and one made to break its reader. Who wrote it is
 * not checked here: by mail only the reporter's DKIM signature shows that (§5.3).
 * Implements: RFC 8460 §3 (`record.ts`), §4.2 to §4.4.
 * Left out: receiving, DKIM, and sending reports.
 */
import type { ParseProblem, Parsed } from '../parsed.ts';
import { isJsonObject, parseJson, repeatedKeys, type JsonObject } from '../grammar/json.ts';
import {
  whyNoJson,
  countFault,
  isCount,
  isDateTime,
  optionalText,
  secondsOf,
  textList,
} from './report-json.ts';

/** The result types of §4.3. Others are shown as they are: the registry may grow. */
export const resultTypes = [
  'starttls-not-supported',
  'certificate-host-mismatch',
  'certificate-expired',
  'certificate-not-trusted',
  'validation-failure',
  'tlsa-invalid',
  'dnssec-invalid',
  'dane-required',
  'sts-policy-fetch-error',
  'sts-policy-invalid',
  'sts-webpki-invalid',
] as const;

export const policyTypes = ['tlsa', 'sts', 'no-policy-found'] as const;

export interface FailureDetail {
  readonly resultType: string | null;
  readonly failedSessions: number | null;
  readonly sendingMtaIp?: string;
  readonly receivingMxHostname?: string;
  readonly receivingMxHelo?: string;
  readonly receivingIp?: string;
  readonly additionalInformation?: string;
  readonly failureReasonCode?: string;
}

export interface PolicyReport {
  readonly policyType: string | null;
  readonly policyStrings: readonly string[] | null;
  readonly policyDomain: string | null;
  /** Patterns or host names; the RFC's text and example disagree whether it is a list. */
  readonly mxHosts: readonly string[] | null;
  readonly successfulSessions: number | null;
  readonly failedSessions: number | null;
  readonly failures: readonly FailureDetail[];
}

export interface TlsReport {
  readonly organization: string | null;
  readonly contact: string | null;
  readonly reportId: string | null;
  /** As written: some reporters leave out the offset. */
  readonly start: string;
  readonly end: string;
  readonly policies: readonly PolicyReport[];
}

/** `json`: no JSON at all; `shape`: JSON, but no report. */
export type ReportCode = 'json' | 'shape';

/** Thrown and caught inside this file only: a report is refused at the first part that has no shape. */
class ShapeFault extends Error {
  readonly path: string;
  readonly situation: string;
  constructor(path: string, situation: string) {
    super(path);
    this.path = path;
    this.situation = situation;
  }
}

/**
 * Reads the JSON of one report.
 * Errors: `json`, `shape` with the path of the part at fault in `found`.
 * Warnings (code, path): where the reader was lenient or where the numbers do not add up.
 */
export function parseTlsReport(text: string): Parsed<TlsReport, ReportCode> {
  const at = { start: 0, end: text.length };
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  let json: unknown;
  try {
    json = JSON.parse(bare);
  } catch {
    return { ok: false, problems: [{ code: 'json', situation: whyNoJson(bare), at }] };
  }
  const warnings: ParseProblem<string>[] = [];
  const warn = (code: string, found: string) => warnings.push({ code, at, found });
  if (text.startsWith('\ufeff')) warn('byte-order-mark', '');
  for (const path of repeatedKeys(bare)) warn('key-repeated', path);
  return shaped(at, warnings, () => readReport(json, warn));
}

/** The JSON of one detail by itself, of a report that is read in parts. `path` is its place in the report. */
export function parseFailureDetail(text: string, path: string): Parsed<FailureDetail, ReportCode> {
  const at = { start: 0, end: 0 };
  const warnings: ParseProblem<string>[] = [];
  const warn = (code: string, found: string) => warnings.push({ code, at, found });
  const json = parseJson(text);
  if (json !== undefined)
    for (const repeated of repeatedKeys(text, path)) warn('key-repeated', repeated);
  return shaped(at, warnings, () => readFailure(json, path, warn));
}

function shaped<Value>(
  at: ParseProblem<string>['at'],
  warnings: readonly ParseProblem<string>[],
  read: () => Value,
): Parsed<Value, ReportCode> {
  try {
    return { ok: true, value: read(), warnings };
  } catch (fault) {
    if (!(fault instanceof ShapeFault)) throw fault;
    const problem = { code: 'shape', situation: fault.situation, at, found: fault.path } as const;
    return { ok: false, problems: [problem] };
  }
}

type Warn = (code: string, path: string) => void;

function must<Value>(
  value: unknown,
  is: (value: unknown) => value is Value,
  path: string,
  situation = 'not-a-report',
): Value {
  if (is(value)) return value;
  throw new ShapeFault(path, situation);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function readReport(json: unknown, warn: Warn): TlsReport {
  if (isList(json)) throw new ShapeFault('', 'json-list');
  const report = must(json, isJsonObject, '');
  const range = must(report['date-range'], isJsonObject, 'date-range');
  const policies = must(report['policies'], isList, 'policies');
  const start = must(
    range['start-datetime'],
    isDateTime,
    'date-range.start-datetime',
    'date-not-a-date',
  );
  const end = must(range['end-datetime'], isDateTime, 'date-range.end-datetime', 'date-not-a-date');
  if (![start, end].every((date) => /(?:Z|[+-]\d\d:\d\d)$/i.test(date)))
    warn('date-without-offset', 'date-range');
  if (secondsOf(end) < secondsOf(start)) warn('date-range-reversed', 'date-range');
  if (policies.length === 0) warn('policies-empty', 'policies');
  const textOf = (field: string): string | null => {
    const value = optionalText(report[field]);
    if (value === null) warn('field-missing', field);
    return value;
  };
  return {
    organization: textOf('organization-name'),
    contact: optionalText(report['contact-info']),
    reportId: textOf('report-id'),
    start,
    end,
    policies: policies.map((policy, index) => readPolicy(policy, `policies[${index}]`, warn)),
  };
}

/** A number that may be missing; but what is there must be a count. */
function count(record: JsonObject, field: string, path: string, warn: Warn): number | null {
  const value = record[field];
  if (value === undefined || value === null) {
    warn('count-missing', `${path}.${field}`);
    return null;
  }
  return must(value, isCount, `${path}.${field}`, countFault(value));
}

function readPolicy(json: unknown, path: string, warn: Warn): PolicyReport {
  const entry = must(json, isJsonObject, path);
  const policy = must(entry['policy'] ?? {}, isJsonObject, `${path}.policy`);
  const summary = must(entry['summary'] ?? {}, isJsonObject, `${path}.summary`);
  const details = must(entry['failure-details'] ?? [], isList, `${path}.failure-details`);
  const policyType = optionalText(policy['policy-type']);
  if (policyType === null) warn('field-missing', `${path}.policy.policy-type`);
  else if (!policyTypes.some((known) => known === policyType))
    warn('unknown-policy-type', `${path}.policy.policy-type`);
  const policyDomain = optionalText(policy['policy-domain']);
  if (policyDomain === null) warn('field-missing', `${path}.policy.policy-domain`);
  else if (/[^\0-\x7f]/.test(policyDomain))
    warn('policy-domain-not-ascii', `${path}.policy.policy-domain`);
  if (typeof policy['mx-host'] === 'string') warn('mx-host-not-a-list', `${path}.policy.mx-host`);
  const read: PolicyReport = {
    policyType,
    policyStrings: textList(policy['policy-string']),
    policyDomain,
    mxHosts: textList(policy['mx-host']),
    successfulSessions: count(summary, 'total-successful-session-count', `${path}.summary`, warn),
    failedSessions: count(summary, 'total-failure-session-count', `${path}.summary`, warn),
    failures: details.map((detail, index) =>
      readFailure(detail, `${path}.failure-details[${index}]`, warn),
    ),
  };
  const told = sumOfFailures(read);
  if (read.failures.length > 0 && read.failedSessions !== null && told !== read.failedSessions)
    warn('totals-differ', path);
  return read;
}

function readFailure(json: unknown, path: string, warn: Warn): FailureDetail {
  const detail = must(json, isJsonObject, path);
  const optional = (name: keyof FailureDetail, field: string) => {
    const value = optionalText(detail[field]);
    return value === null ? {} : { [name]: value };
  };
  const resultType = optionalText(detail['result-type']);
  if (resultType === null) warn('field-missing', `${path}.result-type`);
  else if (!resultTypes.some((known) => known === resultType))
    warn('unknown-result-type', `${path}.result-type`);
  return {
    resultType,
    failedSessions: count(detail, 'failed-session-count', path, warn),
    ...optional('sendingMtaIp', 'sending-mta-ip'),
    ...optional('receivingMxHostname', 'receiving-mx-hostname'),
    ...optional('receivingMxHelo', 'receiving-mx-helo'),
    ...optional('receivingIp', 'receiving-ip'),
    ...optional('additionalInformation', 'additional-information'),
    ...optional('failureReasonCode', 'failure-reason-code'),
  };
}

/** Failed sessions of the details of one policy; those without a number add nothing. */
export const sumOfFailures = ({ failures }: PolicyReport): number =>
  failures.reduce((sum, { failedSessions }) => sum + (failedSessions ?? 0), 0);
