/**
 * Procedures and what they leave behind.
 *
 * A procedure is a generator: it yields questions to the world (`Ask`) and steps (a rule that
 * applied, with its evidence) and returns a value. The same text runs against a simulated, a
 * recorded or a live world; the trace of its yields is plain data, so going back in time is an
 * array index and never a second run.
 */
import type { Ask, AnswerTo } from './ask.ts';
import type { RuleId } from './rules.ts';

/** Facts a step rests on, by name; shown behind "exactly", never joined into sentences here. */
export type Evidence = Readonly<Record<string, unknown>>;

/** A rule that applied. Its citations are in the rule table, `core/rules.ts`. */
export interface Step {
  readonly rule: RuleId;
  readonly evidence?: Evidence;
}

export type Procedure<Result> = Generator<Ask | Step, Result, unknown>;

/** What `yield*` hands on once; the whole then has the value of what came back. */
type Once<Yielded, Result> = Iterable<Yielded, Result, unknown>;

/**
 * `yield* once(x)` is `yield x` with a type for what comes back. A plain object and not a generator
 * of its own: a delivery yields some twenty times, and making generators was half of its cost.
 */
class OnceIterator<Yielded, Result> implements Iterator<Yielded, Result, unknown> {
  #isYielded = false;
  readonly #yielded: Yielded;
  constructor(yielded: Yielded) {
    this.#yielded = yielded;
  }
  [Symbol.iterator](): this {
    return this;
  }
  next(back: unknown): IteratorResult<Yielded, Result> {
    if (this.#isYielded) return { done: true, value: back as Result };
    this.#isYielded = true;
    return { done: false, value: this.#yielded };
  }
}

/** Puts one question to the world; the answer has the question's own type. */
export const ask = <A extends Ask>(question: A): Once<A, AnswerTo<A>> => new OnceIterator(question);

/** Puts independent questions at once; the answers come in the questions' order. */
export const askAll = <const Questions extends readonly Ask[]>(
  questions: Questions,
): Once<Ask, { readonly [Index in keyof Questions]: AnswerTo<Questions[Index]> }> =>
  new OnceIterator({ ask: 'all', questions });

/** A rule that applied, to be yielded: nothing comes back, so `yield` will do. */
export const step = (rule: RuleId, evidence?: Evidence): Step =>
  evidence === undefined ? { rule } : { rule, evidence };

/** Tells a question, which wants an answer, from a step, which wants none. */
export const isAsk = (yielded: Ask | Step): yielded is Ask =>
  (yielded as { readonly ask?: unknown }).ask !== undefined;

/**
 * One entry of a trace. `tampered` is what the world knows and the sender does not: what an
 * attacker did to this answer. Only a simulated world can fill it.
 */
export type TraceEvent =
  | {
      readonly kind: 'asked';
      readonly ask: Ask;
      readonly answer: unknown;
      readonly tampered?: Tampering;
      /** Validation, or another procedure the world ran to answer. */
      readonly inner?: Trace<unknown>;
    }
  | ({ readonly kind: 'step' } & Step);

/** What an attacker did in flight, and (where there was one) the answer it replaced. */
export interface Tampering {
  readonly by: string;
  readonly original?: unknown;
}

export interface Trace<Result> {
  readonly events: readonly TraceEvent[];
  readonly result: Result;
}
