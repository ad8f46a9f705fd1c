/**
 * Walks a procedure through a world and keeps the trace.
 *
 * Two walkers for one protocol: `walk` for worlds that answer at once (simulated, recorded; `run` keeps its trace)
 * and `runLive` for worlds that take time. The procedure cannot tell them apart.
 */
import type { AllAsk, Ask } from '../core/ask.ts';
import {
  isAsk,
  type Procedure,
  type Tampering,
  type Trace,
  type TraceEvent,
} from '../core/trace.ts';

/** An answer, with what only the world knows about it. */
export interface Answered {
  readonly answer: unknown;
  readonly tampered?: Tampering;
  readonly inner?: Trace<unknown>;
}

/** A world that answers at once. */
export interface World {
  answer(question: Exclude<Ask, AllAsk>): Answered;
}

/** A world whose answers may take time. */
export interface LiveWorld {
  answer(question: Exclude<Ask, AllAsk>): Answered | Promise<Answered>;
}

const asked = (question: Ask, answered: Answered): TraceEvent => ({
  kind: 'asked',
  ask: question,
  ...answered,
});

/**
 * Walks to the end in a world that answers at once. `onEvent` hears each event, those of parallel questions in
 * the order of the questions; who wants the result alone, for counting and matrices, gives none.
 */
export function walk<Result>(
  procedure: Procedure<Result>,
  world: World,
  onEvent?: (event: TraceEvent) => void,
): Result {
  const answerOne = (question: Ask): unknown => {
    if (question.ask === 'all') return question.questions.map(answerOne);
    const answered = world.answer(question);
    if (onEvent !== undefined) onEvent(asked(question, answered));
    return answered.answer;
  };
  let next = procedure.next();
  while (!next.done) {
    if (isAsk(next.value)) next = procedure.next(answerOne(next.value));
    else {
      if (onEvent !== undefined) onEvent({ kind: 'step', ...next.value });
      next = procedure.next();
    }
  }
  return next.value;
}

/** The same, with the trace. */
export function run<Result>(procedure: Procedure<Result>, world: World): Trace<Result> {
  const events: TraceEvent[] = [];
  return { result: walk(procedure, world, (event) => events.push(event)), events };
}

/**
 * Runs to the end against a world that takes time.
 * `onEvent` hears each event as it comes (progress); `signal` ends the run with its abort reason.
 */
export async function runLive<Result>(
  procedure: Procedure<Result>,
  world: LiveWorld,
  options: { readonly signal?: AbortSignal; readonly onEvent?: (event: TraceEvent) => void } = {},
): Promise<Trace<Result>> {
  const events: TraceEvent[] = [];
  const keep = (event: TraceEvent) => {
    events.push(event);
    options.onEvent?.(event);
  };
  const answerOne = async (question: Ask): Promise<{ answer: unknown; events: TraceEvent[] }> => {
    if (question.ask === 'all') {
      const parts = await Promise.all(question.questions.map(answerOne));
      return {
        answer: parts.map((part) => part.answer),
        events: parts.flatMap((part) => part.events),
      };
    }
    const answered = await world.answer(question);
    options.signal?.throwIfAborted();
    return { answer: answered.answer, events: [asked(question, answered)] };
  };
  let next = procedure.next();
  while (!next.done) {
    options.signal?.throwIfAborted();
    if (isAsk(next.value)) {
      const part = await answerOne(next.value);
      part.events.forEach(keep);
      next = procedure.next(part.answer);
    } else {
      keep({ kind: 'step', ...next.value });
      next = procedure.next();
    }
  }
  return { events, result: next.value };
}
