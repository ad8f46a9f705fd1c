/**
 * The zones of the test bed: every kind of chain that a validator meets, then mail as it is found.
 * The first list has the names of the shared bed's table, so that its answers can be compared.
 */
import { digestOf, plainMail, tlsa, usualMail } from './mail-records.ts';
import { oddMail } from './odd-mail.ts';
import { coveredBy, typeOf, type Denial, type Signing, type ZoneSpec } from './zone-spec.ts';

const p256: Signing = { algorithm: 'ECDSAP256SHA256' };
const rsa: Signing = { algorithm: 'RSASHA256', bits: 2048 };
const nsec3: Denial = { salt: '-', iterations: 0 };

const mail = (
  name: string,
  signing: ZoneSpec['signing'],
  more: readonly string[] = [],
  rest: Partial<ZoneSpec> = {},
): ZoneSpec => ({ name, records: [...usualMail(name), ...more], signing, ...rest });

const zone = (
  name: string,
  records: readonly string[],
  signing: ZoneSpec['signing'] = p256,
  rest: Partial<ZoneSpec> = {},
): ZoneSpec => ({ name, records, signing, ...rest });

const madeUpDs = (name: string, fields: string): string =>
  `${name}. IN DS ${fields} ${digestOf(`no key of ${name}`)}`;

const without =
  (...types: string[]) =>
  (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => !types.includes(typeOf(line)) && !types.includes(coveredBy(line)));

const replaced =
  (pattern: RegExp, by: string) =>
  (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace(pattern, by));

/** One zone per algorithm: odd ones with NSEC, the others with NSEC3. */
const algorithms: readonly ZoneSpec[] = [
  mail('a5.test', { algorithm: 'RSASHA1', bits: 2048 }),
  mail('a7.test', { algorithm: 'NSEC3RSASHA1', bits: 2048, denial: nsec3 }),
  mail('a8.test', rsa, [tlsa('dane').replace('_25._tcp.', '')]),
  mail('a10.test', { algorithm: 'RSASHA512', bits: 2048, denial: nsec3 }),
  mail('a13.test', p256),
  mail('a14.test', { algorithm: 'ECDSAP384SHA384', denial: nsec3 }),
  mail('a15.test', { algorithm: 'ED25519' }),
  mail('a16.test', { algorithm: 'ED448', denial: nsec3 }),
  mail('twoalgs.test', { algorithm: 'ECDSAP256SHA256', also: 'RSASHA256' }),
  mail('kskzsk.test', { algorithm: 'ECDSAP256SHA256', keys: 'two' }),
  // More than Chromium takes (33 bits), as much as BIND does.
  mail('exp34.test', { ...rsa, exponent: 2n ** 33n + 3n }),
  mail('exp35.test', { ...rsa, exponent: 2n ** 34n + 1n }),
  mail('tags2.test', { ...rsa, alike: 1 }),
  mail('tags6.test', { ...rsa, alike: 5 }),
];

const denials: readonly ZoneSpec[] = [
  mail('nsec3.test', { ...p256, denial: { salt: 'AABBCCDD', iterations: 0 } }),
  mail('iter100.test', { ...p256, denial: { salt: 'AABB', iterations: 100 } }),
  mail('iter150.test', { ...p256, denial: { salt: 'AABB', iterations: 150 } }),
  mail('optout.test', { ...p256, denial: { ...nsec3, optOut: true } }),
  mail('unsig.optout.test', false),
  mail('wild.test', p256, [
    '*.w IN A 192.0.2.77',
    '*.w IN TXT "wild"',
    `*._tcp.w IN TLSA 3 1 1 ${digestOf('wild')}`,
    '*.c IN CNAME www',
    '*.mx IN MX 10 mx1',
  ]),
  mail('wild3.test', { ...p256, denial: nsec3 }, [
    '*.w IN A 192.0.2.77',
    `*._tcp.w IN TLSA 3 1 1 ${digestOf('wild')}`,
    '*.c IN CNAME www',
  ]),
  mail('cname.test', p256, [
    'alias IN CNAME mx1',
    'mxc IN MX 10 alias',
    '_25._tcp.alias IN CNAME dane.a8.test.',
    'mxi IN MX 10 mx1.insecure.test.',
    'mxb IN MX 10 mx1.expired.test.',
    'mxs IN MX 10 mx1.a15.test.',
    'toinsec IN CNAME mx1.insecure.test.',
    'tobogus IN CNAME mx1.expired.test.',
    'tonx IN CNAME nope.a13.test.',
    'loop1 IN CNAME loop2',
    'loop2 IN CNAME loop1',
    'd IN DNAME a13.test.',
    'd8 IN DNAME a8.test.',
    // `c11` is eleven aliases away from its addresses.
    ...Array.from({ length: 18 }, (_, at) => `c${at + 1} IN CNAME ${at === 0 ? 'mx1' : `c${at}`}`),
  ]),
  mail('nullmx.test', p256, ['only IN MX 0 .']),
  mail('parent.test', p256, ['inhouse IN MX 10 mx1.sub.parent.test.']),
  mail('sub.parent.test', rsa),
];

