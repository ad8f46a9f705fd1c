/**
 * A list of names as people have it: one a line, a column of a spreadsheet, mail addresses, with
 * comments and doubles. Every line is accounted for: taken, known already, a comment, a heading, or
 * a fault with what was typed. Nothing is dropped in silence.
 */
import type { DomainName } from '../dns/name.ts';
import { withoutIgnored } from '../grammar/idn.ts';
import { isJsonObject, parseJson } from '../grammar/json.ts';
import { parseDomainInput, type DomainInputFault, type Taken } from './domain-input.ts';

/** A list in a browser has an end; whoever has more splits it, or uses the command line. */
export const mostNames = 10_000;

/** Of one line; what stands behind it is not read, and that is told as a fault of the line. */
export const lineCharactersMost = 10_000;

export interface ListFault {
  /** From 1. */
  readonly line: number;
  readonly typed: string;
  readonly fault: DomainInputFault | 'line-too-long';
}

/** What one line holds. */
export type ListLine =
  | { readonly kind: 'nothing' | 'comment' | 'heading' }
  | {
      readonly kind: 'names';
      readonly names: readonly { readonly domain: DomainName; readonly taken: Taken }[];
      readonly faults: readonly ListFault[];
      /** Of a table: of this row the first domain is taken, whatever stands in the other cells. */
      readonly isRow: boolean;
    };

export interface ListReading {
  /** Each once, in the order of the list. */
  readonly names: readonly DomainName[];
  readonly faults: readonly ListFault[];
  readonly doubles: number;
  readonly comments: number;
  readonly headings: number;
  /** Rows of a table, of which the first domain was taken. */
  readonly rows: number;
  /** Names beyond the most that are taken. */
  readonly leftOut: number;
  /** How many names were written otherwise than as a bare name. */
  readonly taken: Readonly<Partial<Record<Taken, number>>>;
}

const shownAtMost = 80;
const cut = (text: string): string =>
  text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text;

/** Cells of one line; a quoted cell may hold a separator, and a doubled quote stands for one. */
function cellsOf(line: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && (character === ',' || character === ';' || character === '\t')) {
      cells.push(unquoted(cell));
      cell = '';
    } else cell += character;
  }
  return [...cells, unquoted(cell)];
}

const unquoted = (cell: string): string => {
  const text = cell.trim();
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return isQuoted ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
};

/** `Jan Jansen <jan@example.nl>`, as address books write it. */
function bare(cell: string): string {
  const text = cell.trimEnd();
  const inside = text.endsWith('>') ? text.slice(text.lastIndexOf('<') + 1, -1) : '';
  return text.includes('<') && /^[^>\s@]+@[^>\s]+$/.test(inside) ? inside : cell;
}

/** The line before a `#` or `//` behind a blank. No expression: `\s+#` looks anew at every blank. */
function withoutComment(text: string): string {
  let end = text.length;
  for (const mark of ['#', '//'])
    for (let at = text.indexOf(mark); at >= 0 && at < end; at = text.indexOf(mark, at + 1))
      if (/\s/.test(text[at - 1] ?? '')) end = at;
  return text.slice(0, end).trimEnd();
}

