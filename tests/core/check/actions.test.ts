/** What each finding asks of whom, how a card names it, and the row that a list makes of it. */
import { describe, expect, test } from 'vitest';
import { actionsFor } from '../../../src/core/check/actions.ts';
import { isIncomplete, rowOf } from '../../../src/core/check/list-row.ts';
import { readPolicy } from '../../../src/core/check/sts-policy.ts';
import { reportOf, type Answers, type Written } from '../../world.ts';

const digest = 'a'.repeat(64);
const other = 'b'.repeat(64);
const sound: Answers = {
  'example.nl MX': ['10 mx.example.nl'],
  'mx.example.nl A': ['192.0.2.1'],
  '_25._tcp.mx.example.nl TLSA': [`3 1 1 ${digest}`, `3 1 1 ${other}`],
  '_mta-sts.example.nl TXT': ['v=STSv1; id=1;'],
  'mta-sts.example.nl A': ['192.0.2.2'],
  '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=mailto:tls@example.nl'],
};
const actions = (change: Answers, policyText?: string) => {
  const report = reportOf('example.nl', { ...sound, ...change });
  const hosts = report.hosts.map(({ host }) => host);
  const policy = policyText === undefined ? undefined : readPolicy('given', policyText, hosts);
  return actionsFor(report, policy).map(({ who, id, host }) =>
    [who, id, ...(host === undefined ? [] : [host])].join(' '),
  );
};
const policyOf = (mode: string, mx: string) =>
  `version: STSv1\r\nmode: ${mode}\r\nmx: ${mx}\r\nmax_age: 604800\r\n`;

describe('who must do what', () => {
  test('where all is well, nobody', () => {
    expect(actions({}, policyOf('enforce', '*.example.nl'))).toEqual([]);
  });
  test.each([
    ['no keys of the root', 'dnssec.anchor-unproved'],
    ['no signature below the root', 'dnssec.signatures-not-brought'],
  ] as const)(
    'where the DNS service brings %s: another service, and nothing of the owner',
    (_, reason) => {
      const report = reportOf('example.nl', { ...sound, 'example.nl MX': 'indeterminate' });
      const mxLookup = { ...report.mxLookup, reason };
      expect(actionsFor({ ...report, mxLookup })).toEqual([
        { who: 'checker', id: 'choose-service', card: 'dane' },
      ]);
    },
  );
  test.each<[string, Answers, readonly string[]]>([
    ['the domain is not there', { 'example.nl MX': 'nxdomain' }, []],
    ['the domain takes no mail', { 'example.nl MX': ['0 .'] }, []],
    [
      'its MX is forged or badly signed',
      { 'example.nl MX': 'bogus' },
      ['dns-operator mend-signature example.nl'],
    ],
    ['its MX could not be looked up', { 'example.nl MX': 'timeout' }, ['checker look-up-again']],
    ['it has no server at all', { 'example.nl MX': [] }, ['you publish-mx example.nl']],
    [
      'it is not signed',
      { 'example.nl MX': { unsigned: ['10 mx.example.nl'] } },
      ['dns-operator sign-domain example.nl'],
    ],
    [
      'its MX holds an address',
      { 'example.nl MX': ['10 192.0.2.1'] },
      ['you replace-mx-address 192.0.2.1'],
    ],
    [
      'its server has no address',
      { 'mx.example.nl A': [] },
      ['you give-host-address mx.example.nl'],
    ],
    [
      'the address of its server is badly signed: whoever serves its DNS',
      { 'mx.example.nl A': 'bogus' },
      ['dns-operator mend-host-signature mx.example.nl'],
    ],
    [
      'the address of a provider’s server is badly signed: the provider',
      { 'example.nl MX': ['10 mx.provider.nl'], 'mx.provider.nl A': 'bogus' },
      ['mail-provider mend-host-signature mx.provider.nl'],
    ],
    [
      'the address of its server could not be looked up',
      { 'mx.example.nl A': 'servfail', 'mx.example.nl AAAA': 'servfail' },
      ['checker look-up-again mx.example.nl'],
    ],
    [
      'the TLSA records are badly signed',
      { '_25._tcp.mx.example.nl TLSA': 'bogus' },
      ['you mend-tlsa-signature mx.example.nl'],
    ],
    [
      'the TLSA records could not be looked up',
      { '_25._tcp.mx.example.nl TLSA': 'timeout' },
      ['checker look-up-again mx.example.nl'],
    ],
    [
      'no TLSA record is usable',
      { '_25._tcp.mx.example.nl TLSA': [`1 1 1 ${digest}`] },
      ['you mend-tlsa mx.example.nl'],
    ],
    [
      'there is one TLSA record only',
      { '_25._tcp.mx.example.nl TLSA': [`3 1 1 ${digest}`] },
      ['you second-record mx.example.nl'],
    ],
    ['there is none', { '_25._tcp.mx.example.nl TLSA': [] }, ['you publish-tlsa mx.example.nl']],
    [
      'a provider’s zone is not signed',
      {
        'example.nl MX': ['10 mx.provider.nl'],
        'mx.provider.nl A': { unsigned: ['192.0.2.7'] },
        'mx.provider.nl AAAA': { unsigned: [] },
        '_25._tcp.mx.provider.nl TLSA': { unsigned: [] },
      },
      ['mail-provider sign-host-zone mx.provider.nl'],
    ],
    [
      'the MTA-STS record is faulty',
      { '_mta-sts.example.nl TXT': ['v=STSv1; id=;'] },
      ['you mend-sts-record'],
    ],
    ['there is no MTA-STS record', { '_mta-sts.example.nl TXT': [] }, ['you publish-sts']],
    [
      'it could not be looked up',
      { '_mta-sts.example.nl TXT': 'refused' },
      ['checker look-up-again'],
    ],
    [
      'the TLS-RPT record is faulty',
      { '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=nothing'] },
      ['you mend-rpt'],
    ],
    [
      'the MTA-STS record is badly signed, which stops no mail',
      { '_mta-sts.example.nl TXT': 'bogus' },
      ['dns-operator mend-record-signature _mta-sts.example.nl'],
    ],
    [
      'the TLS-RPT record is badly signed beyond an alias',
      { '_smtp._tls.example.nl TXT': { alias: 'rpt.example.org', then: 'bogus' } },
      ['dns-operator mend-record-signature rpt.example.org'],
    ],
    [
      'the domain is an alias of one that is badly signed',
      { 'example.nl MX': { alias: 'mail.example.org', then: 'bogus' } },
      ['dns-operator mend-signature mail.example.org'],
    ],
    [
      'the domain is an alias of one that is not signed',
      { 'example.nl MX': { alias: 'mail.example.org', then: { unsigned: ['10 mx.example.nl'] } } },
      ['dns-operator sign-domain mail.example.org'],
    ],
    [
      'its server is an alias of a name with a badly signed address',
      { 'mx.example.nl A': { alias: 'far.example.org', then: 'bogus' } },
      ['dns-operator mend-host-signature far.example.org'],
    ],
    [
      'its server is an alias of a name without an address',
      {
        'mx.example.nl A': { alias: 'far.example.org', then: 'nxdomain' },
        'mx.example.nl AAAA': { alias: 'far.example.org', then: 'nxdomain' },
      },
      ['you give-host-alias-address far.example.org'],
    ],
    [
      'the TLSA records are badly signed beyond an alias',
      { '_25._tcp.mx.example.nl TLSA': { alias: '_25._tcp.far.example.org', then: 'bogus' } },
      ['you mend-tlsa-signature _25._tcp.far.example.org'],
    ],
    ['there is no TLS-RPT record', { '_smtp._tls.example.nl TXT': [] }, ['you publish-rpt']],
  ])('where %s', (_, change, expected) => {
    expect(actions(change)).toEqual(expected);
  });
  test.each<[string, string, readonly string[]]>([
    ['faulty', policyOf('maybe', '*.example.nl'), ['you mend-policy']],
    ['in testing', policyOf('testing', '*.example.nl'), ['you enforce-policy']],
    ['withdrawn', 'version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n', []],
    ['without this host', policyOf('enforce', 'old.example.nl'), ['you list-host mx.example.nl']],
  ])('where the policy is %s', (_, text, expected) => {
    expect(actions({}, text)).toEqual(expected);
  });
  test('a report that was not asked about TLS-RPT says nothing of it', () => {
    expect(actions({ '_smtp._tls.example.nl TXT': 'timeout' })).toEqual([]);
  });
});

