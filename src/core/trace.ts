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

/** Puts one question to the world; the answer has the question's own type. */
export function* ask<A extends Ask>(question: A): Generator<A, AnswerTo<A>, unknown> {
  return (yield question) as AnswerTo<A>;
}

/** Puts independent questions at once; the answers come in the questions' order. */
export function* askAll<const Questions extends readonly Ask[]>(
  questions: Questions,
): Generator<Ask, { readonly [Index in keyof Questions]: AnswerTo<Questions[Index]> }, unknown> {
  return (yield { ask: 'all', questions }) as {
    readonly [Index in keyof Questions]: AnswerTo<Questions[Index]>;
  };
}

/** Records that a rule applied. */
export function* step(rule: RuleId, evidence?: Evidence): Generator<Step, void, unknown> {
  yield evidence === undefined ? { rule } : { rule, evidence };
}

export const isAsk = (yielded: Ask | Step): yielded is Ask => 'ask' in yielded;

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
