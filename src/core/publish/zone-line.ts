/**
 * Lines for a zone file (RFC 1035 §5.1), as BIND reads them, and text back from them.
 * Whatever we advise to publish goes through here and is read back by our own parsers first.
 */
import { quoted } from '../dns/format.ts';
import { octetsToText } from '../grammar/characters.ts';

export interface ZoneLine {
  /** Owner name without final dot; the line carries it absolute. */
  readonly owner: string;
  readonly ttlSeconds: number;
  readonly type: 'TLSA' | 'TXT' | 'CNAME';
  /** Data in presentation form. */
  readonly data: string;
}

export const formatZoneLine = ({ owner, ttlSeconds, type, data }: ZoneLine): string =>
  `${owner}. ${ttlSeconds} IN ${type} ${data}`;

/** A character-string holds at most 255 octets (RFC 1035 §3.3). */
const stringOctets = 255;

/** Text (one character for each octet) as quoted character-strings. */
export function formatTxtData(text: string): string {
  const strings: string[] = [];
  for (let at = 0; at === 0 || at < text.length; at += stringOctets)
    strings.push(quoted(text.slice(at, at + stringOctets)));
  return strings.join(' ');
}

/** Reads character-strings back, quoted or not; undefined where they are malformed. */
export function parseTxtData(data: string): readonly string[] | undefined {
  const strings: string[] = [];
  // A string holds 255 octets, each written with four characters at most.
  const piece = /\s*(?:"((?:[^"\\]|\\\d{3}|\\\D){0,255})"|((?:[^"\\\s]|\\\d{3}|\\\D){1,255}))/y;
  const end = data.trimEnd().length;
  let at = 0;
  while (at < end) {
    piece.lastIndex = at;
    const found = piece.exec(data);
    if (found === null) return undefined;
    at = piece.lastIndex;
    const octets = unescaped(found[1] ?? found[2] ?? '');
    if (octets === undefined || octets.length > stringOctets) return undefined;
    strings.push(octetsToText(octets));
  }
  return strings.length === 0 ? undefined : strings;
}

function unescaped(text: string): Uint8Array | undefined {
  const octets: number[] = [];
  for (const [, decimal, escaped, plain] of text.matchAll(/\\(\d{3})|\\(\D)|([^\\])/gs)) {
    const code = decimal === undefined ? (escaped ?? plain ?? '').charCodeAt(0) : Number(decimal);
    if (code > 255) return undefined;
    octets.push(code);
  }
  return Uint8Array.from(octets);
}
