import { describe, expect, it } from 'vitest';
import { readRange, type Correction } from '../../src/view/query.ts';

describe('a stretch of six, as an address names it', () => {
  it.each([
    ['3', 3, 3, undefined],
    ['2-4', 2, 4, undefined],
    [' 2 – 4 ', 2, 4, undefined],
    ['4-2', 2, 4, '2-4'],
    ['5-9', 5, 6, '5-6'],
    ['0', 1, 1, '1'],
    ['9', 6, 6, '6'],
    ['', 1, 6, '1-6'],
    ['-2', 1, 6, '1-6'],
    ['3-', 1, 6, '1-6'],
    ['all', 1, 6, '1-6'],
  ])('“%s” is %i to %i', (text, first, last, told) => {
    const corrections: Correction[] = [];
    expect(readRange(text, 'steps', 6, corrections)).toEqual({ first, last });
    expect(corrections.map(({ args }) => args['used'])).toEqual(told === undefined ? [] : [told]);
  });
  it('is not asked for', () => {
    expect(readRange(null, 'steps', 6, [])).toBeUndefined();
  });
});
