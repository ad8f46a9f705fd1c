/**
 * The grammar that `_mta-sts` (RFC 8461 §3.1) and `_smtp._tls` (RFC 8460 §3) share: a version, then
 * fields behind ";", blanks only around the ";", unknown fields allowed if they are well formed.
 * Also the shared rule which of several TXT records counts.
 */
import { octetsToText } from './octets.ts';
import type { Annotated, Mark, ParseProblem } from '../parsed.ts';
import type { Citation } from '../cite.ts';
import { beforeBlanks, isAlphanumeric, isBlank } from './characters.ts';
import { readersOf, type ReaderSplit } from './readers.ts';
import { Scanner } from './scanner.ts';

/** A TXT record: its character-strings, as octets or as text with one character for each octet. */
export type TxtStrings = readonly (string | Uint8Array)[];

/** Strings are joined without adding spaces (RFC 8461 §3.1, RFC 8460 §3, RFC 7208 §3.3). */
export const joinStrings = (strings: TxtStrings): string =>
  strings.map((part) => (typeof part === 'string' ? part : octetsToText(part))).join('');

export type RecordCode = 'no-record' | 'multiple-records' | 'syntax';

export type RecordPart =
  | 'version'
  | 'delimiter'
  | 'field-name'
  | 'equals'
  | 'field-value'
  | 'extension-name'
  | 'extension-value'
  | 'unread'
  | 'other-record';

/** A field that the standard does not name. */
interface Extension {
  readonly name: string;
  readonly value: string;
}

