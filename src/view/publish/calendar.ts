/**
 * The steps of a plan as a calendar file (RFC 5545), so that the step of three months ahead is not
 * forgotten. Made and saved in the browser.
 */
export interface CalendarEntry {
  readonly id: string;
  readonly seconds: number;
  readonly summary: string;
  readonly description: string;
}

/** `20261125T090000Z` (RFC 5545 §3.3.5). */
const moment = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');

/** Text of a property (§3.3.11). A carriage return would begin a line of our file. */
const escaped = (text: string): string =>
  text
    .replace(/\r/g, '')
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\n/g, '\\n');

const octetsOf = (text: string): number => new TextEncoder().encode(text).length;

/** Lines of at most 75 octets; what follows begins with a blank (§3.1). */
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  for (const character of line) {
    if (octetsOf(current + character) > 75) {
      lines.push(current);
      current = ' ';
    }
    current += character;
  }
  return [...lines, current].join('\r\n');
}

const halfHourSeconds = 1800;

export function formatCalendar(entries: readonly CalendarEntry[], stampSeconds: number): string {
  const events = entries.flatMap(({ id, seconds, summary, description }) => [
    'BEGIN:VEVENT',
    `UID:${escaped(id)}`,
    `DTSTAMP:${moment(stampSeconds)}`,
    `DTSTART:${moment(seconds)}`,
    `DTEND:${moment(seconds + halfHourSeconds)}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    'END:VEVENT',
  ]);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//sts-dane//plan//',
    ...events,
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}
