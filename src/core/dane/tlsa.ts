/**
 * TLSA records as published: presentation text and wire octets into values.
 * Says what stands there, not whether a client may use it (`usable.ts`). RFC 6698 §2.1, §2.2.
 */
import { hexToOctets } from '../grammar/octets.ts';
import { isBlank, isDigit, isHexDigit } from '../grammar/characters.ts';
import type { Annotated, Parsed } from '../parsed.ts';
import { cite } from '../cite.ts';
import { decodeRdata } from '../dns/rdata.ts';
import { Scanner } from '../grammar/scanner.ts';

/** Usage, selector and matching type are octets, also values that no standard names. */
export interface Tlsa {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Certificate association data. */
  readonly association: Uint8Array;
}

export type TlsaCode = 'syntax';
export type TlsaPart =
  'usage' | 'selector' | 'matching-type' | 'association' | 'generic' | 'blank' | 'unread';
export type TlsaResult = Annotated<Tlsa, TlsaCode, TlsaPart>;

const fieldsClause = cite('rfc6698', '2.1');
const presentationClause = cite('rfc6698', '2.2');

const isSpace = (character: string | undefined): boolean =>
  isBlank(character) || character === '\n' || character === '\r';

/** Of one record: DNS carries 65,535 octets, and they may be written with blanks and comments. */
export const tlsaCharactersMost = 200_000;

/**
 * Decodes the data of a TLSA record from the wire.
 * Errors: `syntax` below three octets. An empty association is read (and is not usable).
 * Source: RFC 6698 §2.1.
 */
export function decodeTlsa(octets: Uint8Array): Parsed<Tlsa, TlsaCode> {
  const fields = decodeRdata('TLSA', octets);
  if (fields?.type !== 'TLSA') {
    const at = { start: 0, end: octets.length };
    return { ok: false, problems: [{ code: 'syntax', situation: 'too-short', at }] };
  }
  const { usage, selector, matchingType, association } = fields;
  return { ok: true, value: { usage, selector, matchingType, association }, warnings: [] };
}

/**
 * Reads a TLSA record as it stands in a zone file, without owner, TTL, class and type:
 * three decimal octets and hexadecimal pairs, white space allowed inside them, brackets and
 * comments of zone files (RFC 1035 §5.1), or the generic form `\# length hex` (RFC 3597 §5).
 * Errors: `syntax`, with what is wrong as `situation`, where, and the text there as `found`.
 * Source: RFC 6698 §2.2.
 */
export function parseTlsa(text: string): TlsaResult {
  const scanner = new Scanner<TlsaPart>(text);
  const result: Tlsa | Fault =
    text.length > tlsaCharactersMost
      ? { situation: 'too-long', start: 0, end: text.length }
      : readRecord(scanner);
  scanner.rest('unread', presentationClause);
  const common = { text, marks: scanner.marks, readers: [] };
  if ('situation' in result) {
    const at = { start: result.start, end: Math.max(result.end, result.start) };
    const found = text.slice(at.start, Math.min(at.end, at.start + foundCharactersMost));
    const problem = { code: 'syntax', situation: result.situation, at, found } as const;
    return { ok: false, problems: [problem], ...common };
  }
  return { ok: true, value: result, warnings: [], ...common };
}

/** Of what is at fault, to be shown beside it. */
const foundCharactersMost = 1000;

interface Fault {
  readonly situation: string;
  readonly start: number;
  readonly end: number;
}

/** Blanks between the parts; inside brackets also line ends, and comments before them. */
class Gaps {
  depth = 0;
  fault: Fault | undefined;
  private readonly scanner: Scanner<TlsaPart>;
  /** Behind it there are blanks only. */
  private readonly contentEnd: number;

  constructor(scanner: Scanner<TlsaPart>) {
    this.scanner = scanner;
    this.contentEnd = scanner.text.trimEnd().length;
  }

