/**
 * Kinds of zones for the comparison with other validators: what is broken, and what is asked then.
 * Each kind names the clause it tries. Zones are `z<number>.test`, signed by BIND before they break.
 */
import { digestOf } from './mail-records.ts';
import {
  added,
  fieldsOf,
  inTurn,
  isRecord,
  isSignature,
  nsec3For,
  rewritten,
  rrsig,
  withCutBase64,
  withField,
  withFlippedBit,
  without,
  type Edit,
} from './line-edits.ts';
import type { DigestOf, Signing, ZoneSpec } from './zone-spec.ts';

/** One query: a label or name relative to the zone (`@` for its top), and a type. */
export type Asked = readonly [string, string];

export interface Making {
  /** Without the final dot. */
  readonly name: string;
  /** A whole number below a bound, from the seed. */
  readonly below: (bound: number) => number;
}

export interface Kind {
  readonly id: string;
  readonly clause: string;
  readonly asked: readonly Asked[];
  /** Limits how the zone is signed; the rest is drawn from the seed. */
  readonly signing?: Partial<Signing>;
  readonly denial?: 'nsec' | 'nsec3' | 'opt-out';
  readonly spoil?: (making: Making) => Edit;
  readonly ds?: (
    making: Making,
  ) => (genuine: readonly string[], dsOf: DigestOf) => readonly string[];
  /** A zone below, `child.<name>`: unsigned or signed. */
  readonly child?: 'unsigned' | 'signed';
  readonly records?: (name: string) => readonly string[];
  readonly isUnsigned?: boolean;
}

const apexMx: Asked = ['@', 'MX'];
const host: Asked = ['mx1', 'A'];
const tlsa: Asked = ['_25._tcp.mx1', 'TLSA'];
const nope: Asked = ['nope', 'A'];
const noType: Asked = ['@', 'TYPE33'];
const ent: Asked = ['ent', 'TXT'];
const wild: Asked = ['x.w', 'A'];
const wildDeep: Asked = ['y.x.w', 'A'];
const wildNoType: Asked = ['x.w', 'MX'];
const alias: Asked = ['www', 'A'];
const below: Asked = ['child', 'MX'];
const belowHost: Asked = ['mx1.child', 'A'];
const belowDs: Asked = ['child', 'DS'];

const at = (making: Making, label = ''): string =>
  label === '' ? `${making.name}.` : `${label}.${making.name}.`;

const sigOf =
  (type: string, label = '') =>
  (making: Making) =>
    isSignature(type, at(making, label));

const change =
  (place: number, value: (before: string, making: Making) => string, type = 'MX', label = '') =>
  (making: Making): Edit =>
    withField(sigOf(type, label)(making), place, (before) => value(before, making));

const plus = (difference: number) => (before: string) => String(Number(before) + difference);

/** 14 digits moved by days. */
const moved = (days: number) => (stamp: string) => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d{6})$/.exec(stamp)!;
  const date = new Date(Date.UTC(+parts[1]!, +parts[2]! - 1, +parts[3]! + days));
  return date.toISOString().slice(0, 10).replaceAll('-', '') + parts[4]!;
};

const madeUp = (making: Making, fields: string) =>
  `${at(making)} IN DS ${fields} ${digestOf(`no key of ${making.name}`)}`;

const dsFields = (line: string): string[] => line.trim().split(/\s+/);

const withDsField =
  (fromType: number, value: (before: string) => string) =>
  () =>
  (genuine: readonly string[]): readonly string[] =>
    genuine.map((line) => {
      const fields = dsFields(line);
      const place = fields.indexOf('DS') + fromType;
      return fields.map((field, index) => (index === place ? value(field) : field)).join(' ');
    });

const dropNsec3 =
  (label: string, how: 'matches' | 'covers') =>
  (making: Making): Edit =>
  (lines) =>
    lines.filter((line) => !nsec3For(at(making, label), how)(line));

