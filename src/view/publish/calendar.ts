/**
 * The steps of a plan as a calendar file (RFC 5545), so that the step of three months ahead is not
 * forgotten.
 */
import type { Lang } from '../messages/lang.ts';
import type { Say } from '../messages/say.ts';
import { sayStep, type StepView } from './view.ts';

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

/** `subject`: the name that the plan is about. */
export const planCalendar = (
  subject: string,
  steps: readonly StepView[],
  say: Say,
  lang: Lang,
  stampSeconds: number,
): string =>
  formatCalendar(
    steps.map((step, index) => ({
      id: `${step.id}-${index}-${step.notBeforeSeconds}@${subject}`,
      seconds: step.notBeforeSeconds,
      summary: `${subject}: ${sayStep(say, step, lang)}`,
      description: [...step.records.map(({ zoneLine }) => zoneLine), step.file ?? ''].join('\n'),
    })),
    stampSeconds,
  );
