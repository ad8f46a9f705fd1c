/**
 * Zone files (RFC 1035 §5.1) as far as lines that people paste need it: entries over several lines in
 * brackets, comments, and what stands before the type of a record.
 */

export interface ZoneEntry {
  /** Without comments and outer blanks; brackets and the line ends inside them are kept. */
  readonly text: string;
  /** Where it begins: the number of the line, from 1, and the character, from 0. */
  readonly line: number;
  readonly start: number;
}

/** Lines, joined while a bracket is open; lines end as Unix, Windows or old Macs end them. */
export function zoneEntries(text: string): readonly ZoneEntry[] {
  const found: { text: string; line: number; start: number }[] = [];
  let depth = 0;
  let number = 0;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]*(?:\r\n|[\r\n]|$)/g)) {
    number += 1;
    const bare = (line.split(';', 1)[0] ?? '').trim();
    const open = found.at(-1);
    if (depth > 0 && open !== undefined) open.text += `\n${bare}`;
    else if (bare === '') continue;
    else found.push({ text: bare, line: number, start: index });
    depth = Math.max(0, depth + count(bare, '(') - count(bare, ')'));
  }
  return found;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** Seconds, or as BIND also writes them: `1h30m`. */
const ttl = String.raw`(?:\d[\dsmhdw]*\s+)?`;
const internetClass = String.raw`(?:IN|CLASS1)\s+`;

/**
 * What stands before the data of a record of these types, given as an expression: an owner, or none;
 * TTL and class IN in either order, or none. Groups: owner, those of the types.
 */
export const recordHead = (types: string): RegExp =>
  new RegExp(
    String.raw`^(?:(\S+)\s+)??${ttl}(?:${internetClass})?${ttl}(?:${types})(?!\S)\s*`,
    'i',
  );
