/**
 * TLSA records as administrators paste them: zone lines, what `dig` prints with or without `+short`,
 * or the bare data, one or several, in brackets over several lines or not (RFC 1035 §5.1).
 * Each is read by `parseTlsa`; here only the text around the data is taken off.
 */
import { parseTlsa, type TlsaResult } from './tlsa.ts';

export interface TlsaLine {
  /** The data of the record as pasted, without owner, TTL, class and type. */
  readonly text: string;
  /** Where it begins: the number of the line, from 1. */
  readonly line: number;
  /** Owner name as written, where the line has one. */
  readonly owner?: string;
  readonly ttlSeconds?: number;
  readonly result: TlsaResult;
}

/** More than any mail server publishes; a pasted zone must not keep the page busy. */
export const tlsaLinesMost = 64;

/** What stands before the data is a name and three words; a longer text is not searched for it. */
const headCharactersMost = 1200;
const headOf = (text: string): string => text.slice(0, headCharactersMost);

/** Owner, TTL and class may stand before the type, the last two in either order. */
const head =
  /^(?:(\S+)[ \t]+)??(?:(\d+)[ \t]+)?(?:IN[ \t]+)?(?:(\d+)[ \t]+)?(?:TLSA|TYPE52)[ \t]+/i;
/** Lines of other types, with a class before the type as `dig` prints them. */
const otherType = /[ \t]IN[ \t]+(?!TLSA\b|TYPE52\b)[A-Z]/i;
/** `dig +short` prints signatures as data without a type, and aliases as a bare name. */
const shortSignature = /^TLSA[ \t]+\d+[ \t]+\d+[ \t]+\d+[ \t]+\d{14}\b/i;
const bareName = /^[^\s();]+\.$/;

/** Reads the records in order; comments, blank lines and other types are passed over. */
export function readTlsaLines(text: string): readonly TlsaLine[] {
  return statements(text)
    .filter(
      ({ text: each }) =>
        !otherType.test(headOf(each)) &&
        !shortSignature.test(headOf(each)) &&
        !(each.length <= headCharactersMost && bareName.test(each)),
    )
    .slice(0, tlsaLinesMost)
    .map(({ text: each, line }) => {
      const [found = '', owner, before, after] = head.exec(headOf(each)) ?? [];
      const data = each.slice(found.length);
      const ttl = before ?? after;
      return {
        text: data,
        line,
        ...(owner !== undefined && { owner }),
        ...(ttl !== undefined && { ttlSeconds: Number(ttl) }),
        result: parseTlsa(data),
      };
    });
}

/** Lines, joined while a bracket is open; a comment is no part of the count. */
function statements(text: string): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  let depth = 0;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    const bare = (line.split(';', 1)[0] ?? '').trim();
    const open = found.at(-1);
    if (depth > 0 && open !== undefined) open.text += `\n${bare}`;
    else if (bare === '') continue;
    else found.push({ text: bare, line: index + 1 });
    depth = Math.max(0, depth + count(bare, '(') - count(bare, ')'));
  }
  return found;
}

const count = (text: string, character: string): number => text.split(character).length - 1;

/** The MX host of an owner name like `_25._tcp.mx.example.nl.`; undefined where it is none. */
export const hostOfOwner = (owner: string): string | undefined =>
  /^_\d{1,5}\._tcp\.([^\s]+?)\.?$/i.exec(owner)?.[1]?.toLowerCase();
