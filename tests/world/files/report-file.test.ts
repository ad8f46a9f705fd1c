import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { totalsPerPolicy, failedByResultType } from '../../../src/core/tls-rpt/totals.ts';
import type { ReportFound } from '../../../src/core/tls-rpt/batch.ts';
import { reportFileOctetsMost, readReportFile } from '../../../src/world/files/report-file.ts';
import { gzip, octetsOf, reportFiles, reportText } from './report-files.ts';

const withinOf = ({ place }: ReportFound) => place.slice(1).join(' ');

describe('a file with reports', () => {
  test.each(reportFiles.map((file) => [file.name, file] as const))('%s', async (_, file) => {
    const found = await readReportFile(file.octets, file.name);
    expect(found.flatMap((each) => (each.ok ? [each.report.reportId] : []))).toEqual(file.reports);
    expect(
      found.flatMap((each) =>
        each.ok ? [] : [[(each.isAside ? '(' : '') + withinOf(each), each.situation]],
      ),
    ).toEqual(file.skipped ?? []);
    expect(
      found.flatMap((each) => (each.ok ? each.remarks.map(({ situation }) => situation) : [])),
    ).toEqual(file.remarks ?? []);
    for (const { place } of found) expect(place[0]).toBe(file.name);
  });

  it('says of a report in which mail and attachment it was', async () => {
    const file = reportFiles.find(({ name }) => name === 'mailbox');
    const found = await readReportFile(file!.octets, 'box');
    expect(found.map(withinOf)).toEqual(
      file!.reports.map((id, index) => `#${index + 1} ${id}.json.gz`),
    );
  });
});

describe('limits', () => {
  it('that unpacks beyond the limit is refused without unpacking all of it', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(4_000_000, ' ')));
    expect(bomb.length).toBeLessThan(5000);
    expect(await readReportFile(bomb, 'a', 10_000)).toMatchObject([{ situation: 'too-large' }]);
  });

  it('a file of the limit and one octet is not looked into', async () => {
    const file = new Uint8Array(reportFileOctetsMost + 1);
    expect(await readReportFile(file, 'a')).toMatchObject([{ situation: 'file-too-large' }]);
  });

  it('many bombs in one mail are unpacked to the limit of a file together, and each is told', async () => {
    const bomb = Buffer.from(gzip(new Uint8Array(17 * 1024 * 1024))).toString('base64');
    const part = `--b\nContent-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64\n\n${bomb}\n`;
    const mail = `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n${part.repeat(40)}--b--\n`;
    const found = await readReportFile(octetsOf(mail), 'a');
    expect(found.map((each) => !each.ok && each.situation)).toEqual([
      ...Array<string>(2).fill('too-large'),
      ...Array<string>(38).fill('all-too-large'),
    ]);
  });

  it.each([
    ['mails', `From a 0:00 2026\nFrom: a@b.example\n\n`, ''],
    ['parts', '--b\n', 'From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n'],
  ])(
    'of a file of %s without end those to the limit are read, and that is told',
    async (_, unit, head) => {
      const found = await readReportFile(octetsOf(head + unit.repeat(200_000)), 'a');
      expect(found.length).toBeLessThan(10_002);
      expect(found.at(-1)).toMatchObject({ ok: false, situation: 'too-many', isAside: false });
    },
  );

  it('mail in mail in mail has an end', async () => {
    const inside = (depth: number): string =>
      depth === 0
        ? `From: a@b.example\nContent-Type: application/tlsrpt+json\n\n${reportText('x')}`
        : `From: a@b.example\nContent-Type: message/rfc822\n\n${inside(depth - 1)}`;
    const read = async (depth: number) => (await readReportFile(octetsOf(inside(depth)), 'a'))[0];
    expect(await read(7)).toMatchObject({ ok: true });
    expect(await read(8)).toMatchObject({ ok: false, situation: 'too-deep' });
  });

  it('parts in parts have an end, and it is told', async () => {
    const parts = Array.from(
      { length: 12 },
      (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n`,
    );
    const found = await readReportFile(octetsOf(`From: a@b.example\n${parts.join('')}`), 'a');
    expect(found.map((each) => !each.ok && each.situation)).toEqual(['too-deep', 'no-report']);
  });
});

test('nothing makes the reader throw, and nothing is passed over', async () => {
  const good = gzip(reportText('x'));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.nat(40), async (noise, at) => {
      const mixed = new Uint8Array([...good.subarray(0, at), ...noise]);
      const mail = octetsOf(`From: a@b.example\n${new TextDecoder('latin1').decode(noise)}`);
      for (const file of [noise, mixed, mail])
        expect((await readReportFile(file, 'a')).length).toBeGreaterThan(0);
    }),
    { seed: 8460, numRuns: 100 },
  );
});

describe('totals', () => {
  it('add up over reports and keep what was not told apart from zero', async () => {
    const first = reportText('one', { failed: 3 });
    const second = first.replace('"total-failure-session-count":3', '"x":3');
    const found = await Promise.all(
      [first, second].map((each) => readReportFile(octetsOf(each), 'a')),
    );
    const reports = found.flat().flatMap((each) => (each.ok ? [each.report] : []));
    const [total, ...others] = totalsPerPolicy(reports);
    expect(others).toEqual([]);
    expect(total).toMatchObject({
      policyDomain: 'example.nl',
      successfulSessions: 20,
      failedSessions: 3,
      withoutTotal: 1,
      reports: 2,
    });
    expect(Object.fromEntries(total?.failedByResultType ?? [])).toEqual({
      'certificate-expired': 6,
    });
    expect(failedByResultType(reports[0]!.policies[0]!).get('certificate-expired')).toBe(3);
  });
});
