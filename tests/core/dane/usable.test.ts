/** Why a record cannot be used, and which of the usable ones count beside each other. */
import { describe, expect, it } from 'vitest';
import { countingTlsa, judgeTlsa, type UnusableReason } from '../../../src/core/dane/usable.ts';
import type { Tlsa } from '../../../src/core/dane/tlsa.ts';

const octets = (...values: readonly number[]) => Uint8Array.from(values);
const key = octets(0x30, 4, 0x30, 0, 0x03, 0);
const certificate = octets(
  ...[0x30, 19, 0x30, 13, 0x02, 1, 1],
  ...[0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0, 0x30, 0],
  ...[0x30, 0, 0x03, 0],
);
const record = (text: string, association: Uint8Array): Tlsa => {
  const [usage = 0, selector = 0, matchingType = 0] = text.split(' ').map(Number);
  return { usage, selector, matchingType, association };
};

describe('a TLSA record', () => {
  const table: readonly (readonly [string, Uint8Array, UnusableReason | 'usable'])[] = [
    ['3 1 1', new Uint8Array(32), 'usable'],
    ['2 0 2', new Uint8Array(64), 'usable'],
    ['3 1 0', key, 'usable'],
    ['3 0 0', certificate, 'usable'],
    ['1 1 1', new Uint8Array(32), 'pkix-usage'],
    ['4 1 1', new Uint8Array(32), 'unknown-usage'],
    ['254 1 1', new Uint8Array(32), 'unknown-usage'],
    ['255 1 1', new Uint8Array(32), 'private-usage'],
    ['3 2 1', new Uint8Array(32), 'unknown-selector'],
    ['3 254 1', new Uint8Array(32), 'unknown-selector'],
    ['3 255 1', new Uint8Array(32), 'private-selector'],
    ['3 1 3', new Uint8Array(32), 'unknown-matching-type'],
    ['3 1 254', new Uint8Array(32), 'unknown-matching-type'],
    ['3 1 255', new Uint8Array(32), 'private-matching-type'],
    ['3 1 1', new Uint8Array(31), 'digest-length'],
    ['3 1 1', new Uint8Array(64), 'digest-length'],
    ['3 1 2', new Uint8Array(32), 'digest-length'],
    ['3 1 1', key, 'digest-length'],
    ['3 0 0', key, 'key-for-certificate'],
    ['3 0 0', new Uint8Array(32), 'not-a-certificate'],
    ['3 1 0', certificate, 'certificate-for-key'],
    ['3 1 0', new Uint8Array(32), 'not-a-key'],
  ];
  for (const [text, association, expected] of table)
    it(`${text} over ${association.length} octets is ${expected}`, () => {
      const judgement = judgeTlsa(record(text, association));
      expect(judgement.usable ? 'usable' : judgement.reason).toBe(expected);
    });
});

describe('of usable records', () => {
  const table: readonly (readonly [string, string])[] = [
    ['3 1 1, 3 1 2', '3 1 2'],
    ['3 1 2, 3 1 1', '3 1 2'],
    ['3 1 0, 3 1 1', '3 1 0, 3 1 1'],
    ['3 1 0, 3 1 1, 3 1 2', '3 1 0, 3 1 2'],
    ['3 1 1, 3 1 1', '3 1 1, 3 1 1'],
    ['3 0 1, 3 1 2', '3 0 1, 3 1 2'],
    ['2 1 1, 3 1 2', '2 1 1, 3 1 2'],
    ['', ''],
  ];
  for (const [usable, expected] of table)
    it(`${usable === '' ? 'none' : usable} there count: ${expected === '' ? 'none' : expected}`, () => {
      const records = usable === '' ? [] : usable.split(', ').map((text) => record(text, key));
      const counting = countingTlsa(records);
      expect(
        counting.map((each) => `${each.usage} ${each.selector} ${each.matchingType}`).join(', '),
      ).toBe(expected);
    });
});
