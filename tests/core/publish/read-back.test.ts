import { describe, expect, it } from 'vitest';
import { readBackLine, readBackPolicy } from '../../../src/core/publish/read-back.ts';
import { stsZoneLine, tlsRptZoneLine } from '../../../src/core/publish/sts-plan.ts';
import { tlsaZoneLines } from '../../../src/core/publish/tlsa-plan.ts';

const association = new Uint8Array(32).fill(0xab);
const tlsa = { usage: 3, selector: 1, matchingType: 1, association } as const;

describe('what we advise to publish, read back', () => {
  it('gives the plain value of each kind of line', () => {
    const [line = ''] = tlsaZoneLines('mx.example.nl', 3600, [tlsa]);
    expect(readBackLine(line)).toMatchObject({
      ok: true,
      line: { owner: '_25._tcp.mx.example.nl', ttlSeconds: 3600, type: 'TLSA' },
      plain: `3 1 1 ${'ab'.repeat(32)}`,
    });
    expect(readBackLine(stsZoneLine('example.nl', 60, '2026'))).toMatchObject({
      ok: true,
      plain: 'v=STSv1; id=2026;',
    });
    expect(readBackLine(tlsRptZoneLine('example.nl', 60, ['mailto:a@example.nl']))).toMatchObject({
      ok: true,
      plain: 'v=TLSRPTv1; rua=mailto:a@example.nl;',
    });
  });

  it('joins a text that is longer than one character-string', () => {
    const rua = Array.from({ length: 12 }, (_, at) => `mailto:reports-${at}@mail.example.nl`);
    const line = tlsRptZoneLine('example.nl', 60, rua);
    expect(line).toContain('" "');
    expect(readBackLine(line)).toMatchObject({
      ok: true,
      plain: `v=TLSRPTv1; rua=${rua.join(',')};`,
    });
  });

  for (const [why, line, fault] of [
    [
      'a usage that mail does not know',
      tlsaZoneLines('mx.example.nl', 60, [{ ...tlsa, usage: 1 }])[0],
      'dane.pkix-usage',
    ],
    [
      'a digest cut short',
      tlsaZoneLines('mx.example.nl', 60, [{ ...tlsa, association: association.slice(1) }])[0],
      'dane.digest-length',
    ],
    [
      'an id with a hyphen',
      stsZoneLine('example.nl', 60, '2026-11'),
      'mta-sts.id-not-alphanumeric',
    ],
    [
      'a report address with an exclamation mark',
      tlsRptZoneLine('example.nl', 60, ['mailto:a@example.nl!10m']),
      'tls-rpt.exclamation-mark',
    ],
    [
      'a report address without a mailbox',
      tlsRptZoneLine('example.nl', 60, ['mailto:nobody']),
      'tls-rpt.mailto-without-address',
    ],
    [
      'a scheme that nobody has to report to',
      tlsRptZoneLine('example.nl', 60, ['ftp://example.nl/']),
      'tls-rpt.scheme-not-defined',
    ],
    ['a line of another kind', 'example.nl. 60 IN A 192.0.2.1', 'mta-sts.no-record'],
  ] as const)
    it(`refuses ${why}`, () => {
      const read = readBackLine(line ?? '');
      expect(
        read.ok ? [] : read.faults.map(({ room, situation }) => `${room}.${situation}`),
      ).toContain(fault);
    });

  it('refuses a policy that readers read differently', () => {
    expect(
      readBackPolicy('version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 86400\r\n'),
    ).toEqual([]);
    expect(
      readBackPolicy('version: STSv1\nmode: enforce\nmax_age: 99999999999\n').length,
    ).toBeGreaterThan(0);
  });
});
