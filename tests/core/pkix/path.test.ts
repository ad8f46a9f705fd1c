/** What issuers may stand above: who could have issued, how deep, for which names, and since when (RFC 5280 §4.2.1). */
import { describe, expect, test } from 'vitest';
import type { Certificate, NameConstraints } from '../../../src/core/pkix/certificate.ts';
import {
  constraintFault,
  dateFault,
  extensionFault,
  isNamedIssuer,
  isSelfIssued,
  isWithinValidity,
  pathsFrom,
  trustIn,
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
  [
    'a leaf whose key may do nothing in TLS',
    [certificate({ hasNoKeyUsageForTls: true })],
    'purpose',
  ],
  [
    'an issuer whose key may do nothing in TLS',
    [leaf, issuer({ hasNoKeyUsageForTls: true })],
    undefined,
  ],
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
    certificate({
      der: Uint8Array.of(index),
      subject: String(index),
      issuer: String(index + 1),
    }),
  );

const firstPath = (
  from: Certificate,
  bag: readonly Certificate[],
  isEnd: (path: readonly Certificate[]) => boolean,
) => [...pathsFrom(from, bag, isNamedIssuer)].find(isEnd);

test.each([
  [16, true],
  [17, false],
])('a chain of %i certificates is followed to its end: %s', (count, expected) => {
  const [first = leaf, ...pool] = upTo(count);
  const end = pool.at(-1);
  const path = firstPath(first, pool.toReversed(), (each) => each.at(-1) === end);
  expect(path?.length).toBe(expected ? count : undefined);
});

/** A certificate that is another one than all before it. */
let serial = 0;
const numbered = (change: Partial<Certificate>): Certificate => {
  serial += 1;
  return issuer({ der: Uint8Array.of(serial >> 8, serial & 255), ...change });
};

test('of many namesakes each is tried, a double once', () => {
  const namesakes = Array.from({ length: 40 }, () => numbered({ subject: '02' }));
  const paths = [...pathsFrom(leaf, [...namesakes, ...namesakes], isNamedIssuer)];
  expect(paths).toHaveLength(41);
  expect(paths.map(([, second]) => second)).toEqual([undefined, ...namesakes]);
});

test('a circle of issuers has an end, and the shortest path is taken', () => {
  const one = numbered({ subject: '02', issuer: '03' });
  const other = numbered({ subject: '03', issuer: '02' });
  expect(firstPath(leaf, [one, other], () => false)).toBeUndefined();
  expect(firstPath(leaf, [one, other], ({ length }) => length > 1)).toEqual([leaf, one]);
});

test('forty issuers that all certified each other do not keep anybody busy', () => {
  const tangle = Array.from({ length: 40 }, () => numbered({ subject: '02', issuer: '02' }));
  let asked = 0;
  const paths = [
    ...pathsFrom(leaf, tangle, (certificate, above) => {
      asked += 1;
      return isNamedIssuer(certificate, above);
    }),
  ];
  expect(asked).toBeLessThanOrEqual(41 * 41);
  expect(paths.length).toBeLessThanOrEqual(1001);
});

/** Who signed whom, by the key that a certificate says it was issued with (here: its issuer's name). */
const facts = (signatures: readonly (readonly [Certificate, Certificate])[]) => ({
  isSignedBy: (certificate: Certificate, spki: Uint8Array) =>
    signatures.some(([signed, by]) => signed === certificate && by.spki === spki),
});
const key = () => Uint8Array.of((serial += 1));

describe('trust in roots', () => {
  const good = { notBeforeSeconds: 0, notAfterSeconds: 1000 };
  const root = numbered({ subject: '07', issuer: '07', spki: key(), ...good });
  const other = numbered({ subject: '08', issuer: '08', spki: key(), ...good });
  const middle = numbered({ subject: '09', issuer: '07', spki: key(), ...good });
  // The same issuer, certified by another root too.
  const crossed = numbered({ subject: '09', issuer: '08', spki: middle.spki, ...good });
  const stale = { ...crossed, der: Uint8Array.of(9, 9, 9), notAfterSeconds: 10 };
  const served = numbered({ subject: '0a', issuer: '09', isCa: false, ...good });
  const stranger = numbered({ subject: '0b', issuer: '0c', isCa: false, ...good });
  const own = numbered({ subject: '0d', issuer: '0d', spki: key(), isCa: false, ...good });
  const signed = facts([
    [root, root],
    [other, other],
    [middle, root],
    [crossed, other],
    [stale, other],
    [served, middle],
    [own, own],
  ]);
  const trust = (sent: readonly Certificate[], ...roots: readonly Certificate[]) =>
    trustIn(served, sent, roots, signed, 150);

  test.each([
    ['in order', [middle, root]],
    ['in another order', [root, middle]],
    ['without the root', [middle]],
    ['with a stranger between', [stranger, middle]],
    ['doubled', [served, middle, middle, served]],
    ['with an issuer that another root certified too, first', [crossed, middle]],
    ['with an issuer whose other certificate has expired, first', [stale, middle]],
  ])('a chain %s is trusted', (_, sent) => {
    expect(trust(sent, root)).toMatchObject({ trusted: true });
  });

  test.each([
    ['its issuer was not sent', [], [root], 'issuer-missing', served],
    ['only a stranger was sent', [stranger], [root], 'issuer-missing', served],
    ['the issuer of its issuer is not known', [middle], [other], 'issuer-missing', middle],
    ['its root is another one', [root, middle], [other], 'unknown-root', root],
    ['the one way to a root has expired', [stale], [other], 'expired', other],
  ] as const)('a chain is not trusted where %s', (_, sent, roots, fault, at) => {
    expect(trust(sent, ...roots)).toEqual({ trusted: false, fault, at });
  });

  test('a certificate that vouches for itself is told as such', () => {
    expect(trustIn(own, [middle], [root], signed, 150)).toEqual({
      trusted: false,
      fault: 'self-signed',
      at: own,
    });
    expect(trustIn(own, [], [own], signed, 150)).toMatchObject({ trusted: true });
  });
});
