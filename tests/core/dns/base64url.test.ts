/** RFC 4648 §10, without padding (§3.2), and the two characters that a link can hold (§5). */
import { expect, test } from 'vitest';
import { formatBase64Url, parseBase64Url } from '../../../src/core/dns/octets.ts';

const octetsOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ['', ''],
  ['f', 'Zg'],
  ['fo', 'Zm8'],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg'],
  ['fooba', 'Zm9vYmE'],
  ['foobar', 'Zm9vYmFy'],
])('%j is %j, and back', (text, encoded) => {
  expect(formatBase64Url(octetsOf(text))).toBe(encoded);
  expect(parseBase64Url(encoded)).toEqual(octetsOf(text));
});

test('"+" and "/" are "-" and "_", so that nothing of it means anything else in an address', () => {
  const octets = Uint8Array.of(0xfb, 0xff, 0xfe);
  expect(formatBase64Url(octets)).toBe('-__-');
  expect(parseBase64Url('-__-')).toEqual(octets);
});

test.each(['Zg==', 'Zm 8', '+/', 'Zé'])('%j is none', (text) => {
  expect(parseBase64Url(text)).toBeUndefined();
});
