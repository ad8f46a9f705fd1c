/** Octets that can be a key or a certificate, and octets beside them that cannot: a record of matching type 0 hangs on it. */
import { describe, expect, test } from 'vitest';
import { looksLikeCertificate, looksLikeSpki } from '../../../src/core/pkix/der.ts';

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
/** `filled(127)`: so many octets of contents. */
const filled = (count: number) => 'aa'.repeat(count);

test.each([
  ['the smallest', '30 04 3000 0300'],
  ['contents in both parts', '30 08 3002 0500 0302 0001'],
  ['127 octets, the last that one octet of length tells', `30 7f 3000 037b ${filled(123)}`],
  ['128 octets, told by two', `30 8180 3000 037c ${filled(124)}`],
  ['256 octets, told by three', `30 820100 3000 0381fb ${filled(251)}`],
])('a key is %s', (_, hex) => {
  expect(looksLikeSpki(octets(hex))).toBe(true);
  expect(looksLikeCertificate(octets(hex))).toBe(false);
});

test.each([
  ['nothing', ''],
  ['a tag alone', '30'],
  ['less than the length says', '30 05 3000 0300'],
  ['more than the length says', '30 04 3000 0300 00'],
  ['another tag around it', '31 04 3000 0300'],
  ['another second part', '30 04 3000 0400'],
  ['another first part', '30 04 3100 0300'],
  ['one part', '30 02 3000'],
  ['three parts', '30 06 3000 0300 0300'],
  ['a part that ends behind the whole', '30 04 3000 0301'],
  ['a part that begins and has no length', '30 03 3000 03'],
  ['a length that is not definite', `30 80 3000 037c ${filled(124)}`],
  ['a length of which the octets are missing', '30 81'],
  ['a length in more octets than it needs', '30 8104 3000 0300'],
  ['a length with a zero before it', `30 820080 3000 037c ${filled(124)}`],
  ['a length of five octets', '30 850000000004 3000 0300'],
])('no key is %s', (_, hex) => {
  expect(looksLikeSpki(octets(hex))).toBe(false);
});

describe('a certificate', () => {
  const element = (tag: string, contents: string): string =>
    tag + (contents.length / 2).toString(16).padStart(2, '0') + contents;
  const five = '3000'.repeat(5);
  const around = (fields: string, rest = '3000 0300') =>
    octets(element('30', element('30', fields) + rest.replaceAll(' ', '')));

  test.each([
    ['a serial number and five sequences', `020101${five}`],
    ['a version before them', `a003020102020101${five}`],
    ['optional fields behind them', `020101${five}a300`],
  ])('may have %s', (_, fields) => {
    expect(looksLikeCertificate(around(fields))).toBe(true);
    expect(looksLikeSpki(around(fields))).toBe(false);
  });

  test.each([
    ['no field', ''],
    ['no serial number', `040101${five}`],
    ['four sequences', `020101${five.slice(4)}`],
    ['four sequences and something behind them', `020101${five.slice(4)}a300`],
    ['something else among the five', `020101${'3000'.repeat(3)}31003000`],
    ['only other things', `020101${'3100'.repeat(5)}`],
    ['a field that ends behind them', `020101${'3000'.repeat(4)}3001`],
    ['a field of which the length stands behind them', `020101${five}a3`],
  ])('cannot have %s', (_, fields) => {
    expect(looksLikeCertificate(around(fields))).toBe(false);
  });

  test.each([
    ['no signature', '3000'],
    ['a signature that is no bit string', '3000 0400'],
    ['no algorithm', '0300 0300'],
    ['something behind the signature', '3000 0300 3000'],
  ])('cannot have %s beside its fields', (_, rest) => {
    expect(looksLikeCertificate(around(`020101${five}`, rest))).toBe(false);
  });
});
