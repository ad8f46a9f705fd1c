/** Reads a widget's state from its own parameters of the query string, and says what it had to change. */
import type { Args } from './messages/say.ts';
import type { Line } from './messages/line.ts';
import { hold } from './scale.ts';

/** Something about a link that had to be changed: a sentence by its key. */
export type Correction = Line & { readonly args: Args };

export interface NumberLimits {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** Reads one number, held to its limits; says so when that changed it. */
export function readNumber(
  query: URLSearchParams,
  name: string,
  limits: NumberLimits,
  otherwise: number,
  corrections: Correction[],
): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = text.trim() === '' ? NaN : Number(text.replace(',', '.'));
  if (!Number.isFinite(value)) {
    corrections.push({ key: 'link.not-a-number', args: { name, text, used: otherwise } });
    return otherwise;
  }
  const held = hold(value, limits.low, limits.high, limits.step);
  if (Math.abs(held - value) > limits.step / 2)
    corrections.push({ key: 'link.out-of-range', args: { name, text, used: held } });
  return held;
}

/** Reads one of a list. */
export function readChoice<const Choice extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly Choice[],
  otherwise: Choice,
  corrections: Correction[],
): Choice {
  const text = query.get(name);
  if (text === null) return otherwise;
  const found = choices.find((choice) => choice === text);
  if (found === undefined)
    corrections.push({ key: 'link.unknown-choice', args: { name, text, used: otherwise } });
  return found ?? otherwise;
}

/**
 * Reads a range of a list of `count` things, as `3` or `2-4`, counted from 1 in the address and in what it returns.
 * A range beyond the list is cut off at its ends, and text that is no range gives the whole list; both are told.
 */
export function readRange(
  text: string | null | undefined,
  name: string,
  count: number,
  corrections: Correction[],
): { readonly first: number; readonly last: number } | undefined {
  if (text === null || text === undefined) return undefined;
  const [, start, end = start] = /^\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6})\s*)?$/.exec(text) ?? [];
  const held = [Number(start ?? 1), Number(end ?? count)]
    .sort((a, b) => a - b)
    .map((each) => hold(each, 1, count, 1));
  const [first = 1, last = count] = held;
  const isAsked = first === Number(start) && last === Number(end);
  if (!isAsked)
    corrections.push({
      key: 'link.unknown-choice',
      args: { name, text, used: first === last ? `${first}` : `${first}-${last}` },
    });
  return { first, last };
}

/** A name with two values contradicts itself: the last one counts, and that is said. */
export function onceEach(
  asked: URLSearchParams,
  names: readonly string[],
): { readonly query: URLSearchParams; readonly corrections: Correction[] } {
  const query = new URLSearchParams(asked);
  const corrections: Correction[] = [];
  for (const name of names) {
    const values = query.getAll(name);
    const used = values.at(-1);
    if (used === undefined || new Set(values).size < 2) continue;
    query.set(name, used);
    corrections.push({ key: 'link.repeated', args: { name, used } });
  }
  return { query, corrections };
}
