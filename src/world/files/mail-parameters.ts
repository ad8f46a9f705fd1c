/**
 * Parameters of a mail header field, such as the boundary of Content-Type (RFC 2045 §5.1), in several
 * pieces and in other character sets too (RFC 2231 §3, §4).
 */
import { keptIn } from '../../core/once-per.ts';
import { textToOctets } from '../../core/grammar/octets.ts';

const parameterForm = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\[^])*)"|([^;\s]*))/g;

/** `name`, `name*`, `name*0` and `name*0*`: the piece, and whether it is percent-encoded. */
const nameForm = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/;

/** A longer field is no field of a mail program. */
const fieldCharactersMost = 16_384;

/**
 * The field with a blank for each comment, which may hold others (RFC 2045 §5.1, RFC 5322 §3.2.2). Brackets
 * inside a word stay, and so do those that are not closed: file names have them without the quotes they need.
 */
export function withoutComments(field: string): string {
  let kept = '';
  let depth = 0;
  let isQuoted = false;
  let [from, opened] = [0, 0];
  const most = Math.min(field.length, fieldCharactersMost);
  for (let at = 0; at < most; at += 1) {
    const character = field[at];
    if (character === '\\') at += 1;
    else if (depth === 0 && character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === '(') {
      if (depth === 0) opened = at;
      depth += 1;
    } else if (character === ')' && depth > 0) {
      depth -= 1;
      const isInWord = isWordAt(field, opened - 1) && isWordAt(field, at + 1);
      if (depth > 0 || isInWord) continue;
      kept += `${field.slice(from, opened)} `;
      from = at + 1;
    }
  }
  return kept + field.slice(from);
}

const isWordAt = (field: string, at: number): boolean =>
  /[^\s()<>@,;:\\"/[\]?=]/.test(field[at] ?? '');

interface Piece {
  readonly index: number;
  readonly isEncoded: boolean;
  readonly value: string;
}

/**
 * Values by name in lower case. Of one name twice the first counts; pieces count up to the first that is
 * missing. What is written by RFC 2231 goes before the plain form, which is there for old readers.
 */
export function parametersOf(field: string): ReadonlyMap<string, string> {
  const plain = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  for (const [, written = '', quoted, bare = ''] of field
    .slice(0, fieldCharactersMost)
    .matchAll(parameterForm)) {
    const value = quoted?.replace(/\\([^])/g, '$1') ?? bare;
    const [, name = '', index, star] = nameForm.exec(written.toLowerCase()) ?? [];
    if (name === '') continue;
    if (index === undefined && star === undefined) {
      // Octets of UTF-8 stand there without further ado (RFC 6532 §3.2).
      if (!plain.has(name)) plain.set(name, decodedText(value, 'utf-8'));
      continue;
    }
    const piece = { index: Number(index ?? 0), isEncoded: star !== undefined, value };
    keptIn(pieces, name, () => []).push(piece);
  }
  return new Map([
    ...plain,
    ...[...pieces].flatMap(([name, given]) => {
      const value = together(given);
      return value === undefined ? [] : [[name, value] as const];
    }),
  ]);
}

/** The first piece names the character set, if any of them is encoded: `utf-8'nl'r%C3%A9`. */
function together(given: readonly Piece[]): string | undefined {
  const byIndex = new Map<number, Piece>();
  for (const piece of given) if (!byIndex.has(piece.index)) byIndex.set(piece.index, piece);
  const pieces: Piece[] = [];
  for (let next = byIndex.get(0); next; next = byIndex.get(pieces.length)) pieces.push(next);
  const [first] = pieces;
  if (first === undefined) return undefined;
  const [, charset = '', rest] =
    (first.isEncoded && /^([^']*)'[^']*'([^]*)$/.exec(first.value)) || [];
  const raw = pieces.map(({ value, isEncoded }, index) => {
    const text = index === 0 ? (rest ?? value) : value;
    return isEncoded ? percentDecoded(text) : text;
  });
  return decodedText(raw.join(''), charset);
}

const percentDecoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** One character for each octet, read in the character set; as it stands where nobody knows that. */
function decodedText(octets: string, charset: string): string {
  try {
    const decoder = new TextDecoder(charset || 'utf-8', { fatal: true });
    return decoder.decode(textToOctets(octets));
  } catch {
    return octets;
  }
}
