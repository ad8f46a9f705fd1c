/**
 * Plans of what to publish when: steps with the earliest moment and what has to stand by then.
 *
 * The threat is our own advice: a record that comes too late, or a policy that goes too early, makes
 * strict senders hold mail or look attacked.
 * Implements: RFC 7671 §8.1, RFC 8461 §8.1, §8.3, zone lines of RFC 1035 §5.1; the records themselves are
 * written by their own rooms.
 * Left out: changing a zone or a server; what is published is read back by our own parsers only.
 */
import { octetsToText } from '../grammar/octets.ts';
import type { Citation } from '../cite.ts';
import { quoted } from '../dns/format.ts';

export interface PlanStep<Id extends string> {
  /** Its sentence is the message `plan.<id>`; `{latest}` there is `latestSeconds` here, as a date. */
  readonly id: Id;
  /** Not before this moment, seconds since 1970. */
  readonly notBeforeSeconds: number;
  /** Values of the sentence: numbers in seconds, texts as they are to be published. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Lines for the zone, or a file, that stand after this step. */
  readonly zoneLines?: readonly string[];
  readonly file?: string;
  readonly clause: Citation;
}

/** The form of the example of RFC 8461 §3.1: a moment in UTC, letters and digits only. */
export const stsIdAt = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');

export interface ZoneLine {
  /** Owner name without final dot; the line carries it absolute. */
  readonly owner: string;
  readonly ttlSeconds: number;
  readonly type: 'TLSA' | 'TXT' | 'CNAME';
  /** Data in presentation form. */
  readonly data: string;
}

/** A line of a zone file, without a line end (RFC 1035 §5.1). */
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
