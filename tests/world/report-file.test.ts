import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failedByResultType, totalsPerPolicy } from '../../src/core/tls-rpt/totals.ts';
import { encodingOf, readReportFile } from '../../src/world/report-file.ts';

const octets = (text: string) => new TextEncoder().encode(text);

const report = {
  'organization-name': 'Example Sender',
  'date-range': {
    'start-datetime': '2026-11-23T00:00:00Z',
    'end-datetime': '2026-11-23T23:59:59Z',
  },
  'contact-info': 'tls@example.com',
  'report-id': 'one',
  policies: [
    {
      policy: { 'policy-type': 'sts', 'policy-domain': 'example.nl', 'mx-host': ['mx.example.nl'] },
      summary: { 'total-successful-session-count': 10, 'total-failure-session-count': 3 },
      'failure-details': [
        { 'result-type': 'certificate-expired', 'failed-session-count': 2 },
        { 'result-type': 'starttls-not-supported', 'failed-session-count': 1 },
      ],
    },
  ],
};
const json = octets(JSON.stringify(report));
const gzip = new Uint8Array(gzipSync(json));
const base64 = (data: Uint8Array) =>
  (
    Buffer.from(data)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

const mail = (type: string, encoding: string, body: string) =>
  octets(
    [
      'From: noreply@example.com',
      'Subject: Report Domain: example.nl',
      '  Submitter: example.com',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type="tlsrpt";',
      '  boundary="part"',
      '',
      'preamble',
      '--part',
      'Content-Type: text/plain; charset="utf-8"',
      '',
      '{"not": "the report"}',
      '--part',
      `Content-Type: ${type}`,
      `Content-Transfer-Encoding: ${encoding}`,
      'Content-Disposition: attachment; filename="example.com!example.nl!1!2.json.gz"',
      '',
      body,
      '--part--',
      '',
    ].join('\r\n'),
  );

describe('a report file', () => {
  for (const [why, file, encoding] of [
    ['plain', json, 'json'],
    ['gzip', gzip, 'gz'],
    ['a mail with gzip', mail('application/tlsrpt+gzip', 'base64', base64(gzip)), 'mail'],
    [
      'a mail with plain JSON',
      mail('application/tlsrpt+json', '7bit', JSON.stringify(report)),
      'mail',
    ],
    [
      'a mail with quoted-printable',
      mail(
        'application/tlsrpt+json',
        'quoted-printable',
        JSON.stringify(report).replaceAll('=', '=3D').replace('Example', 'Exam=\r\nple'),
      ),
      'mail',
    ],
  ] as const)
    it(`is recognised and read: ${why}`, async () => {
      expect(encodingOf(file)).toBe(encoding);
      const result = await readReportFile(file);
      expect(result).toMatchObject({ ok: true, value: { organization: 'Example Sender' } });
    });

  it('with a line end of LF alone is read too', async () => {
    const text = new TextDecoder().decode(mail('application/tlsrpt+gzip', 'base64', base64(gzip)));
    expect(await readReportFile(octets(text.replaceAll('\r\n', '\n')))).toMatchObject({ ok: true });
  });

  it('that unpacks beyond the limit is refused without unpacking all of it', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(4_000_000, ' ')));
    expect(bomb.length).toBeLessThan(5000);
    expect(await readReportFile(bomb, 'gz', 10_000)).toMatchObject({
      ok: false,
      problems: [{ code: 'too-large' }],
    });
  });

  for (const [why, file, code] of [
    ['a mail without report', mail('text/html', '7bit', '<p>').subarray(0, 200), 'no-report'],
    ['a cut gzip', gzip.subarray(0, gzip.length - 12), 'gzip'],
    ['nothing', new Uint8Array(0), 'json'],
    ['octets that are no UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'json'],
    ['a list', octets('[]'), 'shape'],
  ] as const)
    it(`is told apart: ${why} → ${code}`, async () => {
      expect(await readReportFile(file)).toMatchObject({ ok: false, problems: [{ code }] });
    });

  it('never makes the reader throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.nat(40), async (noise, at) => {
        const mixed = new Uint8Array([...gzip.subarray(0, at), ...noise]);
        for (const file of [noise, mixed])
          for (const encoding of ['json', 'gz', 'mail'] as const)
            expect(typeof (await readReportFile(file, encoding)).ok).toBe('boolean');
      }),
      { seed: 8460, numRuns: 100 },
    );
  });
});

describe('totals', () => {
  it('add up over reports and keep what was not told apart from zero', async () => {
    const second = structuredClone(report) as { policies: { summary: object }[] };
    second.policies[0]!.summary = { 'total-successful-session-count': 5 };
    const read = await Promise.all(
      [report, second].map((each) => readReportFile(octets(JSON.stringify(each)))),
    );
    const reports = read.flatMap((result) => (result.ok ? [result.value] : []));
    const [total, ...others] = totalsPerPolicy(reports);
    expect(others).toEqual([]);
    expect(total).toMatchObject({
      policyDomain: 'example.nl',
      successfulSessions: 15,
      failedSessions: 3,
      withoutTotal: 1,
      reports: 2,
    });
    expect(Object.fromEntries(total?.failedByResultType ?? [])).toEqual({
      'certificate-expired': 4,
      'starttls-not-supported': 2,
    });
    expect(failedByResultType(reports[0]!.policies[0]!).get('certificate-expired')).toBe(2);
  });
});
