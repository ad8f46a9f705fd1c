/** Whose name a certificate bears: by the standard, and by the list of a widely used policy daemon. */
import { expect, test } from 'vitest';
import {
  type Certificate,
  anyNameFits,
  countingNames,
  nameFits,
  nameInCertificate,
} from '../../../src/core/pkix/certificate.ts';
import { looseEntryCovers } from '../../../src/core/mta-sts/loose-reading.ts';

test.each([
  ['mx.example.nl', 'mx.example.nl', true],
  ['MX.Example.NL', 'mx.example.nl', true],
  ['*.example.nl', 'mx.example.nl', true],
  ['*.example.nl', 'a.b.example.nl', false], // one label and no more (RFC 6125 §6.4.3)
  ['*.example.nl', 'example.nl', false],
  ['*.example.nl', 'nl', false],
  ['*x.example.nl', 'mx.example.nl', false], // part of a label is no wildcard here
  ['mx.example.nl', 'mx.example.org', false],
  ['mx.example.nl.', 'mx.example.nl', true], // one dot at the end is no part of the name
  ['*.example.nl', 'mx.example.nl.', true],
  ['mx.example.nl', '.mx.example.nl', false],
  ['*.nl', 'nl', false], // nothing for the wildcard to stand for
  ['*.nl', '.nl', false],
  ['', '', false],
  ['*..', 'nl..', false],
  ['m*.example.nl', 'm*.example.nl', false], // a name that is itself no name
  ['*.*.nl', 'mx.*.nl', false],
])('%s covers %s: %s', (presented, wanted, expected) => {
  expect(nameFits(presented, wanted)).toBe(expected);
});

const certificate = (names: Pick<Certificate, 'dnsNames' | 'commonName'>): Certificate => ({
  ...{ der: new Uint8Array(), spki: new Uint8Array(), subject: '01', issuer: '02', isCa: false },
  ...{ mayServeTls: true, notBeforeSeconds: 0, notAfterSeconds: 1, ...names },
});

test.each<[string, Pick<Certificate, 'dnsNames' | 'commonName'>, readonly string[]]>([
  ['DNS names alone', { dnsNames: ['a.nl', 'b.nl'] }, ['a.nl', 'b.nl']],
  ['a common name alone', { dnsNames: [], commonName: 'a.nl' }, ['a.nl']],
  ['a common name beside a DNS name', { dnsNames: ['a.nl'], commonName: 'b.nl' }, ['a.nl']],
  ['no name', { dnsNames: [] }, []],
])('of %s counts what the standard says', (_, names, expected) => {
  expect(countingNames(certificate(names))).toEqual(expected);
});

test('one of several names is enough, and the first that is wanted is told', () => {
  expect(anyNameFits(['other.nl', '*.example.nl'], 'mx.example.nl')).toBe(true);
  expect(anyNameFits([], 'mx.example.nl')).toBe(false);
  const both = certificate({ dnsNames: ['example.nl', 'mx.example.nl'] });
  expect(nameInCertificate(both, ['none.nl', 'mx.example.nl', 'example.nl'])).toBe('mx.example.nl');
  expect(nameInCertificate(both, ['none.nl'])).toBeUndefined();
});

test.each([
  ['mx.example.nl', 'MX.example.nl', true],
  ['.example.nl', 'mx.example.nl', true],
  ['.example.nl', 'a.b.example.nl', true], // any depth: looser than RFC 8461 §4.1
  ['.example.nl', '.example.nl', true],
  ['.example.nl', 'example.nl', false],
  ['.example.nl', '*.example.nl', true],
  ['mx.example.nl', '*.example.nl', true],
  ['mx.example.nl', '*.example.org', false],
  ['localhost', '*.example.nl', false],
  ['mx.example.nl', 'other.example.nl', false],
])('an entry %s covers a certificate for %s: %s', (entry, name, expected) => {
  expect(looseEntryCovers(entry, name)).toBe(expected);
});
