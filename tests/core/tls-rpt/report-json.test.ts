/** Moments as RFC 3339 §5.6 has them, with the two leniences that reports need. */
import { expect, test } from 'vitest';
import { isDateTime } from '../../../src/core/tls-rpt/report-json.ts';

test.each([
  '2026-11-25T00:00:00Z',
  '2026-11-25T23:59:59.123+01:00',
  '2026-11-25t00:00:00z', // §5.6: letters in either case
  '2026-11-25T00:00:00', // no offset: large reporters leave it out
  '1990-12-31T23:59:60Z', // §5.8: a leap second
  '2024-02-29T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '2026-04-30T00:00:00-23:59',
])('%s is one', (text) => {
  expect(isDateTime(text)).toBe(true);
});

test.each([
  '',
  '2026-11-25',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-11-00T00:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2026-11-25T24:00:00Z',
  '2026-11-25T00:60:00Z',
  '2026-11-25T00:00:61Z',
  '2026-11-25T00:00:00+24:00',
  '2026-11-25T00:00:00+01:60',
  '2026-11-25 00:00:00Z',
  '2026-11-25T00:00:00.Z',
])('“%s” is none', (text) => {
  expect(isDateTime(text)).toBe(false);
});

test.each([20261125, null, undefined, {}])('%j is none', (value) => {
  expect(isDateTime(value)).toBe(false);
});
