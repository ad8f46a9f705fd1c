/**
 * Plans of what to publish when: steps with the earliest moment and what has to stand by then.
 *
 * The threat is our own advice: a record that comes too late, or a policy that goes too early, makes
 * strict senders hold mail or look attacked.
 * Implements: RFC 7671 §8.1, RFC 8461 §8.1, §8.3, zone lines of RFC 1035 §5.1; the records themselves are
 * written by their own rooms.
 * Left out: changing a zone or a server; what is published is read back by our own parsers only.
 */
import type { Citation } from '../cite.ts';

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

export const daySeconds = 86_400;

/** The form of the example of RFC 8461 §3.1: a moment in UTC, letters and digits only. */
export const stsIdAt = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '');
