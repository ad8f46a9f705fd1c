import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { resultTypes, policyTypes } from '../../../src/core/tls-rpt/report.ts';
import { readFile } from '../../../src/widgets/tools/report/engine.ts';
import { barChart } from '../../../src/view/tls-rpt/chart.ts';
import { showReports } from '../../../src/view/tls-rpt/view.ts';

interface Given {
  readonly day?: string;
  readonly reporter?: string;
  readonly id?: string;
  readonly successful?: number | null;
  readonly failures?: readonly (readonly [type: string | null, count: number])[];
  readonly type?: string;
}
const reportText = ({
  day = '2026-11-20',
  reporter = 'A',
  id = 'r',
  successful = 10,
  failures = [],
  type = 'sts',
}: Given) =>
  JSON.stringify({
    'organization-name': reporter,
    'date-range': { 'start-datetime': `${day}T00:00:00Z`, 'end-datetime': `${day}T23:59:59Z` },
    'report-id': id,
    policies: [
      {
        policy: { 'policy-type': type, 'policy-domain': 'example.nl' },
        summary: {
          ...(successful !== null && { 'total-successful-session-count': successful }),
          'total-failure-session-count': failures.reduce((sum, [, count]) => sum + count, 0),
        },
        'failure-details': failures.map(([resultType, count]) => ({
          ...(resultType !== null && { 'result-type': resultType }),
          'failed-session-count': count,
          'receiving-mx-hostname': 'mx.example.nl',
        })),
      },
    ],
  });
const fileOf = (name: string, content: string | Uint8Array) =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name);
const viewOf = async (...files: readonly File[]) =>
  showReports((await Promise.all(files.map(readFile))).flat());

describe('TLS reports', () => {
  it('add up over files of every form: JSON, gzip and mail', async () => {
    const gz = gzipSync(reportText({ day: '2026-11-22', failures: [['certificate-expired', 3]] }));
    const mail = [
      'From: reports@example.com',
      'Content-Type: multipart/report; boundary=x',
      '',
      '--x',
      'Content-Type: application/tlsrpt+gzip',
      'Content-Transfer-Encoding: base64',
      '',
      gzipSync(reportText({ day: '2026-11-21', reporter: 'B' })).toString('base64'),
      '--x--',
      '',
    ].join('\r\n');
    const view = await viewOf(
      fileOf('a.json', reportText({})),
      fileOf('b.json.gz', gz),
      fileOf('c.eml', mail),
    );
    expect(view).toMatchObject({
      reports: 3,
      successful: 30,
      failed: 3,
      from: '2026-11-20',
      until: '2026-11-22',
      reporters: ['A', 'B'],
      tone: 'bad',
      faults: [],
    });
    expect(view.days.map(({ day, failed }) => [day, failed])).toEqual([
      ['2026-11-20', 0],
      ['2026-11-21', 0],
      ['2026-11-22', 3],
    ]);
  });

  it('count once where a file was dropped twice, and only then', async () => {
    const view = await viewOf(
      fileOf('a.json', reportText({})),
      fileOf('copy.json', reportText({})),
      fileOf('same-id.json', reportText({ reporter: 'B' })),
    );
    expect(view.repeated.map(({ name, line }) => [name, line.key])).toEqual([
      ['copy.json', 'situation.tls-rpt.repeated'],
    ]);
    expect(view.successful).toBe(20);
  });

  it('rank results, and keep what the standard does not know as it is', async () => {
    const script = '<script>alert(1)</script>';
    const view = await viewOf(
      fileOf(
        'a.json',
        reportText({
          failures: [
            [script, 1],
            ['tlsa-invalid', 5],
            [null, 2],
          ],
        }),
      ),
    );
    expect(view.results.map(({ type, known, sessions }) => [type, known, sessions])).toEqual([
      ['tlsa-invalid', 'tlsa-invalid', 5],
      ['', undefined, 2],
      [script, undefined, 1],
    ]);
    expect(view.doubts.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        'situation.tls-rpt.unknown-result-type',
        'situation.tls-rpt.field-missing',
      ]),
    );
  });

  it('say “at least” where a total is missing', async () => {
    const view = await viewOf(fileOf('a.json', reportText({ successful: null })));
    expect(view.isLeast).toBe(true);
    expect(view.policies[0]).toMatchObject({ isLeast: true, successful: 0 });
    expect(view.doubts.map(({ key }) => key)).toContain('situation.tls-rpt.count-missing');
  });

  it('have policies that the standard does not know shown as written', async () => {
    const view = await viewOf(fileOf('a.json', reportText({ type: 'new-one' })));
    expect(view.policies[0]?.type).toEqual({ known: undefined, id: 'new-one' });
  });

  for (const [why, content, key] of [
    ['a zip bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), 'too-large'],
    ['a gzip that is cut', gzipSync(reportText({})).subarray(0, 40), 'gzip'],
    ['a page', '<html>', 'html'],
    ['words', 'hello', 'not-json'],
    ['empty', '', 'empty-file'],
    ['JSON of something else', '{"a":1}', 'not-a-report'],
    ['a mail without report', 'From: a@b\r\n\r\nhello', 'no-report'],
  ] as const)
    it(`that are ${why} get a sentence, and the others are read`, async () => {
      const view = await viewOf(fileOf('wrong', content), fileOf('good.json', reportText({})));
      expect(view.faults.map(({ name, line }) => [name, line.key])).toEqual([
        ['wrong', `situation.tls-rpt.${key}`],
      ]);
      expect(view.reports).toBe(1);
    });

  it('that cannot be read at all say so', async () => {
    expect((await viewOf(fileOf('x', '{}'))).sentence.key).toBe('tools.report.nothing');
  });

  it('have words for everything that the reader can say', () => {
    const words = readWords().nl;
    for (const type of resultTypes)
      for (const part of ['meaning', 'cause', 'next'])
        expect(words[`result-type.${type}.${part}`]).toBeTruthy();
    for (const type of policyTypes) expect(words[`policy-type.${type}`]).toBeTruthy();
    expect(words['situation.tls-rpt.empty-file']).toBeTruthy();
  });
});

describe('the chart of days', () => {
  const days = [
    { day: '2026-11-01', successful: 100, failed: 0 },
    { day: '2026-11-02', successful: 50, failed: 1 },
    { day: '2026-11-05', successful: 100_000, failed: 0 },
  ];

  it('leaves days without a report open', () => {
    const { bars } = barChart(days, 'successful', 720, 150);
    const [first, second, third] = bars.map(({ x }) => x);
    expect(third! - second!).toBeCloseTo(3 * (second! - first!), 1);
  });

  it('shows one failure among thousands of sessions', () => {
    expect(barChart(days, 'successful', 720, 150).bars[1]?.height).toBe(2);
    expect(barChart(days, 'failed', 720, 150).bars.map(({ height }) => height)).toEqual([
      0, 120, 0,
    ]);
  });

  it('stays within its box, also with one day and with a year', () => {
    const year = Array.from({ length: 366 }, (_, index) => ({
      day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      successful: index,
      failed: 0,
    }));
    for (const given of [days.slice(0, 1), year])
      for (const { x, y, width, height } of barChart(given, 'successful', 320, 130).bars) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(320.01);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + height).toBeLessThanOrEqual(130);
      }
  });
});
