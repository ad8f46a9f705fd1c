/** A report whose writer left things out: what is missing stays missing, and it is said (RFC 8460 §4.4). */
import { expect, test } from 'vitest';
import { parseTlsReport, sumOfFailures } from '../../../src/core/tls-rpt/report.ts';

const whole = {
  ...{ 'organization-name': 'Mail', 'contact-info': 'tls@mail.example', 'report-id': '1' },
  'date-range': {
    'start-datetime': '2026-11-24T00:00:00Z',
    'end-datetime': '2026-11-24T23:59:59Z',
  },
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-domain': 'example.nl', 'policy-string': [] },
      summary: { 'total-successful-session-count': 3, 'total-failure-session-count': 0 },
    },
  ],
};
const read = (value: unknown, before = '') => {
  const result = parseTlsReport(before + JSON.stringify(value));
  if (!result.ok) throw new Error(result.problems[0]?.situation);
  return {
    report: result.value,
    warnings: result.warnings.map(({ code, found }) => [code, found]),
  };
};

test('a whole report has nothing to say about itself', () => {
  expect(read(whole).warnings).toEqual([]);
});
test('a byte order mark is taken off, and said', () => {
  expect(read(whole, '\ufeff').warnings).toEqual([['byte-order-mark', '']]);
});
test('a policy of nothing is read as one of which nothing is known', () => {
  const { report, warnings } = read({ ...whole, policies: [{}] });
  expect(report.policies[0]).toMatchObject({ policyType: null, failures: [] });
  expect(warnings).toContainEqual(['field-missing', 'policies[0].policy.policy-type']);
});
test('a report without a name has none', () => {
  const { warnings } = read({ ...whole, 'organization-name': undefined });
  expect(warnings).toContainEqual(['field-missing', 'organization-name']);
});
test('failures that are not counted add nothing to the sum', () => {
  const [policy] = whole.policies;
  const details = [
    { 'result-type': 'starttls-not-supported' },
    { 'result-type': 'starttls-not-supported', 'failed-session-count': 2 },
  ];
  const { report } = read({ ...whole, policies: [{ ...policy, 'failure-details': details }] });
  expect(sumOfFailures(report.policies[0]!)).toBe(2);
});
test.each([
  ['2026-11-25T00:00:00Z', '2026-11-24T00:00:00Z', true],
  ['2026-11-24T00:00:00Z', '2026-11-24T00:00:00+00:01', true],
  ['2026-11-24T00:00:00', '2026-11-23T23:59:59', true],
  ['2026-11-24T00:00:01Z', '2026-11-24T00:00:00.5Z', true],
  ['2026-11-24t00:00:00z', '2026-11-23t23:59:60z', true],
  ['2026-11-24T00:00:00Z', '2026-11-24T00:00:00Z', false],
  ['2026-11-24T00:00:00+02:00', '2026-11-23T22:00:00Z', false],
  ['2026-11-24T23:59:58Z', '2026-11-24T23:59:60Z', false],
  ['2026-11-24T00:00:00-01:00', '2026-11-24T02:00:00Z', false],
])('from %s to %s: ends before it starts: %s', (start, end, isReversed) => {
  const range = { 'start-datetime': start, 'end-datetime': end };
  const codes = read({ ...whole, 'date-range': range }).warnings.map(([code]) => code);
  expect(codes.includes('date-range-reversed')).toBe(isReversed);
});
test('a report on no policy at all says so', () => {
  expect(read({ ...whole, policies: [] }).warnings).toEqual([['policies-empty', 'policies']]);
});

test.each([
  ['9007199254740991', undefined],
  ['9007199254740992', 'count-too-large'],
  ['9007199254740993', 'count-too-large'],
  ['1e30', 'count-too-large'],
  ['1e400', 'count-too-large'],
  ['1e3', undefined],
  ['-1', 'count-not-whole'],
  ['-9007199254740993', 'count-not-whole'],
  ['2.5', 'count-not-whole'],
  ['true', 'count-not-whole'],
  ['[1]', 'count-not-whole'],
  ['"1"', 'count-not-a-number'],
  ['"-1"', 'count-not-a-number'],
  ['""', 'count-not-a-number'],
])('a count of %s: %s', (written, situation) => {
  const text = JSON.stringify(whole).replace(
    '"total-successful-session-count":3',
    `"total-successful-session-count":${written}`,
  );
  const result = parseTlsReport(text);
  expect(result.ok ? undefined : result.problems[0]?.situation).toBe(situation);
});

test.each<[string, (text: string) => string, readonly string[]]>([
  ['the id', (text) => text.replace('"report-id"', '"report-id":"0","report-id"'), ['report-id']],
  [
    'the id, once with an escape',
    (text) => text.replace('"report-id"', '"report\\u002did":"0","report-id"'),
    ['report-id'],
  ],
  [
    'three times',
    (text) => text.replace('"report-id"', '"report-id":[],"report-id":{},"report-id"'),
    ['report-id'],
  ],
  [
    'a count, and the end',
    (text) =>
      text
        .replace('"total-failure', '"total-failure-session-count":9,"total-failure')
        .replace('"end-datetime"', '"end-datetime":"","end-datetime"'),
    ['date-range.end-datetime', 'policies[0].summary.total-failure-session-count'],
  ],
  [
    'in the second policy',
    (text) => text.replace(/("policies":\[)(.*)(\])/, '$1$2,{"policy":{},"policy":{}}$3'),
    ['policies[1].policy'],
  ],
  [
    'in other objects, which is right',
    (text) => text.replace('"policies"', '"x":{"policies":1},"policies"'),
    [],
  ],
  ['as a value, which is none', (text) => text.replace('"Mail"', '"report-id"'), []],
])('a key that stands twice is said, and the last counts: %s', (_, change, paths) => {
  const result = parseTlsReport(change(JSON.stringify(whole)));
  if (!result.ok) throw new Error(result.problems[0]?.situation);
  expect(result.value.reportId).toBe('1');
  expect(result.value.policies[0]?.failedSessions).toBe(0);
  const repeated = result.warnings.filter(({ code }) => code === 'key-repeated');
  expect(repeated.map(({ found }) => found)).toEqual(paths);
});
