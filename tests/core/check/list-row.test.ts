import { expect, test } from 'vitest';
import {
  compareRows,
  readRow,
  readRows,
  totalsOf,
  type ListRow,
} from '../../../src/core/check/list-row.ts';

const row = (domain: string, given: Partial<ListRow> = {}): ListRow => ({
  domain,
  checkedAtSeconds: 1_800_000_000,
  standing: 'neither',
  mx: 'hosts',
  mxHosts: 1,
  dnssec: 'insecure',
  dane: 'mx-insecure',
  sts: 'absent',
  tlsRpt: 'absent',
  notPublic: 0,
  ...given,
});

const unknown: Partial<ListRow> = {
  ...{ standing: 'unknown', mx: 'failed', mxHosts: 0, dnssec: 'indeterminate' },
  ...{ dane: 'not-looked-up', sts: 'not-looked-up', tlsRpt: 'not-looked-up' },
};

test('totals count every name once, under one standing', () => {
  const rows = [
    row('a.nl', { standing: 'dane', dnssec: 'secure' }),
    row('b.nl', { standing: 'sts-only', sts: 'found', tlsRpt: 'found' }),
    row('c.nl', unknown),
  ];
  const totals = totalsOf(rows);
  expect(totals).toMatchObject({ names: 3, signed: 1, sts: 1, tlsRpt: 1 });
  expect(totals.standings).toMatchObject({ dane: 1, 'sts-only': 1, unknown: 1, neither: 0 });
  expect(Object.values(totals.standings).reduce((sum, count) => sum + count)).toBe(3);
});

test('an earlier run is read from the file of the page and from JSON Lines alike', () => {
  const rows = [row('a.nl'), row('b.nl')];
  const lines = rows.map((each, line) => JSON.stringify({ line, ...each })).join('\n');
  expect(readRows(JSON.stringify({ format: 1, rows }))).toEqual({ rows, others: 0 });
  expect(readRows(JSON.stringify(rows))).toEqual({ rows, others: 0 });
  expect(readRows(`${lines}\n{"line":3,"typed":"x","fault":"one-label"}\n`)).toEqual({
    rows,
    others: 1,
  });
  expect(readRows(JSON.stringify(rows[0]))).toEqual({ rows: [rows[0]], others: 0 });
});

test('what is no row is not taken for one, and brings nothing in', () => {
  expect(readRow({ ...row('a.nl'), standing: '<script>' })).toBeUndefined();
  expect(readRow({ ...row('a.nl'), checkedAtSeconds: '1' })).toBeUndefined();
  expect(readRow(null)).toBeUndefined();
  expect(readRow({ ...row('a.nl'), extra: 1 })).toEqual(row('a.nl'));
  expect(readRows('no JSON').rows).toEqual([]);
});

test('a comparison tells better, worse and neither, and who came and went', () => {
  const before = [
    row('better.nl'),
    row('worse.nl', { standing: 'dane' }),
    row('same.nl'),
    row('gone.nl'),
    row('failed.nl', { standing: 'dane' }),
  ];
  const after = [
    row('better.nl', { standing: 'dane', dane: 'all-hosts' }),
    row('worse.nl', { standing: 'sts-only' }),
    row('same.nl', { checkedAtSeconds: 1_900_000_000 }),
    row('new.nl'),
    row('failed.nl', unknown),
  ];
  const { changes, same, added, gone } = compareRows(before, after);
  expect(changes.map(({ domain, direction }) => [domain, direction])).toEqual([
    ['better.nl', 'better'],
    ['worse.nl', 'worse'],
    ['failed.nl', 'other'],
  ]);
  expect([same, added, gone]).toEqual([1, ['new.nl'], ['gone.nl']]);
});
