/**
 * Records in presentation format (RFC 1035 §5.1, RFC 4034, RFC 5155, RFC 3597 §5): one per line,
 * absolute names, `owner ttl IN TYPE rdata`. Only tests and commands read this; a page never does.
 */
import { encodeName, parseName, type DomainName } from '../../src/core/dns/name.ts';
import { concatOctets } from '../../src/core/dns/octets.ts';
import { decodeRdata } from '../../src/core/dns/rdata.ts';
import type { WireRecord } from '../../src/core/dns/record.ts';
import { typeFromNumber, typeNumberOf, type RrType } from '../../src/core/dns/type.ts';
import { fieldLayouts, otherTypes } from './types.table.ts';

/** A text that is not a record; the commands show the message as it is. */
export class PresentationError extends Error {}

export const readName = (text: string): DomainName => {
  const parsed = parseName(text);
  if (!parsed.ok) throw new PresentationError(`not a name: ${text}`);
  return parsed.value;
};

/** A mnemonic of any type, `TYPE123`, or a number. */
export const readType = (text: string): RrType => {
  const upper = text.toUpperCase();
  const other = otherTypes[upper];
  if (other !== undefined) return typeFromNumber(other);
  const number = /^(?:TYPE)?(\d+)$/.exec(upper)?.[1];
  if (number !== undefined) return typeFromNumber(Number(number));
  if (Number.isNaN(typeNumberOf(upper as RrType)))
    throw new PresentationError(`unknown type: ${text}`);
  return upper as RrType;
};

const number = (octets: number, text: string): Uint8Array => {
  const value = text === '' ? NaN : Number(text);
  if (!Number.isInteger(value) || value < 0 || value >= 256 ** octets)
    throw new PresentationError(`not a number of ${octets} octets: ${text}`);
  const bytes = Array.from(
    { length: octets },
    (_, at) => Math.floor(value / 256 ** (octets - 1 - at)) & 255,
  );
  return Uint8Array.from(bytes);
};

/** Seconds, or the units that zone files use (`1h30m`). */
const duration = (text: string): number => {
  if (/^\d+$/.test(text)) return Number(text);
  const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
  if (!/^(\d+[smhdw])+$/i.test(text)) throw new PresentationError(`not a time to live: ${text}`);
  return [...text.toLowerCase().matchAll(/(\d+)([smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit!]!,
    0,
  );
};

/** 14 digits in UTC, or seconds since 1970 (RFC 4034 §3.2). */
export const readTime = (text: string): number => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return Number(text) >>> 0;
  const [year, month, day, hour, minute, second] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (Date.UTC(year, month - 1, day, hour, minute, second) / 1000) >>> 0;
};

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const base64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));

const base32Hex = (text: string): Uint8Array => {
  const digits = '0123456789abcdefghijklmnopqrstuv';
  let bits = '';
  for (const digit of text.toLowerCase()) {
    const value = digits.indexOf(digit);
    if (value < 0) throw new PresentationError(`not base32hex: ${text}`);
    bits += value.toString(2).padStart(5, '0');
  }
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (octet) => parseInt(octet, 2));
};

const typeBitmap = (types: readonly string[]): Uint8Array => {
  const windows = new Map<number, Uint8Array>();
  for (const text of types) {
    const type = typeNumberOf(readType(text));
    const bits = windows.get(type >> 8) ?? new Uint8Array(32);
    bits[(type & 255) >> 3]! |= 0x80 >> (type & 7);
    windows.set(type >> 8, bits);
  }
  return concatOctets(
    [...windows]
      .sort(([left], [right]) => left - right)
      .flatMap(([window, bits]) => {
        const length = bits.findLastIndex((octet) => octet !== 0) + 1;
        return [Uint8Array.of(window, length), bits.subarray(0, length)];
      }),
  );
};

/** A character-string: quoted or bare, with escapes. */
const characterString = (text: string): Uint8Array => {
  const bare = text.startsWith('"') ? text.slice(1, -1) : text;
  const octets: number[] = [];
  for (let at = 0; at < bare.length; at++) {
    const digits = bare[at] === '\\' ? /^\d{3}/.exec(bare.slice(at + 1))?.[0] : undefined;
    if (digits !== undefined) {
      octets.push(Number(digits));
      at += 3;
    } else octets.push(...Buffer.from(bare[at] === '\\' ? bare[++at]! : bare[at]!));
  }
  if (octets.length > 255) throw new PresentationError('a character-string above 255 octets');
  return Uint8Array.from([octets.length, ...octets]);
};

const ipv4 = (text: string): Uint8Array =>
  concatOctets(text.split('.').map((part) => number(1, part)));

const ipv6 = (text: string): Uint8Array => {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const quad = ipv4(dotted[2]!);
    const tail = [0, 2].map((at) => ((quad[at]! << 8) | quad[at + 1]!).toString(16)).join(':');
    return ipv6(dotted[1]! + tail);
  }
  const [front, back] = text.split('::') as [string, string | undefined];
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const before = groups(front);
  const after = back === undefined ? [] : groups(back);
  const zeros = Array<string>(back === undefined ? 0 : 8 - before.length - after.length).fill('0');
  const all = [...before, ...zeros, ...after];
  if (all.length !== 8) throw new PresentationError(`not an IPv6 address: ${text}`);
  return concatOctets(all.map((group) => number(2, String(parseInt(group, 16)))));
};