const signatures: readonly Kind[] = [
  { id: 'whole', clause: 'RFC 4035 §5.3', asked: [apexMx, host, nope, noType, ent] },
  { id: 'whole-wildcard', clause: 'RFC 4035 §5.3.4', asked: [wild, wildDeep, wildNoType] },
  {
    id: 'signature-missing',
    clause: 'RFC 4035 §5',
    asked: [apexMx, host],
    spoil: (m) => without(sigOf('MX')(m)),
  },
  {
    id: 'signature-bit-flipped',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx, host],
    spoil: (m) => withFlippedBit(sigOf('MX')(m), rrsig.signature, m.below(400)),
  },
  {
    id: 'signature-cut',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx],
    spoil: (m) => withCutBase64(sigOf('MX')(m), rrsig.signature, 8 + m.below(40)),
  },
  {
    id: 'signature-labels-more',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.labels, plus(1)),
  },
  {
    id: 'signature-labels-fewer',
    clause: 'RFC 4035 §5.3.1',
    asked: [tlsa],
    // Below the apex only: with fewer labels than the zone has, BIND does not load it.
    spoil: change(rrsig.labels, plus(-1), 'TLSA', '_25._tcp.mx1'),
  },
  {
    id: 'signature-ttl-changed',
    clause: 'RFC 4034 §3.1.4',
    asked: [apexMx],
    spoil: change(rrsig.originalTtl, plus(1)),
  },
  {
    id: 'signature-key-tag-changed',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.keyTag, (tag) => String((Number(tag) + 1) % 65536)),
  },
  {
    id: 'signature-by-parent-name',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx, host],
    spoil: change(rrsig.signer, () => 'test.'),
  },
  {
    id: 'signature-by-stranger',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.signer, () => 'nsec.'),
  },
  {
    id: 'signature-by-owner',
    clause: 'RFC 4035 §5.3.1',
    asked: [host],
    spoil: (m) => withField(sigOf('A', 'mx1')(m), rrsig.signer, () => at(m, 'mx1')),
  },
  {
    id: 'signature-algorithm-changed',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.algorithm, (before) => (before === '8' ? '10' : '8')),
  },
  {
    id: 'signature-algorithm-unknown',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.algorithm, () => '200'),
  },
  {
    id: 'signature-end-in-past',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.expiration, moved(-2000)),
  },
  {
    id: 'signature-end-later',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx],
    spoil: change(rrsig.expiration, moved(30)),
  },
  {
    id: 'signature-start-in-future',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx],
    spoil: change(rrsig.inception, moved(100)),
  },
  {
    id: 'zone-expired',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx, nope],
    signing: { validity: 'past' },
  },
  {
    id: 'zone-not-yet',
    clause: 'RFC 4035 §5.3.1',
    asked: [apexMx, nope],
    signing: { validity: 'future' },
  },
  {
    id: 'signature-of-another-name',
    clause: 'RFC 4035 §5.3.3',
    asked: [['mx2', 'A'], host],
    spoil: (m) => (lines) => {
      const one = lines.find(sigOf('A', 'mx1')(m))!;
      return [
        ...lines.filter((line) => !sigOf('A', 'mx2')(m)(line)),
        [at(m, 'mx2'), ...fieldsOf(one).slice(1)].join(' '),
      ];
    },
  },
  {
    id: 'signature-of-another-type',
    clause: 'RFC 4035 §5.3.3',
    asked: [['mx1', 'AAAA'], host],
    spoil: (m) => (lines) => {
      const one = fieldsOf(lines.find(sigOf('A', 'mx1')(m))!);
      return [
        ...lines.filter((line) => !sigOf('AAAA', 'mx1')(m)(line)),
        [...one.slice(0, 4), 'AAAA', ...one.slice(5)].join(' '),
      ];
    },
  },
  {
    id: 'junk-beside-good-signature',
    clause: 'RFC 6840 §5.4',
    asked: [apexMx, host],
    spoil: (m) =>
      added((lines) => [
        withFlippedBit(() => true, rrsig.signature, 7)(lines.filter(sigOf('MX')(m)))[0]!,
      ]),
  },
];

