/** Where there is no mail there is no share of it: zero, and not "not a number". */
import { expect, test } from 'vitest';
import { burdenOf } from '../../../src/core/cost/burden.ts';
import { Gaps, seededChance, simulateCache } from '../../../src/core/cost/simulate.ts';
import { senders } from '../../../src/core/cost/senders.table.ts';

test('a sender whose recipients publish nothing', () => {
  const burden = burdenOf({ ...senders.municipality, publishingShare: 0 });
  expect(burden.emptyCacheShare).toBe(0);
  expect(burden.fetchesPerMessage).toBe(0);
});
test('a stream of no days', () => {
  const stream = { messagesPerDay: 1, lifetimeDays: 1, days: 0 };
  expect(simulateCache(stream, new Gaps(seededChance(1)))).toEqual({
    ...{ messages: 0, metEmpty: 0, fetches: 0, share: 0, standardError: 0 },
  });
});
