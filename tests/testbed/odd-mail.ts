/** Mail hosts and records that are odd in ways that administrators reported: many domains in one signed zone. */
import { digestOf, tlsa } from './mail-records.ts';
import type { ZoneSpec } from './zone-spec.ts';

const domain = (label: string, lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(/^@/, label).replaceAll('@', label));

/** Beside the host that has DANE, another exchange. */
const beside = (label: string, exchange: string): readonly string[] =>
  domain(label, ['@ IN MX 10 dane', `@ IN MX 20 ${exchange}`]);

const host = (label: string, records: readonly string[]): readonly string[] => [
  `${label} IN MX 10 h.${label}`,
  `h.${label} IN A 192.0.2.70`,
  ...records,
];

/** Thirty exchanges; what each is an address of, if of anything. */
const many = (label: string, addressOf: (index: number) => 'open' | 'dane' | undefined) =>
  Array.from({ length: 30 }, (_, index) => {
    const name = `h${index}.${label}`;
    const of = addressOf(index);
    return [
      `${label} IN MX ${index + 1} ${name}`,
      ...(of === undefined ? [] : [`${name} IN A 192.0.2.73`]),
      ...(of === 'dane' ? [tlsa(name, '3 1 1', 'one'), tlsa(name, '3 1 1', 'two')] : []),
    ];
  }).flat();

const dane = `3 1 1 ${digestOf('odd-mail')}`;

export const oddMail: readonly ZoneSpec[] = [
  {
    name: 'odd-mail.test',
    signing: { algorithm: 'ECDSAP256SHA256' },
    records: [
      'dane IN A 192.0.2.71',
      tlsa('dane', '3 1 1', 'one'),
      tlsa('dane', '3 1 1', 'two'),
      'open IN A 192.0.2.72',
      ...beside('absent', 'nowhere'),
      ...beside('way-in', 'open'),
      ...beside('unproved', 'nowhere.insecure.test.'),
      ...beside('bogus', 'mx1.expired.test.'),
      ...beside('null-mx', '.'),
      ...beside('localhost', 'mail.localhost.'),
      ...beside('invalid', 'ms1.msv1.invalid.'),
      ...beside('number', '0.'),
      ...beside('address', '192.0.2.9.'),
      ...beside('onion', 'a.onion.'),
      ...beside('alt', 'mail.a.alt.'),
      ...beside('local', 'printer.local.'),
      ...beside('star', '*.odd-mail.test.'),
      ...beside('at', 'user\\064open'),
      ...beside('no-dot', '192.0.2.9'),
      'alias-domain IN CNAME gone',
      'no-host-alias IN MX 10 open',
      '_mta-sts.no-host-alias IN TXT "v=STSv1; id=1"',
      'mta-sts.no-host-alias IN CNAME gone',
      // More hosts than are looked at.
      ...many('many-open', (index) => (index < 10 ? 'open' : 'dane')),
      ...many('many-nowhere', (index) => (index < 12 ? undefined : 'dane')),
      'only-localhost IN MX 0 localhost.',
      'preferred-null IN MX 10 .',
      // Aliases where TLSA records belong.
      ...host('alias-unsigned', ['_25._tcp.h.alias-unsigned IN CNAME _25._tcp.mx1.insecure.test.']),
      ...host('alias-host', ['_25._tcp.h.alias-host IN CNAME h.alias-host']),
      ...host('alias-gone', ['_25._tcp.h.alias-gone IN CNAME gone']),
      ...host('alias-dane', [
        '_25._tcp.h.alias-dane IN CNAME dane.alias-dane',
        `dane.alias-dane IN TLSA ${dane}`,
      ]),
      // Text from a wildcard, and announcements that nobody can follow.
      'wild IN MX 10 dane',
      '*.wild IN TXT "v=spf1 -all"',
      'no-host IN MX 10 open',
      '_mta-sts.no-host IN TXT "v=STSv1; id=1"',
      'http-rua IN MX 10 dane',
      '_smtp._tls.http-rua IN TXT "v=TLSRPTv1; rua=http://example.test/report"',
    ],
  },
];
