/**
 * Expected failure is a value. Every parser of the core returns one of these and never throws on input.
 */
import type { Citation } from './cite.ts';

/** A place in a text: octet or character offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One thing wrong with a text, where it is wrong, and (where it helps) what stood there. */
export interface ParseProblem<Code extends string> {
  readonly code: Code;
  readonly at: Span;
  readonly found?: string;
  /** Which sentence tells it best, finer than `code`: `situation.<room>.<situation>` in the messages. */
  readonly situation?: string;
  /** By which slip it came about, where that has a sentence of its own; its message is `situation.<room>.<slip>`. */
  readonly slip?: string;
  /** What was meant, or what to write, where that is known. */
  readonly instead?: string;
  /** The standard's word for how binding the broken clause is, where it is not MUST. */
  readonly level?: 'SHOULD' | 'suggested';
}

export type Parsed<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value; readonly warnings: readonly ParseProblem<string>[] }
  | {
      readonly ok: false;
      readonly problems: readonly ParseProblem<Code>[];
      /** What is worth telling beside the problems. */
      readonly warnings?: readonly ParseProblem<string>[];
    };

/** One stretch of text and the part of the grammar that owns it. */
export interface Mark<Part extends string = string> {
  readonly part: Part;
  readonly at: Span;
  readonly clause: Citation;
}

/**
 * How one known reader takes a text that the standard and the field read differently.
 * `note` says why, as an id of a sentence; `value` is what that reader makes of it, where known.
 */
export interface ReaderVerdict {
  readonly reader: string;
  readonly accepts: boolean;
  readonly note: string;
}

/**
 * A parse result with its text. Spans count characters of `text`.
 * The marks stand in order, do not overlap, and together own every character, also after a fault.
 * `readers` lists known software only where its reading differs from ours or is worth telling.
 */
export type Annotated<Value, Code extends string, Part extends string = string> = Parsed<
  Value,
  Code
> & {
  readonly text: string;
  readonly marks: readonly Mark<Part>[];
  readonly readers: readonly ReaderVerdict[];
};

/** The line and column of places in a text, from 1. The text is read once, however many places are asked for. */
export function placesIn(
  text: string,
): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1))
    starts.push(feed + 1);
  return (at) => {
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= at) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}
