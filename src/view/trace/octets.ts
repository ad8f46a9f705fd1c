/**
 * What went over the line as octets, each owned by one stretch with its meaning and its clause: DNS
 * questions and records in wire form (RFC 1035 §3.2.1, §4.1.2; names are written out, without the
 * compression of §4.1.4), SMTP lines, what HTTP/1.1 makes of asking for a policy and of the answer
 * (RFC 9112 §2.1), and the lines of the policy, each with what ends it.
 * Loaded when a reader asks for it.
 */
import type { Citation } from '../../core/cite.ts';
import { encodeName, parseName } from '../../core/dns/name.ts';
import { addressOctets } from '../../core/dns/special-purpose.ts';
import { typeNumberOf, type RrType } from '../../core/dns/type.ts';
import { hexToOctets, textToOctets } from '../../core/grammar/octets.ts';
import type { MessageKey } from '../messages/message-key.ts';
import type { WireLine, WireNote, WireSpan } from './exchange.ts';
import { clauseOf } from './wire.table.ts';

/** A stretch of octets that one clause owns. */
export interface OctetSpan {
  readonly octets: Uint8Array;
  /** The same, as it is written for people. */
  readonly text: string;
  /** A message key. */
  readonly note: MessageKey;
  readonly clause?: Citation;
}

const own = (octets: Uint8Array, text: string, note: WireNote): OctetSpan => {
  const clause = clauseOf(note);
  return { octets, text, note: `wire.${note}`, ...(clause === undefined ? {} : { clause }) };
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const number = (value: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => Math.floor(value / 2 ** (8 * (length - 1 - at))) % 2 ** 8);

function name(text: string): Uint8Array {
  const parsed = parseName(text);
  return parsed.ok ? encodeName(parsed.value) : new Uint8Array();
}

const address = (text: string): Uint8Array => addressOctets(text) ?? new Uint8Array();

/** How the value of a field stands on the line, by its note. */
const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'record.name': name,
  'record.ttl': (text) => number(Number(text), 4),
  'record.class': () => number(1, 2),
  'record.type': (text) => number(typeNumberOf(text as RrType), 2),
  'lookup.question': name,
  'record.address': address,
  'record.alias': name,
  'mx.preference': (text) => number(Number(text), 2),
  'mx.exchange': name,
  'tlsa.usage': (text) => number(Number(text), 1),
  'tlsa.selector': (text) => number(Number(text), 1),
  'tlsa.matching': (text) => number(Number(text), 1),
  'tlsa.association': hexToOctets,
};

/** A stretch that no field of a standard begins is owned as text. */
const noteOf = ({ note = 'wire.line.text' }: WireSpan): WireNote =>
  note.replace(/^wire\./, '') as WireNote;

function encoded(span: WireSpan): OctetSpan {
  const note = noteOf(span);
  const encode = encodings[note] ?? encodings[note.replace(/\.[^.]*$/, '')];
  const text = span.text.trim();
  return own(encode?.(text) ?? textToOctets(span.text), text, note);
}

const stringOctets = 255;

/** A text as character-strings: a length before every 255 octets, wherever its fields begin. */
function strings(fields: readonly WireSpan[]): OctetSpan[] {
  let left = fields.reduce((sum, { text }) => sum + text.length, 0);
  let room = 0;
  const spans: OctetSpan[] = [];
  for (const field of fields)
    for (let rest = field.text; rest !== '';) {
      if (room === 0) {
        room = Math.min(left, stringOctets);
        spans.push(own(number(room, 1), String(room), 'txt.length'));
      }
      const part = rest.slice(0, room);
      spans.push({ ...encoded({ ...field, text: part }), octets: textToOctets(part), text: part });
      rest = rest.slice(room === part.length ? room : part.length);
      room -= part.length;
      left -= part.length;
    }
  return spans;
}

/** On the line type and class come before the time to live, and a length before the data. */
function record(spans: readonly WireSpan[]): OctetSpan[] {
  const [owner, ttl, klass, type, ...rest] = spans;
  if (owner === undefined || ttl === undefined || klass === undefined || type === undefined)
    return [];
  const isText = type.text.trim() === 'TXT';
  const data = isText ? strings(rest.filter(({ text }) => text !== '"')) : rest.map(encoded);
  const length = data.reduce((sum, { octets }) => sum + octets.length, 0);
  return [
    ...[owner, type, klass, ttl].map(encoded),
    own(number(length, 2), String(length), 'record.length'),
    ...data,
  ];
}

/** A reply of SMTP: its code, whether more lines follow, and words that no program reads. */
function text({ spans, end = '', endNote = 'line.end' }: WireLine): OctetSpan[] {
  const parts = spans.flatMap((span): OctetSpan[] => {
    const reply = /^(\d{3})([ -])(.*)$/.exec(span.text);
    const note = noteOf(span);
    if (reply === null || !note.startsWith('smtp.')) return [own(utf8(span.text), span.text, note)];
    const [, code = '', more = '', words = ''] = reply;
    const said = note === 'smtp.starttls' ? note : 'smtp.words';
    return [
      own(utf8(code), code, note === 'smtp.starttls' ? 'smtp.ok' : note),
      own(utf8(more), more, more === '-' ? 'smtp.more' : 'smtp.last'),
      own(utf8(words), words, said),
    ].filter(({ octets }) => octets.length > 0);
  });
  return end === '' ? parts : [...parts, own(utf8(end), '', endNote)];
}

/** The octets of a line; none where it tells of something that is no line (a connection, a result). */
export function octetsOf(line: WireLine): readonly OctetSpan[] {
  switch (line.form) {
    case 'question': {
      const [asked, klass, type] = line.spans;
      return [asked, type, klass].flatMap((span) => (span === undefined ? [] : [encoded(span)]));
    }
    case 'record':
      return record(line.spans);
    case 'line':
      return text(line);
    default:
      return [];
  }
}

/** Octets in pairs of hexadecimal digits. */
export const formatOctets = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ');
