import { expect, test } from 'vitest';
import { resolverAddress } from '../../../src/world/live/resolver-address.ts';

test.each([
  ['https://dns.example/dns-query', 'https://dns.example/dns-query', 'dns.example'],
  ['  https://dns.example/q?key=1 ', 'https://dns.example/q?key=1', 'dns.example'],
  ['https://192.0.2.1:8443/', 'https://192.0.2.1:8443/', '192.0.2.1:8443'],
  ['http://localhost:8053/dns-query', 'http://localhost:8053/dns-query', 'localhost:8053'],
  ['http://127.0.0.1/', 'http://127.0.0.1/', '127.0.0.1'],
  ['http://[::1]:53/', 'http://[::1]:53/', '[::1]:53'],
])('%s is an address that may be asked', (typed, address, name) => {
  expect(resolverAddress(typed)).toEqual({ ok: true, address, name });
});

test.each([
  '',
  'dns.example',
  'http://dns.example/dns-query', // Whoever is on the way would read the names.
  'http://127.0.0.1.example/', // No loopback, only a name that begins like one.
  'http://localhost.example/',
  'javascript:alert(1)',
  'https://',
  'http://me:secret@dns.example/',
])('“%s” is none', (typed) => {
  expect(resolverAddress(typed)).toEqual({ ok: false, fault: 'bad-address' });
});

test.each([
  'https://me:secret@dns.example/dns-query',
  'https://me@dns.example/',
  'https://:secret@dns.example/',
  'http://me:secret@127.0.0.1/',
  ' https://%6de:%40@dns.example/ ',
])('“%s” holds what no request may hold, and that is said', (typed) => {
  expect(resolverAddress(typed)).toEqual({ ok: false, fault: 'credentials' });
});

test('an @ elsewhere is no user name', () => {
  expect(resolverAddress('https://dns.example/@me?x=a:b@c')).toMatchObject({ ok: true });
});
