/**
 * Expected failure is a value. Every parser of the core returns one of these and never throws on input.
 */

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
