/**
 * The `_mta-sts` TXT record: it says that a policy exists and when it changed.
 * It protects nothing by itself: whoever blocks this answer hides the policy from a sender that
 * has none cached (RFC 8461 §10.2). Implements RFC 8461 §3.1; leaves fetching to the sender.
 */
import type { Annotated, ParseProblem } from '../parsed.ts';
import { cite } from '../cite.ts';
import { isAlphanumeric } from '../grammar/characters.ts';
import { readersOf, situationsOf } from '../grammar/readers.ts';
import {
  chooseRecord,
  extensionsIn,
  formatRecord,
  isExtensionCharacter,
  joinStrings,
  splitRecord,
  unreadRecord,
  type Field,
  type RecordCode,
  type RecordPart,
  type TxtStrings,
} from '../grammar/versioned-record.ts';
import { stsReaders } from './readers.table.ts';

/** A record that conforms. `id` is compared for equality only: it has no order. */
export interface StsRecord {
  readonly id: string;
  readonly extensions: readonly { readonly name: string; readonly value: string }[];
}

export type StsRecordResult = Annotated<StsRecord, RecordCode, RecordPart>;

const clause = cite('rfc8461', '3.1');
const version = 'v=STSv1';
const idCharacters = 32;

const isId = (text: string): boolean =>
  text.length >= 1 && text.length <= idCharacters && [...text].every(isAlphanumeric);

/**
 * Reads the answer to a TXT query for `_mta-sts.<domain>`.
 * Shape: one entry for each record, each the list of its character-strings (octets, or text with
 * one character for each octet). Spans count characters of `text`, the record that was read.
 * Errors: `no-record` (none is an STS record), `multiple-records`, `syntax`.
 * Source: RFC 8461 §3.1.
 */
export function parseStsRecord(records: readonly TxtStrings[]): StsRecordResult {
  const chosen = chooseRecord(records.map(joinStrings), version);
  if (chosen.kind !== 'one') return unreadRecord(chosen, 'not-an-sts-record', clause, stsReaders);
  const split = splitRecord(chosen.text, { version, known: ['id'], clause });
  const { text, fields, marks } = split;
  const ids = fields.filter((field) => field.name === 'id');
  const problems = [
    ...split.problems,
    ...idProblems(ids, split.problems.length > 0, text),
    ...ids.slice(1).flatMap(unreadableProblems),
  ];
  const warnings = [...split.warnings, ...repeated(fields)];
  const readers = readersOf(situationsOf(problems, warnings), stsReaders);
  const [id] = ids;
  if (problems.length > 0 || id === undefined)
    return { ok: false, problems, warnings, text, marks, readers };
  const value = { id: id.value, extensions: extensionsIn(fields, 'id') };
  return { ok: true, value, warnings, text, marks, readers };
}

/** The first "id" counts (§3.2, last paragraph, read for the record too) and must be a valid one. */
function idProblems(
  ids: readonly Field[],
  alreadyBroken: boolean,
  text: string,
): readonly ParseProblem<RecordCode>[] {
  const [id] = ids;
  if (id === undefined)
    return alreadyBroken
      ? []
      : [{ code: 'syntax', situation: 'no-id', at: { start: text.length, end: text.length } }];
  if (isId(id.value)) return [];
  const situation = id.value.length > idCharacters ? 'id-too-long' : 'id-not-alphanumeric';
  const at = { start: id.valueStart, end: id.end };
  return [{ code: 'syntax', situation, at, found: id.value }];
}

/** A later "id" does not count, but the record it stands in must still fit the grammar. */
function unreadableProblems({ value, valueStart, end }: Field): ParseProblem<RecordCode>[] {
  if ([...value].every(isExtensionCharacter)) return [];
  const at = { start: valueStart, end };
  return [{ code: 'syntax', situation: 'unexpected-character', at, found: value }];
}

function repeated(fields: readonly Field[]): readonly ParseProblem<string>[] {
  const seen = new Set<string>();
  return fields.flatMap((field) => {
    if (!seen.has(field.name)) {
      seen.add(field.name);
      return [];
    }
    const at = { start: field.start, end: field.end };
    return [{ code: 'repeated-field', at, found: field.name }];
  });
}

/** Writes a record that conforms; `parseStsRecord` reads it back unchanged. */
export function formatStsRecord(record: StsRecord): string {
  return formatRecord(version, { name: 'id', value: record.id }, record.extensions);
}