/** A line of JSON Lines as a name: `"example.nl"`, or an object with `domain` (a row of an earlier run). */
function nameInJson(line: string): string | undefined {
  if (!/^\s*["{]/.test(line)) return undefined;
  const json = parseJson(line);
  const name = isJsonObject(json) ? json['domain'] : json;
  return typeof name === 'string' ? name : undefined;
}

/** Several names in one cell, with blanks between them; a cell with any other word stays one. */
function wordsOf(cell: string): readonly string[] {
  const words = cell.split(/\s+/);
  return words.length > 1 && words.every((word) => parseDomainInput(word).ok) ? words : [cell];
}

/** `line`: its text without line end; `number`: from 1. A heading can only be the first line with words. */
export function readListLine(line: string, number: number, mayBeHeading: boolean): ListLine {
  if (line.length <= lineCharactersMost) return readShortLine(line, number, mayBeHeading);
  // Up to the last place where a name can end: half a name is another one.
  const whole = /^.*[\s,;]/s.exec(line.slice(0, lineCharactersMost))?.[0] ?? '';
  const read = readShortLine(whole, number, false);
  const tooLong: ListFault = { line: number, typed: cut(line), fault: 'line-too-long' };
  return read.kind === 'names'
    ? { ...read, faults: [...read.faults, tooLong] }
    : { kind: 'names', names: [], faults: [tooLong], isRow: false };
}

function readShortLine(line: string, number: number, mayBeHeading: boolean): ListLine {
  const given = line.replace(/^\ufeff/, '').trim();
  const named = nameInJson(given)?.trim();
  // An empty name is a line with a fault, as an empty cell is.
  const text = named === undefined || named === '' ? given : named;
  if (withoutIgnored(text).trim() === '') return { kind: 'nothing' };
  if (/^(?:#|;|\/\/)/.test(text)) return { kind: 'comment' };
  const told = withoutComment(text);
  const cells = cellsOf(told)
    .filter((cell) => cell !== '')
    .flatMap(wordsOf);
  const read = cells.map((cell) => parseDomainInput(bare(cell)));
  const good = read.flatMap((each) => (each.ok ? [each] : []));
  if (cells.length > 1 && good.length > 0) {
    // A row of a table has its name in one cell; a list on one line has nothing but names.
    const isRow = good.length < cells.length;
    return { kind: 'names', names: isRow ? good.slice(0, 1) : good, faults: [], isRow };
  }
  if (good.length === 0) {
    if (mayBeHeading && isHeading(cells)) return { kind: 'heading' };
    const words = cells.length === 1 ? told.split(/\s+/) : [];
    const each = words.map((word) => parseDomainInput(word));
    // Several names with blanks between them; the words that are none are told.
    if (words.length > 1 && each.some(({ ok }) => ok))
      return {
        kind: 'names',
        isRow: false,
        names: each.flatMap((one) => (one.ok ? [one] : [])),
        faults: each.flatMap((one) =>
          one.ok ? [] : [{ line: number, typed: cut(one.typed), fault: one.fault }],
        ),
      };
    const [first] = read;
    const fault = first === undefined || first.ok ? 'empty' : first.fault;
    return {
      kind: 'names',
      names: [],
      faults: [{ line: number, typed: cut(told), fault }],
      isRow: false,
    };
  }
  return { kind: 'names', names: good, faults: [], isRow: false };
}

/** Words without a dot, as the columns of a table are called. */
const isHeading = (cells: readonly string[]): boolean =>
  cells.length > 1
    ? cells.every((cell) => !/[.@/]/.test(cell))
    : /^(?:domains?|domeinen|domein|domeinnaam|domain name|hosts?|names?|na(?:am|men)|e-?mail(?: ?adres(?:sen)?| address(?:es)?)?|mail|urls?|websites?|adres(?:sen)?)$/i.test(
        cells[0] ?? '',
      );

export interface ListReader {
  /** Takes the next line. */
  take(line: string): void;
  readonly reading: () => ListReading;
}

/** Reads a list line by line, so that a page can read ten thousand in slices. Never throws. */
export function listReader(): ListReader {
  const names = new Set<DomainName>();
  const faults: ListFault[] = [];
  const count = { doubles: 0, comments: 0, headings: 0, rows: 0, leftOut: 0 };
  const taken: Partial<Record<Taken, number>> = {};
  let mayBeHeading = true;
  let number = 0;
  return {
    take(line) {
      number += 1;
      const read = readListLine(line, number, mayBeHeading);
      if (read.kind === 'comment') count.comments += 1;
      if (read.kind === 'heading') count.headings += 1;
      if (read.kind !== 'nothing' && read.kind !== 'comment') mayBeHeading = false;
      if (read.kind !== 'names') return;
      if (read.isRow) count.rows += 1;
      faults.push(...read.faults);
      for (const { domain, taken: how } of read.names) {
        if (names.has(domain)) count.doubles += 1;
        else if (names.size >= mostNames) count.leftOut += 1;
        else {
          names.add(domain);
          taken[how] = (taken[how] ?? 0) + 1;
        }
      }
    },
    reading: () => ({ names: [...names], faults, ...count, taken }),
  };
}

/** The lines of a text, cut at CR LF, CR or LF. */
export const linesOf = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);