const data: readonly Kind[] = [
  {
    id: 'address-altered',
    clause: 'RFC 4035 §5.3.3',
    asked: [host, apexMx],
    spoil: (m) => withField(isRecord('A', at(m, 'mx1')), 4, () => '192.0.2.66'),
  },
  {
    id: 'mx-redirected',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx],
    spoil: (m) => withField(isRecord('MX', at(m)), 5, () => 'mx1.a13.test.'),
  },
  {
    id: 'record-slipped-in',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx],
    spoil: (m) => added(() => [`${at(m)} 3600 IN MX 1 evil.${at(m)}`]),
  },
  {
    id: 'record-left-out',
    clause: 'RFC 4035 §5.3.3',
    asked: [apexMx],
    spoil: (m) => without((line) => isRecord('MX', at(m))(line) && fieldsOf(line)[4] === '20'),
  },
  {
    id: 'tlsa-altered',
    clause: 'RFC 4035 §5.3.3',
    asked: [tlsa],
    spoil: (m) => withField(isRecord('TLSA', at(m, '_25._tcp.mx1')), 7, () => digestOf('evil')),
  },
  {
    id: 'case-changed',
    clause: 'RFC 4034 §6.2',
    asked: [apexMx],
    spoil: (m) => withField(isRecord('MX', at(m)), 5, (name) => name.toUpperCase()),
  },
];

const keys: readonly Kind[] = [
  {
    id: 'keys-gone',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx, nope],
    spoil: (m) => without(isRecord('DNSKEY', at(m)), sigOf('DNSKEY')(m)),
  },
  {
    id: 'keys-unsigned',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx, noType],
    spoil: (m) => without(sigOf('DNSKEY')(m)),
  },
  {
    id: 'keys-signature-flipped',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    spoil: (m) => withFlippedBit(sigOf('DNSKEY')(m), rrsig.signature, 9),
  },
  {
    id: 'key-octet-altered',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    spoil: (m) => withFlippedBit(isRecord('DNSKEY', at(m)), 7, 100 + m.below(100)),
  },
  {
    id: 'key-protocol',
    clause: 'RFC 4034 §2.1.2',
    asked: [apexMx],
    spoil: (m) => withField(isRecord('DNSKEY', at(m)), 5, () => '2'),
  },
  {
    id: 'key-not-for-zone',
    clause: 'RFC 4034 §2.1.1',
    asked: [apexMx],
    spoil: (m) => withField(isRecord('DNSKEY', at(m)), 4, () => '1'),
  },
  {
    id: 'key-revoked',
    clause: 'RFC 5011 §2.1',
    asked: [apexMx],
    spoil: (m) => withField(isRecord('DNSKEY', at(m)), 4, () => '385'),
  },
  {
    id: 'key-slipped-in',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    spoil: (m) =>
      added(() => [`${at(m)} 3600 IN DNSKEY 256 3 13 ${Buffer.alloc(64, 7).toString('base64')}`]),
  },
  {
    id: 'zone-key-left-out',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    signing: { keys: 'two' },
    spoil: (m) => without((line) => isRecord('DNSKEY', at(m))(line) && fieldsOf(line)[4] === '256'),
  },
  {
    id: 'two-algorithms',
    clause: 'RFC 6840 §5.11',
    asked: [apexMx, nope],
    signing: { algorithm: 'ECDSAP256SHA256', also: 'RSASHA256', keys: 'one' },
  },
  {
    id: 'two-algorithms-one-stripped',
    clause: 'RFC 6840 §5.11',
    asked: [apexMx],
    signing: { algorithm: 'ECDSAP256SHA256', also: 'RSASHA256', keys: 'one' },
    spoil: (m) =>
      without((line) => sigOf('MX')(m)(line) && fieldsOf(line)[rrsig.algorithm] === '8'),
  },
  {
    id: 'two-algorithms-one-forged',
    clause: 'RFC 6840 §5.4',
    asked: [apexMx],
    signing: { algorithm: 'ECDSAP256SHA256', also: 'RSASHA256', keys: 'one' },
    spoil: (m) =>
      withFlippedBit(
        (line) => sigOf('MX')(m)(line) && fieldsOf(line)[rrsig.algorithm] === '13',
        rrsig.signature,
        11,
      ),
  },
];

