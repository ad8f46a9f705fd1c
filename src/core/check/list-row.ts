/**
 * One domain of a list in a few words, what a list adds up to, and what changed since an earlier run.
 * Browser and command line write and read the same rows, so that their totals can be held together.
 */
import {
  recordTone,
  wholeBySts,
  daneTone,
  standings,
  type DaneStanding,
  type Standing,
  type StsStanding,
  type TlsRptStanding,
} from './verdict.table.ts';
import { isMoment, isJsonObject, parseJson } from '../grammar/json.ts';
import { nameKey } from '../grammar/idn.ts';
import type { Report } from './report.ts';
import { verdictOf } from './verdict.ts';

export { standings, type Standing };

export interface ListRow {
  readonly domain: string;
  /** Seconds since 1970. */
  readonly checkedAtSeconds: number;
  readonly standing: Standing;
  readonly mx: Report['mx']['kind'];
  readonly mxHosts: number;
  /** How sure the answer about MX is. */
  readonly dnssec: 'secure' | 'insecure' | 'bogus' | 'indeterminate';
  readonly dane: DaneStanding;
  readonly sts: StsStanding;
  readonly tlsRpt: TlsRptStanding;
  /** How many of the mail hosts and the host of the policy have an address that is not of the internet. */
  readonly notPublic: number;
}

/** The verdict in the words of a row. */
export function rowOf(report: Report): ListRow {
  const { standing, dane, sts, tlsRpt, notes } = verdictOf(report);
  return {
    domain: report.domain,
    checkedAtSeconds: report.checkedAtSeconds,
    standing,
    mx: report.mx.kind,
    mxHosts: report.mx.kind === 'hosts' && !report.mx.implicit ? report.mx.hosts.length : 0,
    dnssec: report.mxLookup.security,
    dane: dane.standing,
    sts: sts.standing,
    tlsRpt: tlsRpt.standing,
    notPublic: new Set(notes.flatMap((each) => (each.note === 'not-public' ? each.hosts : [])))
      .size,
  };
}

/** Something of it could not be looked up: worth asking again. */
export const isIncomplete = ({ mx, dane, sts, tlsRpt }: ListRow): boolean =>
  mx === 'failed' ||
  [dane, sts, tlsRpt].some((each) => each === 'not-looked-up' || each === 'bogus');

export interface ListTotals {
  readonly names: number;
  readonly standings: Readonly<Record<Standing, number>>;
  readonly signed: number;
  readonly sts: number;
  readonly tlsRpt: number;
}

/** Counts rows by standing, and how many have a signed MX answer, an MTA-STS record and a TLS-RPT record. */
export function totalsOf(rows: Iterable<ListRow>): ListTotals {
  const counts = Object.fromEntries(standings.map((standing) => [standing, 0])) as Record<
    Standing,
    number
  >;
  let [names, signed, sts, tlsRpt] = [0, 0, 0, 0];
  for (const row of rows) {
    names += 1;
    counts[row.standing] += 1;
    if (row.dnssec === 'secure') signed += 1;
    if (row.sts === 'found') sts += 1;
    if (row.tlsRpt === 'found') tlsRpt += 1;
  }
  return { names, standings: counts, signed, sts, tlsRpt };
}

/** Only these words may stand in a row; a file that is dropped may hold anything. */
const words: Readonly<Record<string, readonly string[]>> = {
  standing: standings,
  mx: ['hosts', 'failed', 'no-domain', 'null-mx'],
  dnssec: ['secure', 'insecure', 'bogus', 'indeterminate'],
  dane: Object.keys(daneTone),
  sts: Object.keys(wholeBySts),
  tlsRpt: Object.keys(recordTone).filter((word) => word !== 'no-policy-host'),
};

/** A row out of JSON, with nothing else that stood there; undefined where it is none. */
export function readRow(json: unknown): ListRow | undefined {
  if (!isJsonObject(json)) return undefined;
  // Rows of before 28 November 2026 do not say it.
  const { domain, checkedAtSeconds, mxHosts, notPublic = 0 } = json;
  if (typeof domain !== 'string' || domain.length > 254) return undefined;
  if (!isMoment(checkedAtSeconds) || ![mxHosts, notPublic].every(Number.isSafeInteger))
    return undefined;
  const entries = Object.entries(words).map(([key, allowed]) => [key, json[key], allowed] as const);
  if (entries.some(([, value, allowed]) => !allowed.includes(value as string))) return undefined;
  return {
    domain,
    checkedAtSeconds,
    mxHosts,
    notPublic,
    ...Object.fromEntries(entries.map(([key, value]) => [key, value])),
  } as ListRow;
}

/**
 * The rows of an earlier run: a JSON file of the list page (an object with `rows`, or the rows), or
 * JSON Lines of the command line. Lines and items that are no rows are counted, not kept.
 */
export function readRows(text: string): {
  readonly rows: readonly ListRow[];
  readonly others: number;
} {
  const whole = parseJson(text.replace(/^\ufeff/, ''));
  const items = Array.isArray(whole)
    ? (whole as readonly unknown[])
    : isJsonObject(whole) && Array.isArray(whole['rows'])
      ? (whole['rows'] as readonly unknown[])
      : text
          .split('\n')
          .filter((line) => line.trim() !== '')
          // A line that is no object is none of ours, and to fail at each would take its time.
          .map((line) => (line.trimStart().startsWith('{') ? parseJson(line) : undefined));
  const rows = items.flatMap((item) => readRow(item) ?? []);
  return { rows, others: items.length - rows.length };
}

export interface ListChange {
  readonly domain: string;
  readonly before: ListRow;
  readonly after: ListRow;
  /** A place in the order of `standings`, compared; a lookup that failed is neither. */
  readonly direction: 'better' | 'worse' | 'other';
}

export interface ListComparison {
  readonly changes: readonly ListChange[];
  readonly same: number;
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

const told: readonly (keyof ListRow)[] = ['standing', 'mx', 'dnssec', 'dane', 'sts', 'tlsRpt'];

/** What changed between two runs, in the order of the later one. */
export function compareRows(before: readonly ListRow[], after: readonly ListRow[]): ListComparison {
  const earlier = new Map(before.map((row) => [nameKey(row.domain), row]));
  const later = new Set(after.map(({ domain }) => nameKey(domain)));
  const changes: ListChange[] = [];
  let same = 0;
  for (const row of after) {
    const old = earlier.get(nameKey(row.domain));
    if (old === undefined) continue;
    if (told.every((key) => old[key] === row[key])) same += 1;
    else
      changes.push({ domain: row.domain, before: old, after: row, direction: direction(old, row) });
  }
  return {
    changes,
    same,
    added: after.flatMap(({ domain }) => (earlier.has(nameKey(domain)) ? [] : [domain])),
    gone: before.flatMap(({ domain }) => (later.has(nameKey(domain)) ? [] : [domain])),
  };
}

const ranked = standings.slice(0, standings.indexOf('neither') + 1);

function direction(before: ListRow, after: ListRow): ListChange['direction'] {
  const [from, to] = [ranked.indexOf(before.standing), ranked.indexOf(after.standing)];
  if (from < 0 || to < 0 || from === to) return 'other';
  return to < from ? 'better' : 'worse';
}
