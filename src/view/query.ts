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

/** Reads a stretch of a list of `count` things, as `3` or `2-4`, counted from 1; from 0 in what it returns. */
export function readRange(
  query: URLSearchParams,
  name: string,
  count: number,
  corrections: Correction[],
): { readonly from: number; readonly to: number } | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const [, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const [from, to] = [Number(first) - 1, Number(last) - 1];
  if (from >= 0 && from <= to && to < count) return { from, to };
  corrections.push({ key: 'link.unknown-choice', args: { name, text, used: `1-${count}` } });
  return undefined;
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
