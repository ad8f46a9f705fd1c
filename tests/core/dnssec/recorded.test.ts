/** Lookups recorded from really signed zones, with what unbound made of them. */
import { describe, expect, test } from 'vitest';
import { validateCase, type RecordedCase } from '../../../commands/validate/recorded-case.ts';
import recorded from './recorded.json' with { type: 'json' };

describe('a recorded lookup', () => {
  test.each(recorded as RecordedCase[])('$name → $expected', async (each) => {
    const { result } = await validateCase(each);
    expect(result.security).toBe(each.expected);
  });
});
