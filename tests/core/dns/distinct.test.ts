/** Which records are one record: whoever carries an answer may copy what stands in it. */
import { describe, expect, test } from 'vitest';
import { distinctRecords } from '../../../src/core/dns/distinct.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import { decodeRdata } from '../../../src/core/dns/rdata.ts';
import type { RrType, WireRecord } from '../../../src/core/dns/record.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
/** A name on the wire in the case that it is written in. */
const wire = (name: string): Uint8Array =>
  concatOctets([
    ...name.split('.').flatMap((label) => [Uint8Array.of(label.length), text(label)]),
    Uint8Array.of(0),
  ]);
const octets = (...parts: readonly (number | Uint8Array)[]): Uint8Array =>
  concatOctets(parts.map((part) => (typeof part === 'number' ? Uint8Array.of(part) : part)));
const zeros = (length: number): Uint8Array => new Uint8Array(length);
const string = (value: string): Uint8Array => octets(value.length, text(value));

const record = (type: RrType, rdata: Uint8Array, ttlSeconds = 3600, owner = 'a.nl'): WireRecord => {
  const fields = decodeRdata(type, rdata);
  if (fields === undefined) throw new Error(`no ${type}`);
  return { name: nameOf(owner), ttlSeconds, ...fields, rdata };
};

const rrsig = (signer: string, signature: number, covered = 1): Uint8Array =>
  octets(0, covered, 13, 2, zeros(12), 0, 1, wire(signer), signature);
const nsec = (next: string): Uint8Array => octets(wire(next), 0, 1, 0x40);
const nsec3 = (last: number): Uint8Array => octets(1, 0, 0, 0, 0, 20, zeros(19), last, 0, 1, 0x40);

/** Type, one record, another; and whether they are one (RFC 4034 §6.2 as amended by RFC 6840 §5.1). */
const table: readonly (readonly [RrType, string, Uint8Array, Uint8Array, boolean])[] = [
  ['TXT', 'the same strings', string('v=STSv1; id=1'), string('v=STSv1; id=1'), true],
  ['TXT', 'another case', string('v=STSv1; id=a'), string('v=STSv1; id=A'), false],
  ['TXT', 'the same text in two strings', string('ab'), octets(string('a'), string('b')), false],
  [
    'MX',
    'a name in another case',
    octets(0, 10, wire('mx.nl')),
    octets(0, 10, wire('MX.nl')),
    true,
  ],
  ['MX', 'another preference', octets(0, 10, wire('mx.nl')), octets(0, 20, wire('mx.nl')), false],
  ['CNAME', 'a name in another case', wire('b.nl'), wire('B.NL'), true],
  ['CNAME', 'another name', wire('b.nl'), wire('c.nl'), false],
  ['DNAME', 'a name in another case', wire('b.nl'), wire('b.Nl'), true],
  ['NS', 'a name in another case', wire('ns.nl'), wire('NS.nl'), true],
  [
    'TYPE33',
    'SRV: a name in another case',
    octets(zeros(6), wire('s.nl')),
    octets(zeros(6), wire('S.nl')),
    true,
  ],
  ['A', 'the same address', Uint8Array.of(192, 0, 2, 1), Uint8Array.of(192, 0, 2, 1), true],
  ['A', 'another address', Uint8Array.of(192, 0, 2, 1), Uint8Array.of(192, 0, 2, 2), false],
  ['TLSA', 'the same data', octets(3, 1, 1, zeros(32)), octets(3, 1, 1, zeros(32)), true],
  ['TLSA', 'another selector', octets(3, 1, 1, zeros(32)), octets(3, 0, 1, zeros(32)), false],
  ['DS', 'the same digest', octets(0, 1, 13, 2, zeros(32)), octets(0, 1, 13, 2, zeros(32)), true],
  ['DNSKEY', 'the same key', octets(1, 1, 3, 13, zeros(64)), octets(1, 1, 3, 13, zeros(64)), true],
  ['DNSKEY', 'another flag', octets(1, 1, 3, 13, zeros(64)), octets(1, 0, 3, 13, zeros(64)), false],
  ['NSEC', 'the same span', nsec('b.nl'), nsec('b.nl'), true],
  ['NSEC', 'the next name in another case, which is not folded', nsec('b.nl'), nsec('B.nl'), false],
  ['NSEC3', 'the same span', nsec3(1), nsec3(1), true],
  ['NSEC3', 'another hash', nsec3(1), nsec3(2), false],
  ['RRSIG', 'the signer in another case', rrsig('nl', 1), rrsig('NL', 1), true],
  ['RRSIG', 'another signature', rrsig('nl', 1), rrsig('nl', 2), false],
  ['RRSIG', 'over another type', rrsig('nl', 1, 1), rrsig('nl', 1, 15), false],
  [
    'CAA',
    'the same data',
    octets(0, string('issue'), text('ca')),
    octets(0, string('issue'), text('ca')),
    true,
  ],
  ['TYPE65280', 'the same octets of a type that nobody reads', text('x'), text('x'), true],
  ['TYPE65280', 'other octets', text('x'), text('X'), false],
];

describe('two records', () => {
  test.each(table)('of type %s, %s', (type, _, one, other, isOne) => {
    const [first, second] = [record(type, one), record(type, other)];
    const distinct = distinctRecords([first, second, first, second]);
    expect(distinct).toEqual(isOne ? [first] : [first, second]);
  });

  test('with owners in another case are one; with other owners, two', () => {
    const a = Uint8Array.of(192, 0, 2, 1);
    const at = (owner: string) => record('A', a, 3600, owner);
    expect(distinctRecords([at('a.nl'), at('A.NL')])).toHaveLength(1);
    expect(distinctRecords([at('a.nl'), at('b.nl')])).toHaveLength(2);
  });
});

test('a set lives as long as its shortest-lived record (RFC 2181 §5.2), and no other set does', () => {
  const [one, two] = [string('one'), string('two')];
  const ttls = (...records: readonly WireRecord[]) =>
    distinctRecords(records).map(({ type, ttlSeconds }) => [type, ttlSeconds]);
  expect(ttls(record('TXT', one, 600), record('TXT', one, 60))).toEqual([['TXT', 60]]);
  expect(
    ttls(
      record('TXT', one, 600),
      record('TXT', two, 60),
      record('RRSIG', rrsig('nl', 1, 16), 300),
      record('RRSIG', rrsig('nl', 1, 1), 200),
    ),
  ).toEqual([
    ['TXT', 60],
    ['TXT', 60],
    ['RRSIG', 300],
    ['RRSIG', 200],
  ]);
});

test('sixty thousand copies are one record', () => {
  const copies = Array.from({ length: 60_000 }, () => record('TXT', string('v=STSv1; id=1')));
  expect(distinctRecords(copies)).toHaveLength(1);
});
