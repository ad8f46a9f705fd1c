/** Records from octets to fields and to text: each type as its standard draws it, and each way to be cut short. */
import { describe, expect, test } from 'vitest';
import { formatData } from '../../../src/core/dns/format.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { formatBase32Hex } from '../../../src/core/dns/octets.ts';
import { canonicalRdata, decodeRdata, formatIpv6 } from '../../../src/core/dns/rdata.ts';
import type { ResourceRecord, RrType } from '../../../src/core/dns/record.ts';

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const text = (value: string) => Buffer.from(value, 'latin1').toString('hex');
const name = (value: string) =>
  value === '.'
    ? '00'
    : `${value
        .split('.')
        .map((label) => label.length.toString(16).padStart(2, '0') + text(label))
        .join('')}00`;
const written = (type: RrType, hex: string) => {
  const rdata = octets(hex);
  const fields = decodeRdata(type, rdata);
  return fields && formatData({ name: nameOf('example.nl'), ttlSeconds: 60, ...fields, rdata });
};

describe('as a zone file has them', () => {
  test.each<[RrType, string, string]>([
    ['A', 'c0000201', '192.0.2.1'],
    ['AAAA', '20010db8 00000000 00000000 00000001', '2001:db8::1'],
    ['MX', `000a ${name('mx.example.nl')}`, '10 mx.example.nl.'],
    ['MX', '0000 00', '0 .'],
    ['NS', name('ns.example.nl'), 'ns.example.nl.'],
    ['CNAME', name('www.example.nl'), 'www.example.nl.'],
    ['DNAME', name('example.org'), 'example.org.'],
    ['TXT', `03 ${text('a"b')} 02 ${text('\\\n')}`, '"a\\"b" "\\\\\\010"'],
    ['TLSA', '030101 abcd', '3 1 1 abcd'],
    ['DS', '1234 0d 02 beef', '4660 13 2 beef'],
    // What the core does not show in words: RFC 3597 §5.
    ['TYPE65280', 'abcdef', '\\# 3 abcdef'],
    ['TYPE65280', '', '\\# 0'],
    [
      'CAA',
      `00 05 ${text('issue')} ${text('ca.nl')}`,
      `\\# 12 0005${text('issue')}${text('ca.nl')}`,
    ],
  ])('%s %s', (type, hex, expected) => {
    expect(written(type, hex)).toBe(expected);
  });
  test('a record of which the octets were not kept is shown as empty', () => {
    const bare = {
      name: nameOf('example.nl'),
      ttlSeconds: 60,
      type: 'CAA',
      flags: 0,
      tag: 'issue',
      value: octets(''),
    };
    expect(formatData(bare as ResourceRecord)).toBe('\\# 0');
  });
});

describe('fields', () => {
  test('of CAA (RFC 8659 §4.1.1)', () => {
    const tag = text('issue');
    expect(decodeRdata('CAA', octets(`80 05 ${tag} 41`))).toMatchObject({
      flags: 128,
      tag: 'issue',
    });
  });
  test('of NSEC3PARAM (RFC 5155 §4.2)', () => {
    expect(decodeRdata('NSEC3PARAM', octets('01 00 0005 02 aabb'))).toEqual({
      ...{ type: 'NSEC3PARAM', hash: 1, iterations: 5, salt: octets('aabb') },
    });
  });
  test('of NSEC: types in windows (RFC 4034 §4.1.2)', () => {
    // The figure of RFC 4034 §4.3, with A, MX, RRSIG, NSEC, and TYPE1234 in window 4.
    const map = `0006 400100000003 041b ${'00'.repeat(26)} 20`;
    expect(decodeRdata('NSEC', octets(`${name('host.example.com')} ${map}`))).toMatchObject({
      types: ['A', 'MX', 'RRSIG', 'NSEC', 'TYPE1234'],
    });
  });
});

describe('cut short, or with something behind it, it is no record', () => {
  const nsec = name('a.nl');
  test.each<[RrType, string]>([
    ['A', 'c00002'],
    ['A', 'c000020101'],
    ['AAAA', '20010db8'],
    ['MX', '00'],
    ['MX', `000a ${name('a.nl')} 00`],
    ['NS', '02 61'],
    ['CNAME', `${name('a.nl')} 00`],
    ['TXT', ''],
    ['TXT', '03 6162'],
    ['TLSA', '0301'],
    ['SOA', `${name('a.nl')} ${name('b.nl')} 00000001`],
    ['SOA', name('a.nl')],
    ['CAA', '00'],
    ['CAA', '00 05 6162'],
    ['DS', '1234 0d'],
    ['DNSKEY', '0100 03'],
    ['RRSIG', '0001'],
    ['RRSIG', `${'00'.repeat(18)} 02 61`],
    ['NSEC', `${nsec} 00`], // a window without its length
    ['NSEC', `${nsec} 0000`], // a map of no octets
    ['NSEC', `${nsec} 0021${'00'.repeat(33)}`], // longer than 32
    ['NSEC', `${nsec} 0002 40`], // longer than what is there
    ['NSEC', `${nsec} 0101 40 0001 40`], // windows out of order
    ['NSEC3', '01 00 0000'],
    ['NSEC3', '01 00 0000 02 aa'],
    ['NSEC3', '01 00 0000 00 14 aabb'],
    ['NSEC3PARAM', '01 00 0005 02 aa'],
    ['NSEC3PARAM', '01 00 00'],
  ])('%s %s', (type, hex) => {
    expect(decodeRdata(type, octets(hex))).toBeUndefined();
  });
});

describe('what a signature covers', () => {
  test.each<[string, RrType, string, string]>([
    [
      'names of listed types in lower case',
      'MX',
      `000a ${name('MX.Example.NL')}`,
      `000a ${name('mx.example.nl')}`,
    ],
    [
      'the strings of NAPTR as they are',
      'TYPE35',
      `0001 0002 01 53 00 01 54 ${name('A.NL')}`,
      `0001 0002 01 53 00 01 54 ${name('a.nl')}`,
    ],
    ['the rest behind a name as it is', 'TYPE30', `${name('A.NL')} 4142`, `${name('a.nl')} 4142`],
    ['a type without names as it is', 'TXT', `02 ${text('AB')}`, `02 ${text('AB')}`],
    ['what does not fit its type as it is', 'TYPE35', '0001 0002 09 53', '0001 0002 09 53'],
    ['a name that does not end as it is', 'CNAME', '05 41', '05 41'],
    [
      'a name with something behind it as it is',
      'CNAME',
      `${name('A.NL')} 00`,
      `${name('A.NL')} 00`,
    ],
  ])('%s', (_, type, given, expected) => {
    expect(canonicalRdata(type, octets(given))).toEqual(octets(expected));
  });
});

test.each([
  ['20010db8000100010001000100010001', '2001:db8:1:1:1:1:1:1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'], // one group is not shortened (RFC 5952 §4.2.2)
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'], // the first of equals (§4.2.3)
  ['00000000000000000000000000000000', '::'],
])('%s is %s', (hex, expected) => {
  expect(formatIpv6(octets(hex))).toBe(expected);
});

// RFC 4648 §10, without the padding.
test.each([
  ['', ''],
  ['f', 'co'],
  ['fo', 'cpng'],
  ['foo', 'cpnmu'],
  ['foob', 'cpnmuog'],
  ['fooba', 'cpnmuoj1'],
  ['foobar', 'cpnmuoj1e8'],
])('base32hex of “%s”', (plain, expected) => {
  expect(formatBase32Hex(octets(text(plain)))).toBe(expected);
});