const limits: readonly Kind[] = [
  {
    id: 'exponent-of-34-bits',
    clause: 'RFC 3110 §2',
    asked: [apexMx, nope],
    signing: { algorithm: 'RSASHA256', bits: 2048, exponent: 2n ** 33n + 3n },
  },
  {
    id: 'tag-of-two-keys',
    clause: 'RFC 4034 §B',
    asked: [apexMx, host],
    signing: { algorithm: 'RSASHA256', bits: 2048, keys: 'one', alike: 1 },
  },
  {
    id: 'tag-of-six-keys',
    clause: 'RFC 4034 §B',
    asked: [apexMx, host],
    signing: { algorithm: 'RSASHA256', bits: 2048, keys: 'one', alike: 5 },
  },
  {
    id: 'eleven-aliases',
    clause: 'RFC 1034 §3.6.2',
    asked: [['c11', 'A']],
    records: () =>
      Array.from({ length: 11 }, (_, at) => `c${at + 1} IN CNAME ${at === 0 ? 'mx1' : `c${at}`}`),
  },
];

const delegations: readonly Kind[] = [
  {
    id: 'ds-of-no-key',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    ds: (m) => () => [madeUp(m, '12345 13 2')],
  },
  {
    id: 'ds-tag-changed',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    ds: withDsField(1, (tag) => String((Number(tag) + 1) % 65536)),
  },
  {
    id: 'ds-algorithm-changed',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    ds: withDsField(2, (algorithm) => (algorithm === '8' ? '13' : '8')),
  },
  {
    id: 'ds-digest-changed',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx],
    ds: withDsField(4, (digest) => digest.replace(/^./, (c) => (c === '0' ? '1' : '0'))),
  },
  {
    id: 'ds-algorithm-unknown',
    clause: 'RFC 6840 §5.2',
    asked: [apexMx, nope],
    ds: (m) => () => [madeUp(m, '12345 200 2')],
  },
  {
    id: 'ds-digest-unknown',
    clause: 'RFC 6840 §5.2',
    asked: [apexMx],
    ds: (m) => () => [madeUp(m, '12345 13 200')],
  },
  {
    id: 'ds-unknown-and-false',
    clause: 'RFC 6840 §5.2',
    asked: [apexMx],
    ds: (m) => () => [madeUp(m, '12345 200 2'), madeUp(m, '12345 13 2')],
  },
  {
    id: 'ds-unknown-and-good',
    clause: 'RFC 6840 §5.2',
    asked: [apexMx],
    ds: (m) => (genuine) => [madeUp(m, '12345 200 2'), ...genuine],
  },
  {
    id: 'ds-stale-and-good',
    clause: 'RFC 6840 §5.11',
    asked: [apexMx, nope],
    ds: (m) => (genuine) => [madeUp(m, '12345 13 2'), ...genuine],
  },
  {
    id: 'ds-sha-1',
    clause: 'RFC 4034 §5.1.4',
    asked: [apexMx],
    ds: () => (_, dsOf) => dsOf('SHA-1'),
  },
  {
    id: 'ds-sha-384',
    clause: 'RFC 6605 §5',
    asked: [apexMx],
    ds: () => (_, dsOf) => dsOf('SHA-384'),
  },
  {
    id: 'ds-good-sha-1-false-sha-256',
    clause: 'RFC 4509 §3',
    asked: [apexMx],
    ds: () => (genuine, dsOf) => [
      ...dsOf('SHA-1'),
      ...withDsField(4, (digest) => digest.replace(/^./, (c) => (c === '0' ? '1' : '0')))()(
        genuine,
      ),
    ],
  },
  {
    id: 'ds-but-unsigned',
    clause: 'RFC 4035 §5.2',
    asked: [apexMx, nope],
    spoil: () =>
      without(isRecord('RRSIG'), isRecord('DNSKEY'), isRecord('NSEC'), isRecord('NSEC3')),
  },
  { id: 'unsigned', clause: 'RFC 4035 §5.2', asked: [apexMx, nope, noType], isUnsigned: true },
  {
    id: 'child-unsigned',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowHost, belowDs],
    child: 'unsigned',
  },
  { id: 'child-signed', clause: 'RFC 4035 §5.2', asked: [below, belowDs], child: 'signed' },
  {
    id: 'child-unsigned-without-proof',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowDs],
    child: 'unsigned',
    denial: 'nsec',
    spoil: (m) => without(isRecord('NSEC', at(m, 'child')), sigOf('NSEC', 'child')(m)),
  },
  {
    id: 'child-unsigned-proof-unsigned',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowDs],
    child: 'unsigned',
    denial: 'nsec',
    spoil: (m) => without(sigOf('NSEC', 'child')(m)),
  },
  {
    id: 'child-ds-unsigned',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowDs],
    child: 'signed',
    spoil: (m) => without(sigOf('DS', 'child')(m)),
  },
  {
    id: 'child-ds-forged',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowDs],
    child: 'signed',
    spoil: (m) => withFlippedBit(sigOf('DS', 'child')(m), rrsig.signature, 5),
  },
  {
    id: 'child-ds-taken-away',
    clause: 'RFC 4035 §5.2',
    asked: [below, belowHost],
    child: 'signed',
    spoil: (m) => without(isRecord('DS', at(m, 'child')), sigOf('DS', 'child')(m)),
  },
  {
    id: 'child-opted-out',
    clause: 'RFC 5155 §8.9',
    asked: [below, belowDs, nope],
    child: 'unsigned',
    denial: 'opt-out',
  },
];