describe('in a list', () => {
  test.each<[string, Answers, string, boolean]>([
    ['both protections', {}, 'dane-and-sts', false],
    ['a domain that is not there', { 'example.nl MX': 'nxdomain' }, 'no-domain', false],
    ['a domain that takes no mail', { 'example.nl MX': ['0 .'] }, 'no-mail', false],
    ['a failed lookup of MX', { 'example.nl MX': 'servfail' }, 'unknown', true],
    [
      'a failed lookup of TLSA',
      { '_25._tcp.mx.example.nl TLSA': 'servfail', '_mta-sts.example.nl TXT': [] },
      'unknown',
      true,
    ],
    [
      'a failed lookup of MTA-STS, without DANE',
      { '_25._tcp.mx.example.nl TLSA': [], '_mta-sts.example.nl TXT': 'timeout' },
      'unknown',
      true,
    ],
    [
      'a failed lookup of TLS-RPT',
      { '_smtp._tls.example.nl TXT': 'timeout' },
      'dane-and-sts',
      true,
    ],
    [
      'neither',
      { '_25._tcp.mx.example.nl TLSA': [], '_mta-sts.example.nl TXT': [] },
      'neither',
      false,
    ],
  ])('%s', (_, change, standing, incomplete) => {
    const report = reportOf('example.nl', { ...sound, ...change });
    expect(rowOf(report).standing).toBe(standing);
    expect(isIncomplete(rowOf(report))).toBe(incomplete);
  });
  test('a domain that is its own server counts no MX hosts', () => {
    const implicit = { 'example.nl MX': [], 'example.nl A': ['192.0.2.9'] };
    expect(rowOf(reportOf('example.nl', implicit)).mxHosts).toBe(0);
    expect(rowOf(reportOf('example.nl', sound)).mxHosts).toBe(1);
  });
});

describe('what will go wrong at a renewal', () => {
  const warnings = (tlsa: Written) =>
    reportOf('example.nl', { ...sound, '_25._tcp.mx.example.nl TLSA': tlsa }).hosts[0]?.warnings;
  test.each<[Written, readonly string[]]>([
    [[`3 1 1 ${digest}`], ['single-record']],
    [[`3 1 1 ${digest}`, `2 1 1 ${other}`], ['mixed-usages']],
    [{ signed: [`3 1 1 ${digest}`, `3 1 1 ${other}`], ttlSeconds: 86_401 }, ['long-ttl']],
    [{ signed: [`3 1 1 ${digest}`, `3 1 1 ${other}`], ttlSeconds: 86_400 }, []],
  ])('%j', (tlsa, expected) => {
    expect(warnings(tlsa)).toEqual(expected);
  });
});
