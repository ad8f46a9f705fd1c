/** Whether a new certificate may be shown (RFC 7671 §8.1), and a plan for moving mail. */
import { describe, expect, test } from 'vitest';
import { parseTlsa, type Tlsa } from '../../../src/core/dane/tlsa.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { mayDeploy, seenNow } from '../../../src/core/publish/deploy.ts';
import { planMove } from '../../../src/core/publish/move-plan.ts';
import { readBackLine, readBackPolicy } from '../../../src/core/publish/read-back.ts';

const tlsa = (text: string): Tlsa => {
  const read = parseTlsa(text);
  if (!read.ok) throw new Error(text);
  return read.value;
};
const record = (fields: string, of: string) => `${fields} ${of.repeat(32)}`;
const [old, next, other] = ['aa', 'bb', 'cc'].map((of) => record('3 1 1', of)) as [
  string,
  string,
  string,
];
const now = 1_000_000;

describe('a new certificate', () => {
  test.each<[string, readonly string[], Record<string, number>, number, object]>([
    ['whose record is not there waits', [old], {}, 3600, { kind: 'absent' }],
    [
      'whose record was just seen waits two TTLs',
      [old, next],
      { [next]: now },
      3600,
      { kind: 'too-young', waitSeconds: 7200 },
    ],
    [
      'waits what is left of them',
      [old, next],
      { [next]: now - 7199 },
      3600,
      { kind: 'too-young', waitSeconds: 1 },
    ],
    [
      'is shown after two TTLs, not one second before',
      [old, next],
      { [next]: now - 7200 },
      3600,
      { kind: 'ready' },
    ],
    ['with a TTL of nothing waits for nothing', [old, next], { [next]: now }, 0, { kind: 'ready' }],
    ['of a host without records is shown', [], {}, 3600, { kind: 'no-records' }],
    ['of a host with unusable records is shown', ['3 1 9 00'], {}, 3600, { kind: 'no-records' }],
    [
      'whose digest is weaker than another of its kind does not count',
      [record('3 1 1', 'bb'), `3 1 2 ${'dd'.repeat(64)}`],
      { [next]: 1 },
      60,
      { kind: 'absent' },
    ],
    [
      'whose record nobody saw before counts from now',
      [old, next],
      {},
      60,
      { kind: 'too-young', waitSeconds: 120 },
    ],
  ])('%s', (_, published, firstSeen, ttlSeconds, expected) => {
    expect(
      mayDeploy({
        ...{ published: published.map(tlsa), next: [tlsa(next)], current: [tlsa(old)] },
        ...{ firstSeen, ttlSeconds, nowSeconds: now },
      }),
    ).toEqual(expected);
  });

  test('with the key of the one in use changes nothing, however young the record', () => {
    const asked = {
      published: [tlsa(old)],
      next: [tlsa(old)],
      firstSeen: {},
      ttlSeconds: 3600,
      nowSeconds: now,
    };
    expect(mayDeploy({ ...asked, current: [tlsa(old)] })).toEqual({ kind: 'same-record' });
    // Of a certificate in use that fits nothing, nobody got mail to begin with.
    expect(mayDeploy({ ...asked, current: [tlsa(other)] }).kind).toBe('too-young');
  });

  test('a record that went and came back counts anew', () => {
    const first = seenNow([tlsa(old), tlsa(next)], {}, 100);
    const gone = seenNow([tlsa(old)], first, 200);
    expect(seenNow([tlsa(old), tlsa(next)], gone, 300)).toEqual({ [old]: 100, [next]: 300 });
  });
});

describe('moving mail', () => {
  const move = {
    domain: nameOf('example.nl'),
    from: [nameOf('mx1.example.nl')],
    to: [nameOf('mx.provider.nl')],
    ...{ ttlSeconds: 3600, maxAgeSeconds: 604_800, nowSeconds: now, wishedSeconds: now },
  };
  const { steps, postponedSeconds } = planMove(move);
  const at = (id: string) => steps.find((step) => step.id === id)?.notBeforeSeconds;

  test('lists both in the policy two TTLs before the MX records change', () => {
    expect(at('move-announce-both')).toBe(now);
    expect(at('move-change-mx')).toBe(now + 7200);
    expect(postponedSeconds).toBe(7200);
    expect(planMove({ ...move, wishedSeconds: now + 10_000 }).postponedSeconds).toBe(0);
  });

  test('takes the old servers away when nobody knows their MX records, and no sooner', () => {
    expect(at('move-stop-old')).toBe(now + 7200 + 3600);
    expect(at('move-serve-new')).toBe(at('move-stop-old'));
    const both = steps.find(({ id }) => id === 'move-serve-both')?.file;
    expect(both).toContain('mx: mx1.example.nl\r\nmx: mx.provider.nl\r\n');
    expect(steps.find(({ id }) => id === 'move-serve-new')?.file).not.toContain('mx1.');
  });

  test('knows until when a remembered policy lists the old names', () => {
    expect(at('move-forgotten')).toBe(now + 7200 + 3600 + 3600 + 604_800);
  });

  test('is in the order of its dates, and advises only what our parsers take', () => {
    const dates = steps.map(({ notBeforeSeconds }) => notBeforeSeconds);
    expect(dates).toEqual(dates.toSorted((one, another) => one - another));
    for (const { zoneLines = [], file } of steps) {
      for (const line of zoneLines) expect(readBackLine(line).ok).toBe(true);
      if (file !== undefined) expect(readBackPolicy(file)).toEqual([]);
    }
  });

  test('without a policy leaves its steps out; within one domain nobody else has its host', () => {
    const plain = planMove({ ...move, maxAgeSeconds: 0 }).steps.map(({ id }) => id);
    expect(plain).toEqual(['move-prepare', 'move-publish-tlsa', 'move-change-mx', 'move-stop-old']);
    const own = planMove({ ...move, to: [nameOf('mx2.example.nl')] }).steps.map(({ id }) => id);
    expect(own).not.toContain('move-policy-host');
    expect(steps.map(({ id }) => id)).toContain('move-policy-host');
  });
});
