/** What issuers may stand above: who could have issued, how deep, for which names, and since when (RFC 5280 §4.2.1). */
import { expect, test } from 'vitest';
import type { Certificate, NameConstraints } from '../../../src/core/pkix/certificate.ts';
import {
  constraintFault,
  dateFault,
  extensionFault,
  findPath,
  isNamedIssuer,
  isSelfIssued,
  isWithinValidity,
} from '../../../src/core/pkix/path.ts';

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
  expect(isWithinValidity(certificate({}), now)).toBe(fault === undefined);
});

test('the dates of each certificate count', () => {
  expect(dateFault([certificate({}), certificate({ notAfterSeconds: 120 })], 150)).toBe('expired');
});

test.each<[string, Partial<Certificate>, Partial<Certificate>, boolean]>([
  ['the name alone, where there are no key identifiers', {}, {}, true],
  ['another name', {}, { subject: '03' }, false],
  ['name and key identifier', { authorityKeyId: 'a' }, { subjectKeyId: 'a' }, true],
  ['the name, with another key identifier', { authorityKeyId: 'a' }, { subjectKeyId: 'b' }, false],
  [
    'another name with the key identifier',
    { issuer: '04', authorityKeyId: 'a' },
    { subjectKeyId: 'a' },
    false,
  ],
  ['the name, where only the issuer has an identifier', {}, { subjectKeyId: 'b' }, true],
  ['the name, where only the issued has one', { authorityKeyId: 'a' }, {}, true],
])('could have issued, by %s: %s', (_, issued, issuer, expected) => {
  expect(isNamedIssuer(certificate(issued), certificate({ subject: '02', ...issuer }))).toBe(
    expected,
  );
});

test('a certificate is its own issuer by name alone', () => {
  expect(isSelfIssued(certificate({ issuer: '01' }))).toBe(true);
  expect(isSelfIssued(certificate({}))).toBe(false);
});

const leaf = certificate({});
const issuer = (change: Partial<Certificate> = {}): Certificate =>
  certificate({ isCa: true, subject: '05', issuer: '06', ...change });
const selfIssued = issuer({ subject: '06' });

test.each<[string, readonly Certificate[], ReturnType<typeof extensionFault>]>([
  ['a leaf alone', [leaf], undefined],
  ['a leaf that may issue too', [issuer()], undefined],
  ['an issuer above it', [leaf, issuer()], undefined],
  ['one that may not issue', [leaf, issuer({ isCa: false })], 'not-a-ca'],
  ['one that may not issue, higher up', [leaf, issuer(), issuer({ isCa: false })], 'not-a-ca'],
  ['a leaf for another purpose', [certificate({ mayServeTls: false })], 'purpose'],
  ['an issuer for another purpose', [leaf, issuer({ mayServeTls: false })], 'purpose'],
  [
    'a leaf with what nobody knows and must',
    [certificate({ hasUnknownCritical: true })],
    'critical-extension',
  ],
  ['an issuer with that', [leaf, issuer({ hasUnknownCritical: true })], 'critical-extension'],
  ['a leaf without it, said so', [certificate({ hasUnknownCritical: false })], undefined],
  ['an issuer of leaves only, right above one', [leaf, issuer({ pathLength: 0 })], undefined],
  [
    'an issuer of leaves only, above an issuer',
    [leaf, issuer(), issuer({ pathLength: 0 })],
    'path-length',
  ],
  ['as many between as allowed', [leaf, issuer(), issuer({ pathLength: 1 })], undefined],
  ['one more', [leaf, issuer(), issuer(), issuer({ pathLength: 1 })], 'path-length'],
  ['any number, where none is said', [leaf, issuer(), issuer(), issuer()], undefined],
  [
    'a self-issued one between, which does not count',
    [leaf, selfIssued, issuer({ pathLength: 0 })],
    undefined,
  ],
])('the statements of a path: %s', (_, path, fault) => {
  expect(extensionFault(path)).toBe(fault);
});

const upTo = (count: number): readonly Certificate[] =>
  Array.from({ length: count }, (_, index) =>
    certificate({ subject: String(index), issuer: String(index + 1) }),
  );

test.each([
  [16, true],
  [17, false],
])('a chain of %i certificates is followed to its end: %s', (count, expected) => {
  const [first = leaf, ...pool] = upTo(count);
  const end = pool.at(-1);
  const path = findPath(first, pool.toReversed(), isNamedIssuer, (each) => each.at(-1) === end);
  expect(path?.length).toBe(expected ? count : undefined);
});

test.each([
  [15, true],
  [16, false],
])('of many namesakes, number %i counted from 0 is tried: %s', (number, expected) => {
  const namesakes = Array.from({ length: 40 }, () => issuer({ subject: '02' }));
  const path = findPath(leaf, namesakes, isNamedIssuer, (each) => each[1] === namesakes[number]);
  expect(path !== undefined).toBe(expected);
});

test('a circle of issuers has an end, and the shortest path is taken', () => {
  const one = issuer({ subject: '02', issuer: '03' });
  const other = issuer({ subject: '03', issuer: '02' });
  expect(findPath(leaf, [one, other], isNamedIssuer, () => false)).toBeUndefined();
  expect(findPath(leaf, [one, other], isNamedIssuer, ({ length }) => length > 1)).toEqual([
    leaf,
    one,
  ]);
});