const insecure: readonly ZoneSpec[] = [
  mail('insecure.test', false),
  mail('insecure.nsec', false),
  mail('secure.nsec', rsa),
  mail('unsupalg.test', p256, [], { ds: () => [madeUpDs('unsupalg.test', '12345 200 2')] }),
  mail('unsupdigest.test', p256, [], {
    ds: () => [madeUpDs('unsupdigest.test', '12345 13 200')],
  }),
];

const bogus: readonly ZoneSpec[] = [
  mail('expired.test', { ...p256, validity: 'past' }),
  mail('notyet.test', { ...p256, validity: 'future' }),
  mail('wrongds.test', p256, [], { ds: () => [madeUpDs('wrongds.test', '12345 13 2')] }),
  mail('stripped.test', p256, [], {
    spoil: (lines) => lines.filter((line) => coveredBy(line) !== 'MX'),
  }),
  mail('nodenial.test', p256, [], { spoil: without('NSEC') }),
  mail('badsig.test', p256, [], {
    spoil: (lines) =>
      replaced(
        /v=STSv1; id=2026/,
        'v=STSv1; id=1999',
      )(replaced(/^(mx1\.badsig\.test\.\s.*\sA\s+)192\.0\.2\.25$/, '$1192.0.2.66')(lines)),
  }),
  mail('unsigned-ds.test', p256, [], { spoil: without('RRSIG', 'NSEC', 'DNSKEY') }),
  mail('bogustlsa.test', p256, [], {
    spoil: replaced(/^(_25\._tcp\.mx1\..*\sTLSA\s+3 1 1 )[0-9A-F]{8}/, '$100000000'),
  }),
];

const otherDs: readonly ZoneSpec[] = [
  mail('rolled.test', p256, [], {
    ds: (genuine) => [...genuine, madeUpDs('rolled.test', '12345 13 2')],
  }),
  mail('sha1ds.test', rsa, [], { ds: (_, dsOf) => dsOf('SHA-1') }),
  mail('sha384ds.test', rsa, [], { ds: (_, dsOf) => dsOf('SHA-384') }),
];

