/** URIs by RFC 3986 Appendix A, with the examples of its §1.1.2 and the addresses of §3.2.2. */
import { expect, test } from 'vitest';
import { parseUri } from '../../../src/core/grammar/uri.ts';

test.each([
  // §1.1.2
  [
    'ftp://ftp.is.co.za/rfc/rfc1808.txt',
    { scheme: 'ftp', host: 'ftp.is.co.za', path: '/rfc/rfc1808.txt' },
  ],
  [
    'ldap://[2001:db8::7]/c=GB?objectClass?one',
    { scheme: 'ldap', host: '[2001:db8::7]', path: '/c=GB' },
  ],
  ['mailto:John.Doe@example.com', { scheme: 'mailto', path: 'John.Doe@example.com' }],
  ['tel:+1-816-555-1212', { scheme: 'tel', path: '+1-816-555-1212' }],
  ['telnet://192.0.2.16:80/', { scheme: 'telnet', host: '192.0.2.16', path: '/' }],
  [
    'urn:oasis:names:specification:docbook:dtd:xml:4.1.2',
    { scheme: 'urn', path: 'oasis:names:specification:docbook:dtd:xml:4.1.2' },
  ],
  // Scheme in lower case (§3.1), userinfo left out, path absolute, empty or absent.
  ['HTTPS://user:pw@example.nl:443?q#f', { scheme: 'https', host: 'example.nl', path: '' }],
  ['file:/etc/hosts', { scheme: 'file', path: '/etc/hosts' }],
  ['x:', { scheme: 'x', path: '' }],
  ['x:///', { scheme: 'x', host: '', path: '/' }],
  ['https://ex%41mple.nl/a%20b', { scheme: 'https', host: 'ex%41mple.nl', path: '/a%20b' }],
] as const)('%s', (text, expected) => {
  expect(parseUri(text)).toEqual(expected);
});

// §3.2.2: IPv6address, in each of its forms, and addresses of a later version.
test.each([
  '::',
  '::1',
  '1::',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '::ffff:192.0.2.1',
  '1:2:3:4:5:6:192.0.2.1',
  '2001:DB8::0:1',
  'v1.a:b',
  'vF.~',
])('[%s] is an address', (literal) => {
  expect(parseUri(`https://[${literal}]/`)?.host).toBe(`[${literal}]`);
});

test.each([
  '',
  ':',
  ':::',
  '1',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1:2:3:4:5:6:7:8::',
  '1::2::3',
  '12345::',
  'g::',
  '::192.0.2',
  '::192.0.2.256',
  '::1.2.3.4.',
  '192.0.2.1::',
  '1:2:3:4:5:6:7:192.0.2.1',
  'v1.',
  'v.a',
  'vg.a',
])('[%s] is none', (literal) => {
  expect(parseUri(`https://[${literal}]/`)).toBeUndefined();
});

test.each([
  ['no scheme', 'example.nl'],
  ['a scheme that begins with a digit', '1x:a'],
  ['a space', 'https://example.nl/a b'],
  ['half an escape', 'https://example.nl/%4'],
  ['a second fragment', 'x:a#b#c'],
  ['a bracket in the path', 'x:a[b]'],
  ['a path that begins with two slashes after none', 'x:/a//b\\c'],
  ['a port that is no number', 'https://example.nl:http/'],
  ['a bracket that stays open', 'https://[::1/'],
  ['two at signs', 'https://a@b@c/'],
  ['a caret in a path behind a host', 'https://example.nl/^'],
])('%s makes it no URI', (_, text) => {
  expect(parseUri(text)).toBeUndefined();
});
