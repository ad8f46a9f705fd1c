/** What issuers may stand above, by the names they are limited to (RFC 5280 §4.2.1.10), and since when. */
import { expect, test } from 'vitest';
import type { Certificate, NameConstraints } from '../../../src/core/pkix/certificate.ts';
import { constraintFault, dateFault } from '../../../src/core/pkix/path.ts';

const certificate = (change: Partial<Certificate>): Certificate => ({
  ...{ der: new Uint8Array(), spki: new Uint8Array(), subject: '01', issuer: '02' },
  ...{ dnsNames: [], isCa: false, mayServeTls: true, notBeforeSeconds: 100, notAfterSeconds: 200 },
  ...change,
});
const faultOf = (
  names: Partial<Certificate>,
  ...limits: readonly (NameConstraints | undefined)[]
) =>
  constraintFault([
    certificate(names),
    ...limits.map((nameConstraints) =>
      certificate({ isCa: true, ...(nameConstraints && { nameConstraints }) }),
    ),
  ]);
const mx = { dnsNames: ['MX.Example.nl'] };

test.each<[string, Partial<Certificate>, NameConstraints | undefined]>([
  ['nothing', mx, undefined],
  ['the name itself', mx, { permitted: ['mx.example.nl'], excluded: [] }],
  ['a name above it, in other case', mx, { permitted: ['EXAMPLE.nl'], excluded: [] }],
  ['all below a name', mx, { permitted: ['.example.nl'], excluded: [] }],
  ['everything', mx, { permitted: [''], excluded: [] }],
  ['one of two', mx, { permitted: ['example.org', 'example.nl'], excluded: [] }],
  ['anything but another', mx, { permitted: [], excluded: ['example.org'] }],
  [
    'a common name that counts',
    { commonName: 'mx.example.nl' },
    { permitted: ['example.nl'], excluded: [] },
  ],
])('an issuer limited to %s may vouch', (_, names, limit) => {
  expect(faultOf(names, limit)).toBeUndefined();
});

test.each<[string, Partial<Certificate>, NameConstraints]>([
  ['another name', mx, { permitted: ['example.org'], excluded: [] }],
  ['a name that only ends alike', mx, { permitted: ['ample.nl'], excluded: [] }],
  [
    'what is below only, where it is the name itself',
    { dnsNames: ['example.nl'] },
    { permitted: ['.example.nl'], excluded: [] },
  ],
  ['anything but this', mx, { permitted: [], excluded: ['example.nl'] }],
  ['this, and not this', mx, { permitted: ['example.nl'], excluded: ['mx.example.nl'] }],
  [
    'one of two names',
    { dnsNames: ['mx.example.nl', 'mx.example.org'] },
    { permitted: ['example.nl'], excluded: [] },
  ],
  ['nothing at all', mx, { permitted: [], excluded: [''] }],
])('an issuer limited to %s may not', (_, names, limit) => {
  expect(faultOf(names, limit)).toBe('name-constraint');
  // However far above it stands.
  expect(faultOf(names, undefined, limit)).toBe('name-constraint');
});

test('no path vouches for nothing, and has no fault', () => {
  expect(constraintFault([])).toBeUndefined();
});

test.each([
  [99, 'not-yet-valid'],
  [100, undefined],
  [200, undefined],
  [201, 'expired'],
])('at %i s a certificate of 100 to 200 s is %s', (now, fault) => {
  expect(dateFault([certificate({})], now)).toBe(fault);
});
