import { expect } from 'vitest';
import type { Mark } from '../../../src/core/parsed.ts';

/** Every character of the text has exactly one owner, in order. */
export function expectOwned(text: string, marks: readonly Mark[]): void {
  let at = 0;
  for (const mark of marks) {
    expect(mark.at.start).toBe(at);
    expect(mark.at.end).toBeGreaterThan(mark.at.start);
    at = mark.at.end;
  }
  expect(at).toBe(text.length);
}
