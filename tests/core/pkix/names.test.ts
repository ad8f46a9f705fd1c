/** Whose name a certificate bears: by the standard, and by the list of a widely used policy daemon. */
import { expect, test } from 'vitest';
import { looseEntryCovers } from '../../../src/core/mta-sts/loose-reading.ts';
import { nameFits } from '../../../src/core/pkix/names.ts';

test.each([
  ['mx.example.nl', 'mx.example.nl', true],
  ['MX.Example.NL', 'mx.example.nl', true],
  ['*.example.nl', 'mx.example.nl', true],
  ['*.example.nl', 'a.b.example.nl', false], // one label and no more (RFC 6125 §6.4.3)
  ['*.example.nl', 'example.nl', false],
  ['*.example.nl', 'nl', false],
  ['*x.example.nl', 'mx.example.nl', false], // part of a label is no wildcard here
  ['mx.example.nl', 'mx.example.org', false],
])('%s covers %s: %s', (presented, wanted, expected) => {
  expect(nameFits(presented, wanted)).toBe(expected);
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