  skip(): void {
    const { scanner } = this;
    const { text } = scanner;
    let at = scanner.position;
    for (; at < text.length; at += 1) {
      const character = text[at];
      if (character === '(') this.depth += 1;
      else if (character === ')') this.depth -= 1;
      else if (character === ';') {
        const lineEnd = text.indexOf('\n', at);
        at = lineEnd < 0 ? text.length - 1 : lineEnd - 1;
        continue;
      } else if (!isSpace(character)) break;
      const isLineEndOutside = character === '\n' && this.depth === 0 && at < this.contentEnd;
      if (this.depth < 0 || this.depth > 1 || isLineEndOutside) {
        const situation = isLineEndOutside ? 'line-end-outside-brackets' : 'brackets';
        this.fault ??= { situation, start: at, end: at + 1 };
      }
    }
    scanner.take(at, 'blank', presentationClause);
  }

  get unfinished(): Fault | undefined {
    const end = this.scanner.position;
    if (this.fault !== undefined) return this.fault;
    return this.depth === 0 ? undefined : { situation: 'brackets', start: end, end };
  }
}

function readRecord(scanner: Scanner<TlsaPart>): Tlsa | Fault {
  const gaps = new Gaps(scanner);
  gaps.skip();
  if (scanner.text.startsWith('\\#', scanner.position)) return readGeneric(scanner, gaps);
  const values: number[] = [];
  for (const part of ['usage', 'selector', 'matching-type'] as const) {
    const start = scanner.position;
    const end = scanner.reach(isDigit);
    const digits = scanner.text.slice(start, end);
    const next = scanner.text[end];
    const isWhole = digits !== '' && (next === undefined || isSpace(next) || '();'.includes(next));
    if (!isWhole) return { situation: 'not-a-number', start, end: wordEnd(scanner.text, start) };
    if (digits.length > 5 || Number(digits) > 255)
      return { situation: 'number-above-255', start, end };
    values.push(Number(scanner.take(end, part, fieldsClause)));
    gaps.skip();
  }
  const association = readHex(scanner, gaps);
  if ('situation' in association) return association;
  const [usage = 0, selector = 0, matchingType = 0] = values;
  return { usage, selector, matchingType, association };
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isSpace(text[end])) end += 1;
  return end;
}

function readHex(scanner: Scanner<TlsaPart>, gaps: Gaps): Uint8Array | Fault {
  const start = scanner.position;
  let hex = '';
  while (!scanner.atEnd) {
    const end = scanner.reach(isHexDigit);
    if (end === scanner.position) return { situation: 'not-hexadecimal', start: end, end: end + 1 };
    hex += scanner.take(end, 'association', fieldsClause);
    gaps.skip();
  }
  if (gaps.unfinished !== undefined) return gaps.unfinished;
  if (hex === '') return { situation: 'no-association', start, end: start };
  if (hex.length % 2 === 1)
    return { situation: 'odd-hexadecimal', start, end: scanner.text.length };
  return hexToOctets(hex);
}

function readGeneric(scanner: Scanner<TlsaPart>, gaps: Gaps): Tlsa | Fault {
  const start = scanner.position;
  scanner.take(start + 2, 'generic', presentationClause);
  gaps.skip();
  const lengthStart = scanner.position;
  const lengthEnd = scanner.reach(isDigit);
  const length = Number(scanner.text.slice(lengthStart, lengthEnd) || Number.NaN);
  scanner.take(lengthEnd, 'generic', presentationClause);
  gaps.skip();
  const octets = readHex(scanner, gaps);
  if ('situation' in octets) return octets;
  const decoded = decodeTlsa(octets);
  if (octets.length !== length || !decoded.ok)
    return { situation: 'generic-length', start: lengthStart, end: lengthEnd };
  return decoded.value;
}

/** The other way: RFC 6698 §2.2. Stands with the data of all other records. */
export { formatTlsa } from '../dns/format.ts';
