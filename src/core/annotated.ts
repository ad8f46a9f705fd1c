/**
 * What a parser leaves behind for the reader: every character of the text with the part of the
 * grammar that owns it, and how known software reads the same text.
 */
import type { Citation } from './cite.ts';
import type { Parsed, Span } from './parsed.ts';

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
