/** The site and the command line read one set of files: the same reports, totals, failures, and the same left out for the same reasons. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf, readFile } from '../../src/widgets/tools/report/engine.ts';
import type { ReportFound } from '../../src/core/tls-rpt/batch.ts';
import { showReports, type FaultRow, type ReportsView } from '../../src/view/tls-rpt/view.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { repeatedFiles, reportFiles } from '../world/files/report-files.ts';
import { speak, type Spoken } from './spoken.ts';

const files = [...reportFiles, ...repeatedFiles];
const ours = files.flatMap(({ skipped = [] }) => skipped);

interface Place {
  readonly file: string;
  readonly within: readonly string[];
}
interface Answer {
  readonly reports: readonly (Place & { readonly reportId: string })[];
  readonly repeated: readonly (Place & { readonly isSame: boolean })[];
  readonly skipped: readonly (Place & {
    readonly situation: string;
    readonly part: string;
    readonly isAside: boolean;
    readonly reason: string;
  })[];
  readonly totals: readonly {
    readonly policyDomain: string | null;
    readonly policyType: string | null;
    readonly successfulSessions: number;
    readonly failedSessions: number;
    readonly reports: number;
    readonly failedByResultType: Readonly<Record<string, number>>;
  }[];
  readonly failures: readonly object[];
  readonly byDay: readonly object[];
  readonly bySender: readonly { readonly organization: string; readonly reports: number }[];
}

let folder: string;
let spoken: Spoken;
let answer: Answer;
let found: readonly ReportFound[];
let view: ReportsView;
const nameOf = ({ file, within }: Place) => [file.slice(folder.length + 1), ...within].join(' › ');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-reports-'));
  for (const { name, octets } of files) writeFileSync(join(folder, name), octets);
  const paths = files.map(({ name }) => join(folder, name));
  spoken = await speak(['report', ...paths, '--json', '--lang', 'nl']);
  answer = JSON.parse(spoken.out) as Answer;
  found = (
    await Promise.all(
      files.map(({ name, octets }) => readFile(new File([new Uint8Array(octets)], name))),
    )
  ).flat();
  view = showReports(found);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the site and the command line', () => {
  test('read every report that is there, once', () => {
    const expected = reportFiles.flatMap(({ reports }) => reports);
    expect(expected.length).toBeGreaterThan(40);
    expect(answer.reports.map(({ reportId }) => reportId)).toEqual(expected);
    expect(view.reports).toBe(expected.length);
    expect(view.successful).toBe(10 * expected.length);
    expect(view.failed).toBe(5);
  });

  test('have the same totals, with the spellings of one domain as one', () => {
    const totals = answer.totals.map((each) => ({
      ...{ domain: each.policyDomain, type: each.policyType, reports: each.reports },
      ...{ successful: each.successfulSessions, failed: each.failedSessions },
    }));
    expect(
      view.policies.map(({ domain, type, reports, successful, failed }) => ({
        ...{ domain, type: type.id, reports, successful, failed },
      })),
    ).toEqual(totals);
    expect(totals.map(({ domain, failed }) => [domain, failed])).toEqual([
      ['example.nl', 2],
      ['bücher.example', 3],
      [null, 0],
      ['example.org', 0],
    ]);
    expect(Object.fromEntries(view.results.map(({ type, sessions }) => [type, sessions]))).toEqual({
      'certificate-expired': 5,
    });
  });

  test('have the same trends, by day and by sender', () => {
    expect(view.days).toEqual(answer.byDay);
    expect(
      view.senders.map(({ of: organization, ...sums }) => ({ organization, ...sums })),
    ).toEqual(answer.bySender);
    const counted = answer.bySender.reduce((sum, { reports }) => sum + reports, 0);
    expect(counted).toBe(view.reports);
  });

  test('make the same table for a spreadsheet', async () => {
    const paths = files.map(({ name }) => join(folder, name));
    const { out } = await speak(['report', ...paths, '--format', 'csv']);
    const table = csvOf(found);
    expect(table.split('\r\n').length).toBeGreaterThan(view.reports);
    expect(out).toBe(table);
  });

  test('show the same failures, most sessions first, with servers, addresses and reasons', () => {
    expect(answer.failures).toEqual(view.details);
    expect(answer.failures).toMatchObject(
      [
        ['bücher.example', 3],
        ['EXAMPLE.nl.', 2],
      ].map(([policyDomain, failedSessions]) => ({
        ...{ policyDomain, failedSessions, day: '2026-11-23', sendingMtaIp: '192.0.2.25' },
        ...{ receivingMxHostname: 'mx.example.nl', receivingIp: '2001:db8::25' },
        failureReasonCode: 'X509_V_ERR_CERT_HAS_EXPIRED',
      })),
    );
  });

  const told = (isAside: boolean) =>
    answer.skipped
      .filter((each) => each.isAside === isAside)
      .map((each) => ({
        ...{ name: nameOf(each), line: { key: `situation.tls-rpt.${each.situation}` } },
        part: each.part,
      }));
  test('leave out the same, for the same reasons, in the same words', () => {
    expect(answer.skipped.length).toBe(ours.length);
    expect(told(false)).toEqual(view.faults);
    expect(told(true)).toEqual(view.asides);
    const words = readWords().nl;
    const sentenceOf = ({ line }: FaultRow) => words[line.key];
    expect(answer.skipped.map(({ reason }) => reason)).toEqual(
      [...view.faults, ...view.asides].map(sentenceOf),
    );
    for (const row of [...view.faults, ...view.asides]) {
      expect(sentenceOf(row), row.line.key).toBeTruthy();
      expect(spoken.err).toContain(`${row.name}: ${sentenceOf(row)}`);
    }
  });

  test('say which report was there already', () => {
    const expected = repeatedFiles.flatMap(({ reports, isSame }) => reports.map(() => isSame));
    expect(answer.repeated.map(({ isSame }) => isSame)).toEqual(expected);
    expect(view.repeated.map(({ name, line }) => [name, line.key])).toEqual(
      answer.repeated.map((each) => [
        nameOf(each),
        `situation.tls-rpt.${each.isSame ? 'repeated' : 'repeated-otherwise'}`,
      ]),
    );
    for (const { name } of view.repeated) expect(spoken.err).toContain(name);
  });

  test('account for every file', () => {
    const files = [...answer.reports, ...answer.repeated, ...answer.skipped].map(
      ({ file }) => file,
    );
    const given = [...reportFiles, ...repeatedFiles].map(({ name }) => join(folder, name));
    expect(new Set(files)).toEqual(new Set(given));
    expect(spoken.code).toBe(2);
  });
});