/** Mail as it is found: who hosts it, who forgot what. */
const found: readonly ZoneSpec[] = [
  zone('post-hosting.test', [
    '@ IN MX 10 in1',
    'in1 IN A 192.0.2.41',
    'in1 IN AAAA 2001:db8::41',
    'in2 IN A 192.0.2.42',
    'in2 IN AAAA 2001:db8::42',
    tlsa('in1', '3 1 1', 'in1 now'),
    tlsa('in1', '2 1 1', 'in1 anchor'),
    tlsa('in2', '3 1 1', 'in2 now'),
    'policy IN A 192.0.2.43',
    '_mta-sts IN TXT "v=STSv1; id=hosting1"',
  ]),
  // A municipality whose mail and policy are hosted: signed on both sides.
  zone(
    'gemeente-zilverdam.test',
    [
      '@ IN A 192.0.2.50',
      '@ IN MX 10 in1.post-hosting.test.',
      '@ IN MX 20 in2.post-hosting.test.',
      'mta-sts IN CNAME policy.post-hosting.test.',
      '_mta-sts IN CNAME _mta-sts.post-hosting.test.',
      '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls@gemeente-zilverdam.test,https://reports.test/in"',
    ],
    { ...p256, keys: 'two', denial: nsec3 },
    {
      stale: [
        '@ IN A 192.0.2.50',
        '@ IN MX 10 oud.gemeente-zilverdam.test.',
        'oud IN A 192.0.2.59',
        tlsa('oud', '3 1 1', 'long gone'),
      ],
    },
  ),
  // Signed hosts behind an unsigned domain, and the other way round (RFC 7672 §2.2.1).
  zone('unsigned-domain.test', ['@ IN MX 10 in1.post-hosting.test.'], false),
  zone('unsigned-host.test', ['@ IN MX 10 mx1.insecure.test.']),
  zone('only-sts.test', [
    ...plainMail,
    '_mta-sts IN TXT "v=STSv1; id=7"',
    'mta-sts IN A 192.0.2.81',
  ]),
  zone('bare.test', plainMail, false),
  zone('no-mx.test', ['@ IN A 192.0.2.31', '@ IN AAAA 2001:db8::31', tlsa('@')].map(atApex)),
  zone('nothing-here.test', []),
  zone('refuses-mail.test', ['@ IN MX 0 .', '@ IN A 192.0.2.32']),
  zone('mx-alias.test', [
    '@ IN MX 10 mail',
    'mail IN CNAME real',
    'real IN A 192.0.2.33',
    tlsa('real'),
  ]),
  zone('apex-alias.test', ['www IN CNAME mx1.a13.test.', 'mail IN CNAME post-hosting.test.']),
  zone('mx-address.test', ['@ IN MX 10 192.0.2.99.']),
  zone('mx-gone.test', ['@ IN MX 10 mx.mx-gone.test.', '@ IN MX 20 mx.does-not-exist.test.']),
  zone('pkix-only.test', [
    ...plainMail,
    tlsa('mx', '0 1 1'),
    tlsa('mx', '1 1 1', 'pkix end entity'),
  ]),
  zone('odd-tlsa.test', [
    ...plainMail,
    tlsa('mx', '3 1 9'),
    tlsa('mx', '3 7 1'),
    tlsa('mx', '9 1 1'),
    tlsa('mx', '3 1 2', 'half as long as SHA-512'),
    '_25._tcp.mx IN TLSA 3 1 1 ABCDEF',
    tlsa('mx', '3 1 1', 'the good one'),
  ]),
  zone('two-policies.test', [
    ...plainMail,
    '_mta-sts IN TXT "v=STSv1; id=1"',
    '_mta-sts IN TXT "v=STSv1; id=2"',
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:a@example.test"',
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:b@example.test"',
  ]),
  zone('typing-errors.test', [
    ...plainMail,
    '_mta-sts IN TXT "v=STSv1; id=2026-11-23"',
    '_smtp._tls IN TXT "v=TLSRPTv1; ruf=mailto:a@example.test"',
  ]),
  zone('split-strings.test', [
    ...plainMail,
    '_mta-sts IN TXT "v=STSv1; i" "d=joined" "42;"',
    '_smtp._tls IN TXT "other" ',
  ]),
  zone('inert-script.test', [
    '@ IN MX 10 mx',
    'mx IN A 192.0.2.34',
    '_mta-sts IN TXT "v=STSv1; id=<script>alert(1)</script>"',
    '_smtp._tls IN TXT "<img src=x onerror=alert(1)>"',
  ]),
  zone('hundred-mx.test', [
    ...Array.from({ length: 100 }, (_, i) => `@ IN MX ${i} h${i}`),
    ...Array.from({ length: 100 }, (_, i) => `h${i} IN A 192.0.2.${i + 1}`),
  ]),
  zone('large-answer.test', [
    ...plainMail,
    ...Array.from({ length: 40 }, (_, i) => `@ IN TXT "${digestOf(`filler ${i}`).repeat(3)}"`),
  ]),
  zone('xn--bcher-kva.test', plainMail),
];

function atApex(line: string): string {
  return line.replace('_25._tcp.@', '_25._tcp');
}

/** How many names `list.test` has; `n0001` to `n1000`. */
export const listSize = 1000;

/** The nth name of the list, from 1. */
export const listName = (n: number): string => `n${String(n).padStart(4, '0')}.list.test`;

/** The names of the list come in five kinds, in turn. */
export const listKind = (n: number): 'dane' | 'both' | 'mta-sts' | 'neither' | 'null-mx' =>
  (['dane', 'both', 'mta-sts', 'neither', 'null-mx'] as const)[(n - 1) % 5] ?? 'neither';

const listRecords = (): readonly string[] => {
  const withMx = (n: number, exchange: string) =>
    `n${String(n).padStart(4, '0')} IN MX ${exchange}`;
  const hosts = ['@ IN A 192.0.2.90', 'dane IN A 192.0.2.91', tlsa('dane'), 'open IN A 192.0.2.92'];
  const names = Array.from({ length: listSize }, (_, index) => {
    const n = index + 1;
    const label = `n${String(n).padStart(4, '0')}`;
    const kind = listKind(n);
    if (kind === 'null-mx') return [withMx(n, '0 .')];
    const lines = [withMx(n, kind === 'dane' || kind === 'both' ? '10 dane' : '10 open')];
    if (kind === 'both' || kind === 'mta-sts')
      lines.push(`_mta-sts.${label} IN TXT "v=STSv1; id=${n}"`, `mta-sts.${label} IN CNAME @`);
    return lines;
  });
  return [...hosts, ...names.flat()];
};

/** All leaf zones; parents (`test`, `nsec`, the root) are made by the builder. */
export const leafZones: readonly ZoneSpec[] = [
  ...algorithms,
  ...denials,
  ...insecure,
  ...bogus,
  ...otherDs,
  ...found,
  ...oddMail,
  zone('list.test', listRecords(), { ...p256, denial: 'nsec' }),
];

/** How the parents are signed: `test` as most TLDs (NSEC3 with opt-out), `nsec` the older way. */
export const parentZones: readonly ZoneSpec[] = [
  zone('.', [], { ...rsa, keys: 'two' }),
  zone('test', [], { ...p256, denial: { ...nsec3, optOut: true } }),
  zone('nsec', [], rsa),
];
