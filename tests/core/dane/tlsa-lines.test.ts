import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOfOwner, readTlsaLines, tlsaLinesMost } from '../../../src/core/dane/tlsa-lines.ts';
import { formatTlsa } from '../../../src/core/dane/tlsa.ts';

const digest = 'ab'.repeat(32);
const record = `3 1 1 ${digest}`;
const read = (text: string) =>
  readTlsaLines(text).map(({ result }) => (result.ok ? formatTlsa(result.value) : 'unread'));

describe('TLSA records as administrators paste them', () => {
  for (const [why, text, expected] of [
    ['the data alone', record, [record]],
    ['a zone line', `_25._tcp.mx.example.nl. 3600 IN TLSA ${record}`, [record]],
    ['TTL after the class', `_25._tcp.mx.example.nl. IN 3600 TLSA ${record}`, [record]],
    ['an owner left out', `   IN TLSA ${record}`, [record]],
    ['no class and no TTL', `_25._tcp.mx TLSA ${record}`, [record]],
    [
      'digest in upper case with a blank, as dig prints it',
      `3 1 1 ${'AB'.repeat(28)} ABABABAB`,
      [record],
    ],
    [
      'brackets over lines',
      `_25._tcp.mx TLSA 3 1 1 (\n  ${'ab'.repeat(16)} ; half\n  ${'ab'.repeat(16)} )`,
      [record],
    ],
    [
      'several, with comments and Windows line ends',
      `; mine\r\n${record}\r\n\r\n2 0 1 ${digest} ; root`,
      [record, `2 0 1 ${digest}`],
    ],
    ['the generic form', `_25._tcp.mx. 60 IN TYPE52 \\# 35 030101${digest}`, [record]],
    [
      'the answer of dig with signatures and an alias',
      [
        '; <<>> DiG 9.18 <<>> _25._tcp.mx.example.nl TLSA +dnssec',
        ';; ANSWER SECTION:',
        '_25._tcp.mx.example.nl. 300 IN CNAME dane.example.nl.',
        `dane.example.nl. 300 IN TLSA ${record}`,
        'dane.example.nl. 300 IN RRSIG TLSA 13 4 300 20261201000000 20261101000000 1 example.nl. abc=',
      ].join('\n'),
      [record],
    ],
    [
      'dig +short with signature and alias',
      `dane.example.nl.\n${record}\nTLSA 13 4 300 20261201000000 20261101000000 1 example.nl. abc=`,
      [record],
    ],
    ['a TTL in units, as BIND writes it', `a. 1h IN TLSA ${record}`, [record]],
    ['a TTL in several units, behind the class', `a. IN 1h30m TLSA ${record}`, [record]],
    ['a TTL in units, without a class', `a. 2d TLSA ${record}`, [record]],
    ['class and type by number', `a. 3600 CLASS1 TYPE52 \\# 35 030101${digest}`, [record]],
    ['the class by number before the TTL', `a. CLASS1 3600 TLSA ${record}`, [record]],
    ['the owner a mnemonic', `mx TLSA ${record}`, [record]],
    ['old Mac line ends', `${record}\r${record}`, [record, record]],
    [
      'lines of other types without a class, of types by number, and directives',
      [
        '$ORIGIN example.nl.',
        '$TTL 1h',
        'a. A 192.0.2.1',
        'a. 1h AAAA 2001:db8::1',
        '  MX 10 mx',
        '_25._tcp.a CNAME b.',
        'b 3600 SSHFP 4 2 ab',
        'c TYPE65280 \\# 1 ab',
        'd CLASS1 60 SRV 0 0 25 mx',
        'e IN 60 WKS x',
        record,
      ].join('\n'),
      [record],
    ],
    ['a type that is mistyped', `a. TSLA ${record}`, ['unread']],
    ['nothing', ' \n; only a remark', []],
    ['a wrong one among good ones', `${record}\nDANE-EE SPKI SHA256 ab`, [record, 'unread']],
  ] as const)
    it(`are read: ${why}`, () => {
      expect(read(text)).toEqual(expected);
    });

  it('keep owner and line number', () => {
    const [line] = readTlsaLines(`\n\n_25._tcp.MX.example.nl. 1h30m IN TLSA ${record}`);
    expect(line).toMatchObject({ line: 3, owner: '_25._tcp.MX.example.nl.' });
    expect(hostOfOwner(line?.owner ?? '')).toBe('mx.example.nl');
  });

  it('name no host where the owner is none of a service', () => {
    expect(hostOfOwner('example.nl.')).toBeUndefined();
    expect(hostOfOwner('_25._udp.example.nl.')).toBeUndefined();
  });

  it('have an end', () => {
    expect(readTlsaLines(`${record}\n`.repeat(1000))).toHaveLength(tlsaLinesMost);
  });

  it('never make the reader throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        expect(Array.isArray(readTlsaLines(text))).toBe(true);
      }),
      { seed: 52, numRuns: 500 },
    );
  });
});