const denials: readonly Kind[] = [
  {
    id: 'nsec-gone',
    clause: 'RFC 4035 §5.4',
    asked: [nope, noType, ent],
    denial: 'nsec',
    spoil: () => without(isRecord('NSEC'), isSignature('NSEC')),
  },
  {
    id: 'nsec-unsigned',
    clause: 'RFC 4035 §5.4',
    asked: [nope, noType],
    denial: 'nsec',
    spoil: () => without(isSignature('NSEC')),
  },
  {
    id: 'nsec-next-altered',
    clause: 'RFC 4035 §5.4',
    asked: [nope, ent],
    denial: 'nsec',
    spoil: (m) => withField(isRecord('NSEC'), 4, () => at(m, 'zzz')),
  },
  {
    id: 'nsec-type-hidden',
    clause: 'RFC 4035 §5.4',
    asked: [['@', 'TXT'], noType],
    denial: 'nsec',
    spoil: (m) =>
      inTurn(
        rewritten(isRecord('NSEC', at(m)), (fields) => fields.filter((field) => field !== 'TXT')),
        without(isRecord('TXT', at(m)), sigOf('TXT')(m)),
      ),
  },
  {
    id: 'type-gone-without-proof',
    clause: 'RFC 4035 §5.4',
    asked: [['@', 'TXT']],
    denial: 'nsec',
    spoil: (m) => without(isRecord('TXT', at(m)), sigOf('TXT')(m)),
  },
  {
    id: 'name-gone-without-proof',
    clause: 'RFC 4035 §5.4',
    asked: [tlsa],
    denial: 'nsec',
    spoil: (m) =>
      without(isRecord('TLSA', at(m, '_25._tcp.mx1')), sigOf('TLSA', '_25._tcp.mx1')(m)),
  },
  {
    id: 'nsec-wildcard-denial-gone',
    clause: 'RFC 4035 §5.4',
    asked: [nope, ['aaa', 'A']],
    denial: 'nsec',
    spoil: (m) => without(isRecord('NSEC', at(m)), sigOf('NSEC')(m)),
  },
  {
    id: 'nsec-expansion-denial-gone',
    clause: 'RFC 4035 §5.3.4',
    asked: [wild, wildNoType],
    denial: 'nsec',
    spoil: (m) => without(isRecord('NSEC', `*.w.${at(m)}`), isSignature('NSEC', `*.w.${at(m)}`)),
  },
  {
    id: 'nsec3-gone',
    clause: 'RFC 5155 §8.4',
    asked: [nope, noType],
    denial: 'nsec3',
    spoil: () => without(isRecord('NSEC3'), isSignature('NSEC3')),
  },
  {
    id: 'nsec3-unsigned',
    clause: 'RFC 5155 §8.4',
    asked: [nope, noType, ent],
    denial: 'nsec3',
    spoil: () => without(isSignature('NSEC3')),
  },
  {
    id: 'nsec3-encloser-gone',
    clause: 'RFC 5155 §8.3',
    asked: [nope, noType],
    denial: 'nsec3',
    spoil: dropNsec3('', 'matches'),
  },
  {
    id: 'nsec3-next-closer-gone',
    clause: 'RFC 5155 §8.3',
    asked: [nope],
    denial: 'nsec3',
    spoil: dropNsec3('nope', 'covers'),
  },
  {
    id: 'nsec3-wildcard-gone',
    clause: 'RFC 5155 §8.4',
    asked: [nope],
    denial: 'nsec3',
    spoil: dropNsec3('*', 'covers'),
  },
  {
    id: 'nsec3-match-gone',
    clause: 'RFC 5155 §8.5',
    asked: [['mx1', 'TXT']],
    denial: 'nsec3',
    spoil: dropNsec3('mx1', 'matches'),
  },
  {
    id: 'nsec3-expansion-denial-gone',
    clause: 'RFC 5155 §8.8',
    asked: [wild],
    denial: 'nsec3',
    spoil: dropNsec3('x.w', 'covers'),
  },
  {
    id: 'nsec3-flag-set',
    clause: 'RFC 5155 §3.1.2',
    asked: [nope],
    denial: 'nsec3',
    spoil: () => withField(isRecord('NSEC3'), 5, () => '1'),
  },
  {
    id: 'nsec3-type-hidden',
    clause: 'RFC 5155 §8.5',
    asked: [['mx1', 'AAAA']],
    denial: 'nsec3',
    spoil: (m) =>
      inTurn(
        rewritten(isRecord('NSEC3'), (fields) => fields.filter((field) => field !== 'AAAA')),
        without(isRecord('AAAA', at(m, 'mx1')), sigOf('AAAA', 'mx1')(m)),
      ),
  },
  {
    id: 'nsec3-opt-out-name-error',
    clause: 'RFC 5155 §9.2',
    asked: [nope, noType, wild],
    denial: 'opt-out',
  },
];

