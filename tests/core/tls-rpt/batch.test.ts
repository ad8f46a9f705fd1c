/** Counted once (RFC 8460 §5.3), compared as names (RFC 4343), and every failure in its place. */
import { describe, expect, test } from 'vitest';
import { batchOf, failuresOf, type ReportFound } from '../../../src/core/tls-rpt/batch.ts';
import { whyNoJson } from '../../../src/core/tls-rpt/report-json.ts';
import { parseTlsReport, type TlsReport } from '../../../src/core/tls-rpt/report.ts';
import { totalsPerPolicy } from '../../../src/core/tls-rpt/totals.ts';

const detail = (failed?: number) => ({
  'result-type': 'tlsa-invalid',
  ...(failed !== undefined && { 'failed-session-count': failed }),
});
const reportOf = (change: object = {}, domain = 'example.nl', details: readonly object[] = []) => {
  const text = JSON.stringify({
    ...{ 'organization-name': 'A', 'contact-info': 'a@example.com', 'report-id': '1' },
    'date-range': {
      'start-datetime': '2026-11-24T00:00:00Z',
      'end-datetime': '2026-11-24T23:59:59Z',
    },
    policies: [
      {
        policy: { 'policy-type': 'tlsa', 'policy-domain': domain },
        summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 0 },
        'failure-details': details,
      },
    ],
    ...change,
  });
  const read = parseTlsReport(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const found = (report: TlsReport, index: number): ReportFound => ({
  ok: true,
  ...{ place: [String(index)], report, remarks: [] },
});
const day = (start: string, end = start) => ({
  'date-range': { 'start-datetime': start, 'end-datetime': end },
});

describe('of two reports', () => {
  const first = reportOf();
  test.each([
    ['equal in every word', reportOf(), 'same'],
    ['of one id with other contact', reportOf({ 'contact-info': 'b@example.com' }), 'otherwise'],
    ['of one id with another spelling of the domain', reportOf({}, 'EXAMPLE.nl.'), 'otherwise'],
    ['of one id with other counts', reportOf({}, 'example.nl', [detail(1)]), 'otherwise'],
    ['of one day written otherwise', reportOf(day('2026-11-24T01:00:00+01:00')), 'otherwise'],
    ['of another reporter', reportOf({ 'organization-name': 'B' }), 'counted'],
    ['of another id', reportOf({ 'report-id': '2' }), 'counted'],
    ['of another day', reportOf(day('2026-11-25T00:00:00Z')), 'counted'],
    ['of another domain', reportOf({}, 'example.org'), 'counted'],
  ] as const)('%s: %s', (_, second, expected) => {
    const { counted, repeated } = batchOf([first, second].map(found));
    const got = repeated[0] === undefined ? 'counted' : repeated[0].isSame ? 'same' : 'otherwise';
    expect(got).toBe(expected);
    expect(counted.length + repeated.length).toBe(2);
  });

  test.each([{}, { 'report-id': '' }, { 'report-id': null }])(
    'without an id only the same text is the same report: %j',
    (id) => {
      const reports = [
        reportOf({ 'report-id': undefined, ...id }),
        reportOf({ 'report-id': undefined, ...id }),
        reportOf({ 'report-id': undefined, 'contact-info': 'b', ...id }),
      ];
      const { counted, repeated } = batchOf(reports.map(found));
      expect([counted.length, repeated.length]).toEqual([2, 1]);
    },
  );
});

test('spellings of a domain are one domain in the totals, as the first writes it', () => {
  const names = [
    'bücher.example',
    'XN--BCHER-KVA.example.',
    'xn--bcher-kva.EXAMPLE',
    'Bücher.example.',
  ];
  expect(totalsPerPolicy(names.map((name) => reportOf({}, name)))).toMatchObject([
    { policyDomain: 'bücher.example', reports: 4, successfulSessions: 4 },
  ]);
});

test.each([
  ['example.nl', []],
  ['xn--bcher-kva.example', []],
  ['bücher.example', ['policy-domain-not-ascii']],
])('a domain %s has the note %j', (domain, codes) => {
  const text = JSON.stringify({
    ...{ 'organization-name': 'A', 'report-id': '1' },
    ...day('2026-11-24T00:00:00Z'),
    policies: [
      {
        policy: { 'policy-type': 'sts', 'policy-domain': domain },
        summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 0 },
      },
    ],
  });
  const read = parseTlsReport(text);
  expect(read.ok && read.warnings.map(({ code }) => code)).toEqual(codes);
});

test('failures stand with most sessions first, then by day, and those without a number last', () => {
  const reports = [
    reportOf({}, 'a.example', [detail(), detail(1), detail(70_000)]),
    reportOf(day('2026-11-20T00:00:00Z'), 'b.example', [detail(0), detail(1)]),
  ];
  expect(
    failuresOf(reports).map(({ failedSessions, policyDomain }) => [failedSessions, policyDomain]),
  ).toEqual([
    [70_000, 'a.example'],
    [1, 'b.example'],
    [1, 'a.example'],
    [0, 'b.example'],
    [null, 'a.example'],
  ]);
});

test.each([
  ['', 'not-json'],
  ['words', 'not-json'],
  ['"a', 'not-json'],
  ['{', 'json-cut-off'],
  ['{"a": "}', 'json-cut-off'],
  ['{"a": "\\"}', 'json-cut-off'],
  [' [1, {"a": 2}', 'json-cut-off'],
  ["{'a': 1}", 'json-fault'],
  ['{"a": 1,}', 'json-fault'],
  ['{"a": NaN}', 'json-fault'],
  ['{"a": 1}\n{"a": 2}\n', 'json-lines'],
  ['{"a": 1}{"a": 2', 'json-lines'],
  ['{\n "a": "}{"\n}\n\n\n{\n "a": 2\n}', 'json-lines'],
  ['{"a": 1}]', 'text-after-json'],
  ['{"a": 1}\nregards', 'text-after-json'],
  ['<?xml version="1.0"?>\n<feedback>', 'dmarc'],
  ['<feedback xmlns="urn:x">', 'dmarc'],
  ['<?xml version="1.0"?><!DOCTYPE html PUBLIC>', 'html'],
  ['\n <HTML lang=nl>', 'html'],
  ['<?xml version="1.0"?><feedbacks/>', 'xml'],
  ['<!-- a -->', 'xml'],
])('the text %j is named %s', (text, why) => expect(whyNoJson(text)).toBe(why));