export interface Field extends Extension {
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

export interface VersionedGrammar {
  /** `v=STSv1` */
  readonly version: string;
  /** Fields that the standard itself names. */
  readonly known: readonly string[];
  /** Where the standard gives this grammar. */
  readonly clause: Citation;
}

export interface SplitRecord {
  readonly text: string;
  readonly fields: readonly Field[];
  readonly marks: readonly Mark<RecordPart>[];
  readonly problems: readonly ParseProblem<RecordCode>[];
  readonly warnings: readonly ParseProblem<string>[];
}

/** Which record counts: the text to read, or why there is none. */
export type ChosenRecord =
  | { readonly kind: 'one'; readonly text: string; readonly index: number }
  | { readonly kind: 'none'; readonly text: string; readonly found: number; readonly near: boolean }
  | { readonly kind: 'several'; readonly text: string; readonly found: number };

/**
 * With several records, those that do not begin with version and ";" are discarded and exactly one
 * must be left. A single record is judged by the grammar alone, which allows blanks before the ";".
 */
export function chooseRecord(records: readonly string[], version: string): ChosenRecord {
  const [first] = records;
  if (first === undefined) return { kind: 'none', text: '', found: 0, near: false };
  if (records.length === 1) {
    const after = first[version.length];
    const speaksOfIt = first.startsWith(version) && (after === undefined || !isAlphanumeric(after));
    return speaksOfIt
      ? { kind: 'one', text: first, index: 0 }
      : { kind: 'none', text: first, found: 1, near: false };
  }
  const begins = records
    .map((text, index) => ({ text, index }))
    .filter(({ text }) => text.startsWith(`${version};`));
  const [one] = begins;
  // Alone such a record would have been read: the rule for several is stricter than the grammar.
  const almost = records.find(
    (text) => /^[ \t]+;/.test(text.slice(version.length)) && text.startsWith(version),
  );
  if (one === undefined)
    return {
      kind: 'none',
      text: almost ?? first,
      found: records.length,
      near: almost !== undefined,
    };
  if (begins.length > 1) return { kind: 'several', text: one.text, found: begins.length };
  return { kind: 'one', ...one };
}

type Unchosen = Exclude<ChosenRecord, { kind: 'one' }>;

/**
 * A result that says why there is nothing to read. `none` names the situation for the room whose
 * record it is, where one was found that is not of this room.
 */
export function unreadRecord(
  chosen: Unchosen,
  none: string,
  clause: Citation,
  table: Readonly<Record<string, ReaderSplit>>,
): Annotated<never, RecordCode, RecordPart> {
  const { text } = chosen;
  const at = { start: 0, end: text.length };
  const situation = unreadSituation(chosen, none);
  const code = chosen.kind === 'several' ? 'multiple-records' : 'no-record';
  return {
    ok: false,
    problems: [{ code, situation, at, found: text }],
    text,
    marks: text === '' ? [] : [{ part: 'other-record', at, clause }],
    readers: readersOf([situation], table),
  };
}

function unreadSituation(chosen: Unchosen, none: string): string {
  if (chosen.kind === 'several') return 'several-records';
  if (chosen.found === 0) return 'no-record';
  return chosen.near ? 'blank-before-delimiter-among-several' : none;
}

/** Of the name of a field in a record, and of a key in a policy (RFC 8461 §3.1, §3.2). */
export const isNameCharacter = (character: string | undefined): boolean =>
  isAlphanumeric(character) || character === '_' || character === '-' || character === '.';

/** tlsrpt-ext-value and sts-ext-value: visible characters but "=" and ";". */
export const isExtensionCharacter = (character: string | undefined): boolean =>
  character !== undefined && character > ' ' && character < '\x7f' && !'=;'.includes(character);

const extensionNameCharacters = 32;

/**
 * Takes a record apart into version and fields and checks the shape of unknown fields.
 * Known fields are only cut out; their values are the business of the record's own parser.
 */
export function splitRecord(text: string, grammar: VersionedGrammar): SplitRecord {
  const { version, known, clause } = grammar;
  const scanner = new Scanner<RecordPart>(text);
  const problems: ParseProblem<RecordCode>[] = [];
  const warnings: ParseProblem<string>[] = [];
  const fields: Field[] = [];
  const fail = (situation: string, start: number, end: number) => {
    const found = text.slice(start, end);
    problems.push({ code: 'syntax', situation, at: { start, end }, found });
  };
  const done = () => {
    scanner.rest('unread', clause);
    return { text, fields, marks: scanner.marks, problems, warnings };
  };

  scanner.take(version.length, 'version', clause);
  while (!scanner.atEnd) {
    const delimiterStart = scanner.position;
    const semicolon = scanner.reach(isBlank);
    if (text[semicolon] !== ';') {
      const situation =
        semicolon === text.length
          ? 'blank-at-end'
          : fields.length === 0
            ? 'no-delimiter-after-version'
            : 'unexpected-character';
      fail(situation, delimiterStart, situation === 'blank-at-end' ? text.length : semicolon + 1);
      return done();
    }
    if (fields.length === 0 && semicolon > delimiterStart)
      warnings.push({
        code: 'blank-before-first-delimiter',
        at: { start: delimiterStart, end: semicolon },
      });
    scanner.take(semicolon + 1, 'delimiter', clause);
    scanner.take(scanner.reach(isBlank), 'delimiter', clause);
    if (scanner.atEnd) break;

    const start = scanner.position;
    const nameEnd = scanner.reach(isNameCharacter);
    const name = text.slice(start, nameEnd);
    if (text[start] === ';') {
      fail('empty-field', start, start + 1);
      return done();
    }
    if (text[nameEnd] !== '=') {
      fail('field-without-equals', start, Math.max(nameEnd, start + 1));
      return done();
    }
    const isKnown = known.includes(name);
    if (!isAlphanumeric(name[0]) || name.length > extensionNameCharacters) {
      fail('bad-field-name', start, nameEnd);
      return done();
    }
    scanner.take(nameEnd, isKnown ? 'field-name' : 'extension-name', clause);
    scanner.take(nameEnd + 1, 'equals', clause);
    const valueStart = scanner.position;
    const valueEnd = isKnown
      ? knownValueEnd(text, valueStart)
      : scanner.reach(isExtensionCharacter);
    const value = scanner.take(valueEnd, isKnown ? 'field-value' : 'extension-value', clause);
    if (value === '') {
      fail('empty-value', start, valueEnd);
      return done();
    }
    fields.push({ name, value, start, valueStart, end: valueEnd });
  }
  if (fields.length === 0 && problems.length === 0)
    fail('no-field', version.length, Math.max(text.length, version.length));
  return done();
}

/** A known field reaches to the next ";" or the end, without the blanks before it. */
function knownValueEnd(text: string, start: number): number {
  const semicolon = text.indexOf(';', start);
  return beforeBlanks(text, start, semicolon < 0 ? text.length : semicolon);
}

/** All fields but the one that the standard names. */
export const extensionsIn = (fields: readonly Field[], known: string): readonly Extension[] =>
  fields.filter(({ name }) => name !== known).map(({ name, value }) => ({ name, value }));

/** The one field of the standard first, then the others. */
export const formatRecord = (
  version: string,
  known: Extension,
  extensions: readonly Extension[],
): string =>
  [version, ...[known, ...extensions].map(({ name, value }) => ` ${name}=${value}`), ''].join(';');