/** A name keeps its case in RDATA: NSEC's next name is signed as it was written (RFC 6840 §5.1). */
const encodeCased = (text: string): Uint8Array => {
  const folded = encodeName(readName(text));
  const octets: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '.') continue;
    const digits = text[at] === '\\' ? /^\d{3}/.exec(text.slice(at + 1))?.[0] : undefined;
    if (digits !== undefined) {
      octets.push(Number(digits));
      at += 3;
    } else octets.push(text.charCodeAt(text[at] === '\\' ? ++at : at));
  }
  // Put the octets as written over the folded ones; the lengths stay.
  for (let at = 0, from = 0; folded[at] !== 0 && at < folded.length;) {
    const length = folded[at]!;
    for (let each = 0; each < length; each++) folded[at + 1 + each] = octets[from++]!;
    at += 1 + length;
  }
  return folded;
};

/** Mnemonics without their dashes: the registry's, and those that BIND and ldns write. */
const algorithms: Readonly<Record<string, string>> = {
  RSAMD5: '1',
  DH: '2',
  DSA: '3',
  RSASHA1: '5',
  DSANSEC3SHA1: '6',
  NSEC3DSA: '6',
  NSEC3RSASHA1: '7',
  RSASHA1NSEC3SHA1: '7',
  RSASHA256: '8',
  RSASHA512: '10',
  ECCGOST: '12',
  ECDSAP256SHA256: '13',
  ECDSAP384SHA384: '14',
  ED25519: '15',
  ED448: '16',
  INDIRECT: '252',
  PRIVATEDNS: '253',
  PRIVATEOID: '254',
};

const algorithm = (text: string): Uint8Array =>
  number(1, algorithms[text.toUpperCase().replaceAll('-', '')] ?? text);

/** Kinds of fields: how each is written into RDATA. */
const writers = {
  u8: (word: string) => number(1, word),
  u16: (word: string) => number(2, word),
  u32: (word: string) => number(4, word),
  duration: (word: string) => number(4, String(duration(word))),
  time: (word: string) => number(4, String(readTime(word))),
  type: (word: string) => number(2, String(typeNumberOf(readType(word)))),
  algorithm,
  ipv4,
  ipv6,
  name: encodeCased,
  string: characterString,
  /** A character-string without its length: it reaches to the end. */
  text: (word: string) => characterString(word).subarray(1),
  salt: (word: string) => counted(word === '-' ? new Uint8Array() : hex(word)),
  hash: (word: string) => counted(base32Hex(word)),
} as const;
const counted = (octets: Uint8Array): Uint8Array => Uint8Array.of(octets.length, ...octets);

/** Kinds that take all the words that are left. */
const lastWriters = {
  hex: (words: readonly string[]) => hex(words.join('')),
  /** Octets with dashes between them. */
  dashed: (words: readonly string[]) => hex(words.join('').replaceAll('-', '')),
  base64: (words: readonly string[]) => base64(words.join('')),
  strings: (words: readonly string[]) => concatOctets(words.map(characterString)),
  types: typeBitmap,
} as const;

const isWriter = (kind: string): kind is keyof typeof writers => Object.hasOwn(writers, kind);

function encodeFields(type: RrType, words: readonly string[]): Uint8Array {
  const layout = fieldLayouts[type];
  if (layout === undefined) throw new PresentationError(`no way to read the fields of ${type}`);
  return concatOctets(
    layout
      .split(' ')
      .map((kind, at) =>
        isWriter(kind)
          ? writers[kind](words[at] ?? '')
          : lastWriters[kind as keyof typeof lastWriters](words.slice(at)),
      ),
  );
}

/** Words of a line: quoted strings stay whole, parentheses and comments go. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"(?:\\.|[^"\\])*"|;.*$|[()]|(?:\\.|[^\s"();\\])+/g)]
    .map(([word]) => word)
    .filter((word) => !word.startsWith(';') && word !== '(' && word !== ')');

/**
 * Reads one record. A missing time to live counts as 3600, a missing class as IN; the two may stand
 * in either order. Throws `PresentationError` with what is wrong.
 */
export function readRecord(line: string): WireRecord {
  const [owner, ...rest] = wordsOf(line);
  if (owner === undefined) throw new PresentationError('an empty record');
  let ttlSeconds = 3600;
  let at = 0;
  for (; at < 2; at++) {
    const word = rest[at] ?? '';
    if (/^(\d+[smhdw]?)+$/i.test(word)) ttlSeconds = duration(word);
    else if (!/^(?:IN|CLASS1)$/i.test(word)) break;
  }
  const type = readType(rest[at] ?? '');
  const fields = rest.slice(at + 1);
  const rdata = fields[0] === '\\#' ? hex(fields.slice(2).join('')) : encodeFields(type, fields);
  const decoded = decodeRdata(type, rdata);
  if (decoded === undefined) throw new PresentationError(`malformed ${type}: ${line.slice(0, 80)}`);
  return { name: readName(owner), ttlSeconds, ...decoded, rdata };
}
