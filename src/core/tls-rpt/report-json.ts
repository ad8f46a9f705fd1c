/**
 * The shapes that a TLS report is made of (RFC 8460 §4.4), as checks of parsed JSON; and, for a text that is not
 * that JSON, what it is instead.
 */
import { parseJson } from '../grammar/json.ts';

/** Counts are JSON numbers, whole and not negative; a number in quotes is none. */
export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Why a value is no count: what is in quotes some readers take; beyond 2^53 a number is no longer exact. */
export const countFault = (value: unknown): string => {
  if (typeof value === 'string') return 'count-not-a-number';
  const isTooLarge = typeof value === 'number' && value > Number.MAX_SAFE_INTEGER;
  return isTooLarge ? 'count-too-large' : 'count-not-whole';
};

const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-](\d\d):(\d\d))?$/i;

/** RFC 3339 §5.6; the offset may be missing, because large reporters leave it out. */
export function isDateTime(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = (
    dateTime.exec(value)?.slice(1) ?? []
  ).map((digits) => (digits === undefined ? 0 : Number(digits)));
  if (year === undefined || month === undefined || day === undefined) return false;
  // The calendar repeats itself after 400 years, and `Date.UTC` reads years below 100 as 19xx.
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= lastDay &&
    (hour ?? 0) <= 23 &&
    (minute ?? 0) <= 59 &&
    (second ?? 0) <= 60 &&
    (offsetHour ?? 0) <= 23 &&
    (offsetMinute ?? 0) <= 59
  );
}

/**
 * Seconds since 1970 of what `isDateTime` takes; without an offset the date is read as UTC. A leap second is
 * the second before it, because `Date` has none.
 */
export const secondsOf = (text: string): number =>
  Date.parse(
    text
      .replace(/(:\d\d):60/, '$1:59')
      .replace(/t([\d:.]+)$/i, 'T$1Z')
      .toUpperCase(),
  ) / 1000;

/** A string as it is; null for anything else. */
export const optionalText = (value: unknown): string | null =>
  typeof value === 'string' ? value : null;

/** A list of strings, or one string as a list of one; null where there is neither. */
export function textList(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  return value.filter((item): item is string => typeof item === 'string');
}

export type NoJson =
  | 'not-json'
  | 'json-cut-off'
  | 'json-lines'
  | 'text-after-json'
  | 'json-fault'
  | 'html'
  | 'dmarc'
  | 'xml';

/** Enough to see what a text begins with. */
const headCharacters = 4096;

/** What a text is that should have been one JSON object, by its first characters and where its first object ends. */
export function whyNoJson(text: string): NoJson {
  const head = text.slice(0, headCharacters).trimStart().toLowerCase();
  if (head.startsWith('<')) return kindOfMarkup(head);
  if (!/^[{[]/.test(head)) return 'not-json';
  const end = endOfFirst(text);
  if (end === undefined) return 'json-cut-off';
  if (parseJson(text.slice(0, end)) === undefined) return 'json-fault';
  return /^\s*[{[]/.test(text.slice(end, end + headCharacters)) ? 'json-lines' : 'text-after-json';
}

/** `feedback` is the root of a DMARC report (RFC 7489 Appendix C): the two come to one mailbox. */
function kindOfMarkup(head: string): NoJson {
  if (/<(?:!doctype\s+html|html|head|body)\b/.test(head)) return 'html';
  return /<feedback\b/.test(head) ? 'dmarc' : 'xml';
}

/** The object or list that a text begins with, where something else follows; undefined where there is none. */
export function jsonBefore(text: string): string | undefined {
  const end = /^\s*\{/.test(text) ? endOfFirst(text) : undefined;
  return end === undefined || text.slice(end).trim() === '' ? undefined : text.slice(0, end);
}

/** Where the first object or list closes; undefined where it never does. */
function endOfFirst(text: string): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
