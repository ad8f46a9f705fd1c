import { readFileSync, globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  standings,
  totalsOf,
  readRow,
  readRows,
  rowOf,
  type ListRow,
} from '../../src/core/check/list-row.ts';
import { parseRecording } from '../../src/core/check/recording.ts';
import {
  barsOf,
  chosenRows,
  csvOf,
  fieldText,
  jsonOf,
  pagesOf,
  timeLeft,
  type Shown,
} from '../../src/view/lists/view.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { reportOfRecording } from '../../src/world/recorded.ts';

const row = (domain: string, standing: ListRow['standing']): ListRow => ({
  domain,
  standing,
  ...{ checkedAtSeconds: 1_800_000_000, mx: 'failed', mxHosts: 0, dnssec: 'indeterminate' },
  ...{ dane: 'not-looked-up', sts: 'not-looked-up', tlsRpt: 'not-looked-up', notPublic: 0 },
});
const rows = [row('c.nl', 'neither'), row('a.nl', 'dane'), row('b.nl', 'neither')];
const shown: Shown = { name: '', standing: '', column: 'standing', isDescending: false, page: 0 };
const domains = (change: Partial<Shown>) =>
  chosenRows(rows, { ...shown, ...change }).map(({ domain }) => domain);

describe('the table', () => {
  test('puts the best first, equal ones by name', () => {
    expect(domains({})).toEqual(['a.nl', 'b.nl', 'c.nl']);
    expect(domains({ isDescending: true })).toEqual(['b.nl', 'c.nl', 'a.nl']);
    expect(domains({ column: 'domain', isDescending: true })).toEqual(['c.nl', 'b.nl', 'a.nl']);
  });

  test('shows the names and the standing that were asked for', () => {
    expect(domains({ name: ' B. ' })).toEqual(['b.nl']);
    expect(domains({ standing: 'dane' })).toEqual(['a.nl']);
    expect(domains({ name: 'x' })).toEqual([]);
  });

  test('leaves the rows it was given as they were', () => {
    domains({});
    expect(rows[0]?.domain).toBe('c.nl');
  });

  test('has a page even when it is empty', () => {
    expect([pagesOf(0), pagesOf(50), pagesOf(51)]).toEqual([1, 1, 2]);
  });
});

test('the bar is as wide as the list, whatever stands in it', () => {
  const bars = barsOf(totalsOf(rows));
  expect(bars.map(({ standing, count }) => [standing, count])).toEqual([
    ['dane', 1],
    ['neither', 2],
  ]);
  expect(bars.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
  expect(barsOf(totalsOf([]))).toEqual([]);
});

test('what is saved is what was measured', () => {
  expect(readRows(jsonOf(rows, 'https://dns.example/')).rows).toEqual(rows);
  const lines = csvOf(rows).trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line.split(',')).toHaveLength(10);
});

test('the time left is told in round numbers', () => {
  expect(timeLeft(undefined).key).toBe('list.left.unknown');
  expect(timeLeft(12).args).toEqual({ count: 15 });
  expect(timeLeft(100)).toEqual({ key: 'list.left.minutes', args: { count: 2 } });
});

test('there is a word for everything the list can say', () => {
  const words = readWords().nl;
  const asked = globSync('src/{widgets,view}/lists/*.{svelte,ts}').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/['"](list\.[a-zA-Z.-]+)['"]/g)].map(([, key]) => key),
  );
  expect(asked.length).toBeGreaterThan(40);
  for (const key of [...asked, ...standings.map((each) => `list.standing.${each}`)])
    expect(words, key).toHaveProperty([key ?? '']);
});

describe('domains of the test bed', () => {
  const reports = globSync('tests/world/recordings/*.json').map((file) =>
    reportOfRecording(parseRecording(readFileSync(file, 'utf8'))!),
  );
  test('give rows that can be read again, with a word for each cell in both languages', () => {
    expect(reports.length).toBeGreaterThan(5);
    for (const given of reports.map(rowOf)) {
      expect(readRow(JSON.parse(JSON.stringify(given)))).toEqual(given);
      for (const words of Object.values(readWords()))
        for (const key of [
          `list.dnssec.${given.dnssec}`,
          `list.dane.${given.dane}`,
          `list.record.${given.sts}`,
          `list.record.${given.tlsRpt}`,
        ])
          expect(words, key).toHaveProperty([key]);
    }
  });

  test('of which only the first hosts were looked at are not called unprotected', () => {
    const protectedOne = reports.find(({ domain }) => domain === 'gemeente-zilverdam.test')!;
    const first = rowOf({ ...protectedOne, hostsLeftOut: [protectedOne.domain] });
    expect([first.standing, first.dane]).toEqual(['dane-some', 'first-hosts']);
    expect(readRow(first)).toEqual(first);
    for (const words of Object.values(readWords()))
      expect(words).toHaveProperty(['list.dane.first-hosts']);
  });
});

describe('the field', () => {
  test('shows a list of some hundreds whole, and how a longer one begins', () => {
    const list = (count: number) =>
      Array.from({ length: count }, (_, index) => `n${index}.list.example`).join('\n');
    expect(fieldText(list(300))).toEqual({ text: list(300), lines: undefined });
    const long = fieldText(list(10_000));
    expect(long.lines).toBe(10_000);
    expect(long.text.split('\n')).toHaveLength(21);
    expect(long.text.endsWith('\n…')).toBe(true);
  });

  test('shows the beginning of one endless line too', () => {
    const { text, lines } = fieldText('a.nl,'.repeat(20_000));
    expect(lines).toBe(1);
    expect(text.length).toBeLessThan(10_000);
  });
});
