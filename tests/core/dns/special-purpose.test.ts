/** The blocks of IANA's special-purpose registries, at their first and last addresses and just beyond. */
import { expect, test } from 'vitest';
import { specialPurpose } from '../../../src/core/dns/special-purpose.ts';

test.each([
  ['this-host', '0.0.0.0', '0.255.255.255'],
  ['private', '10.0.0.0', '10.255.255.255'],
  ['shared', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link-local', '169.254.0.0', '169.254.255.255'],
  ['private', '172.16.0.0', '172.31.255.255'],
  ['reserved', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['private', '192.168.0.0', '192.168.255.255'],
  ['benchmarking', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast', '224.0.0.0', '239.255.255.255'],
  ['reserved', '240.0.0.0', '255.255.255.255'],
  ['this-host', '::', '::'],
  ['loopback', '::1', '::1'],
  ['mapped', '::ffff:0:0', '::ffff:ffff:ffff'],
  ['private', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['reserved', '100::', '100::ffff:ffff:ffff:ffff'],
  ['benchmarking', '2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff'],
  ['reserved', '2001:1::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['documentation', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['private', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['link-local', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['multicast', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
])('%s from %s to %s', (purpose, first, last) => {
  expect([specialPurpose(first), specialPurpose(last)]).toEqual([purpose, purpose]);
});

test.each([
  ...['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'],
  ...['128.0.0.0', '169.253.255.255', '172.15.255.255', '172.32.0.0', '191.255.255.255'],
  ...['192.0.0.9', '192.0.0.10', '192.0.1.0', '192.0.3.0', '192.167.255.255', '198.20.0.0'],
  ...['203.0.114.0', '223.255.255.255', '::2', '::fffe:ffff:ffff', '64:ff9b::c000:201'],
  ...[
    '2001:1::1',
    '2001::1',
    '2001:4:112::1',
    '2001:200::1',
    '2001:db7::1',
    '2001:db9::1',
    '2a00::1',
    '3fff:1000::',
    'fbff::1',
    'fec0::1',
  ],
  ...['', 'x', '1.2.3', '::ffff:10.0.0.1x'],
])('none of %j', (address) => expect(specialPurpose(address)).toBeUndefined());
