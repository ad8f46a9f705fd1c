import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTyped, writeTyped } from '../../../src/view/messages/typed-number.ts';

describe('a number in a field', () => {
  it.each([
    ['nl', '1.000', 1000],
    ['en', '1,000', 1000],
    ['nl', '1.234.567,5', 1_234_567.5],
    ['en', '1,234,567.5', 1_234_567.5],
    ['nl', '0,125', 0.125],
    ['nl', '0.125', 0.125],
    ['en', '0,125', 0.125],
    ['nl', '11,5', 11.5],
    ['nl', '11.5', 11.5],
    ['en', '11,5', 11.5],
    ['nl', '50 000', 50_000],
    ['en', '', Number.NaN],
    ['nl', 'veel', Number.NaN],
    ['nl', '1.00.0', Number.NaN],
  ] as const)('in %s “%s” is %d', (lang, typed, value) => {
    expect(readTyped(typed, lang)).toBe(value);
  });
  it.each(['nl', 'en'] as const)('is in %s read back as it was written', (lang) => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 3 }),
        (n, digits) => {
          const value = n / 10 ** digits;
          expect(readTyped(writeTyped(value, lang), lang)).toBe(value);
        },
      ),
      { seed: 11 },
    );
  });
});