const aliases: readonly Kind[] = [
  { id: 'alias', clause: 'RFC 4035 §3.2.3', asked: [alias, ['www', 'MX'], ['www', 'CNAME']] },
  {
    id: 'alias-unsigned',
    clause: 'RFC 4035 §5',
    asked: [alias],
    spoil: (m) => without(sigOf('CNAME', 'www')(m)),
  },
  {
    id: 'alias-redirected',
    clause: 'RFC 4035 §5.3.3',
    asked: [alias],
    spoil: (m) => withField(isRecord('CNAME', at(m, 'www')), 4, () => 'mx1.a13.test.'),
  },
  {
    id: 'alias-target-unsigned',
    clause: 'RFC 4035 §5',
    asked: [alias],
    spoil: (m) => without(sigOf('A', 'mx1')(m)),
  },
  {
    id: 'alias-outward',
    clause: 'RFC 7672 §2.1.3',
    asked: [
      ['in', 'A'],
      ['out', 'A'],
      ['gone', 'A'],
      ['bad', 'A'],
    ],
    records: () => [
      'in IN CNAME mx1.a13.test.',
      'out IN CNAME mx1.insecure.test.',
      'gone IN CNAME nope.a13.test.',
      'bad IN CNAME mx1.expired.test.',
    ],
  },
  {
    id: 'dname',
    clause: 'RFC 6672 §5.3.1',
    asked: [
      ['mx1.d', 'A'],
      ['nope.d', 'A'],
      ['d', 'DNAME'],
    ],
    records: () => ['d IN DNAME a13.test.'],
  },
  {
    id: 'dname-forged',
    clause: 'RFC 6672 §5.3.1',
    asked: [['mx1.d', 'A']],
    records: () => ['d IN DNAME a13.test.'],
    spoil: (m) => withFlippedBit(sigOf('DNAME', 'd')(m), rrsig.signature, 3),
  },
  {
    id: 'dname-redirected',
    clause: 'RFC 6672 §5.3.1',
    asked: [['mx1.d', 'A']],
    records: () => ['d IN DNAME a13.test.'],
    spoil: (m) => withField(isRecord('DNAME', at(m, 'd')), 4, () => 'a8.test.'),
  },
  {
    id: 'wildcard-forged',
    clause: 'RFC 4035 §5.3.4',
    asked: [wild],
    spoil: (m) => withFlippedBit(isSignature('A', `*.w.${at(m)}`), rrsig.signature, 13),
  },
];

