/** What the list shows: bars, a page of rows, the files to save. Pure. */
import {
  standings,
  type ListRow,
  type ListTotals,
  type Standing,
} from '../../core/check/list-row.ts';
import type { Line } from '../messages/line.ts';

export interface Bar {
  readonly standing: Standing;
  readonly count: number;
  /** Of a hundred. */
  readonly start: number;
  readonly width: number;
}

/** One bar of all names, cut by standing, best first; standings that nobody has are left out. */
export function barsOf({ names, standings: counts }: ListTotals): readonly Bar[] {
  let start = 0;
  return standings.flatMap((standing) => {
    const count = counts[standing];
    if (count === 0) return [];
    const width = (100 * count) / names;
    const bar = { standing, count, start, width };
    start += width;
    return [bar];
  });
}

export const columns = ['domain', 'standing', 'dnssec', 'dane', 'sts', 'tlsRpt'] as const;
export type Column = (typeof columns)[number];

export interface Shown {
  /** Part of a name. */
  readonly name: string;
  readonly standing: Standing | '';
  readonly column: Column;
  readonly isDescending: boolean;
  /** From 0. */
  readonly page: number;
}

export const firstShown: Shown = {
  name: '',
  standing: '',
  column: 'standing',
  isDescending: false,
  page: 0,
};

export const rowsPerPage = 50;

/** Words sort by how good they are where there is an order, else by letter; names settle what is equal. */
const keyOf = (row: ListRow, column: Column): string | number =>
  column === 'standing' ? standings.indexOf(row.standing) : row[column];

export function chosenRows(rows: readonly ListRow[], shown: Shown): readonly ListRow[] {
  const part = shown.name.trim().toLowerCase();
  const chosen = rows.filter(
    ({ domain, standing }) =>
      (part === '' || domain.includes(part)) &&
      (shown.standing === '' || standing === shown.standing),
  );
  const sign = shown.isDescending ? -1 : 1;
  return chosen.sort((one, other) => {
    const [left, right] = [keyOf(one, shown.column), keyOf(other, shown.column)];
    if (left !== right) return left < right ? -sign : sign;
    return one.domain < other.domain ? -1 : 1;
  });
}

export const pageOf = (rows: readonly ListRow[], page: number): readonly ListRow[] =>
  rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage);

export const pagesOf = (count: number): number => Math.max(1, Math.ceil(count / rowsPerPage));

/** Rows in the order in which they stand here, without what depends on who looks. */
export const csvOf = (rows: readonly ListRow[]): string =>
  [
    'domain,checked_at,standing,mx,mx_hosts,dnssec,dane,mta_sts,tls_rpt,not_public',
    ...rows.map((row) =>
      [
        row.domain,
        new Date(row.checkedAtSeconds * 1000).toISOString(),
        ...[
          row.standing,
          row.mx,
          row.mxHosts,
          row.dnssec,
          row.dane,
          row.sts,
          row.tlsRpt,
          row.notPublic,
        ],
      ].join(','),
    ),
    '',
  ].join('\r\n');

export const jsonOf = (rows: readonly ListRow[], address: string): string =>
  JSON.stringify({ format: 1, resolver: address, rows });

/** `sts-dane-2026-11-26.csv`; `now` in milliseconds since 1970. */
export const savedName = (ending: string, now: number): string =>
  `sts-dane-${new Date(now).toISOString().slice(0, 10)}.${ending}`;

/** How long it still takes, in the largest unit that says something. */
export function timeLeft(seconds: number | undefined): Line {
  if (seconds === undefined) return { key: 'list.left.unknown' };
  if (seconds < 90)
    return { key: 'list.left.seconds', args: { count: Math.ceil(seconds / 5) * 5 } };
  return { key: 'list.left.minutes', args: { count: Math.ceil(seconds / 60) } };
}

/** A field of thousands of lines holds up the page at every change: of a longer list it shows the beginning. */
const fieldCharactersMost = 8_000;
const linesOfLong = 20;

export interface FieldText {
  readonly text: string;
  /** Lines of the whole list, where the field shows its beginning only. */
  readonly lines: number | undefined;
}

/** What the field shows of a list; the list itself is kept whole. */
export function fieldText(list: string): FieldText {
  if (list.length <= fieldCharactersMost) return { text: list, lines: undefined };
  let [lines, end] = [1, list.length];
  for (let at = list.indexOf('\n'); at >= 0; at = list.indexOf('\n', at + 1)) {
    if (lines === linesOfLong) end = at;
    lines += 1;
  }
  return { text: `${list.slice(0, Math.min(end, fieldCharactersMost))}\n…`, lines };
}