export const kinds: readonly Kind[] = [
  ...signatures,
  ...data,
  ...keys,
  ...limits,
  ...delegations,
  ...denials,
  ...aliases,
];

const usual = (name: string): readonly string[] => [
  '@ IN MX 10 mx1',
  '@ IN MX 20 mx2',
  '@ IN TXT "v=spf1 mx -all"',
  'mx1 IN A 192.0.2.25',
  'mx1 IN AAAA 2001:db8::25',
  'mx2 IN A 192.0.2.26',
  `_25._tcp.mx1 IN TLSA 3 1 1 ${digestOf(name)}`,
  'a.ent IN A 192.0.2.27',
  '*.w IN A 192.0.2.28',
  'www IN CNAME mx1',
];

const signings: readonly Signing[] = [
  { algorithm: 'ECDSAP256SHA256' },
  { algorithm: 'RSASHA256', bits: 1024 },
  { algorithm: 'ED25519' },
  { algorithm: 'ECDSAP384SHA384' },
  { algorithm: 'RSASHA512', bits: 1024 },
];

/** Zones of one variant of a kind. */
export const zonesOf = (kind: Kind, making: Making): readonly ZoneSpec[] => {
  const { name, below: draw } = making;
  const salt = draw(2) === 0 ? '-' : draw(65536).toString(16).padStart(4, '0').toUpperCase();
  const denial = kind.denial ?? (draw(2) === 0 ? 'nsec' : 'nsec3');
  const isNsec3 = denial !== 'nsec';
  const signing: Signing = {
    ...signings[draw(signings.length)]!,
    keys: draw(3) === 0 ? 'two' : 'one',
    ...(isNsec3
      ? { denial: { salt, iterations: draw(3) === 0 ? draw(20) : 0, optOut: denial === 'opt-out' } }
      : {}),
    ...kind.signing,
  };
  const spoil = kind.spoil?.(making);
  const ds = kind.ds?.(making);
  const zone: ZoneSpec = {
    name,
    records: [...usual(name), ...(kind.records?.(name) ?? [])],
    signing: kind.isUnsigned === true ? false : signing,
    ...(spoil === undefined ? {} : { spoil }),
    ...(ds === undefined ? {} : { ds }),
  };
  if (kind.child === undefined) return [zone];
  const child = `child.${name}`;
  const childSigning: Signing | false =
    kind.child === 'signed' ? { algorithm: 'ECDSAP256SHA256' } : false;
  return [zone, { name: child, records: usual(child), signing: childSigning }];
};
