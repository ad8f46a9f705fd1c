/**
 * The simulator's state. Traces are immutable: they are kept raw, and the cursor is an index.
 * The heavy part, senders, world and picture, is loaded when it is first needed; until then the page
 * shows the trace that was computed when it was built.
 */
import type { Protection } from '../../core/sender/sender.ts';
import type { Outcome } from '../../core/verdict.ts';
import type { KnobName, Knobs } from '../../world/simulated/knobs.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { lateWords } from './deferred-messages.ts';
import type { Words } from '../../view/messages/say.ts';
import { withoutPrefix, withParameters, writeSearch, type Correction } from '../../view/query.ts';
import { parameterNames, presetOf, toQuery, type LinkState } from '../../view/simulator/address.ts';
import type * as engine from './engine.ts';
import type { FirstFrame, Preset, Simulation } from '../../view/simulator/simulation.ts';

export type Engine = typeof engine;
export type Prediction = 'safe' | 'unsafe' | 'undelivered';

export interface SessionInput {
  readonly lang: Lang;
  readonly initial: FirstFrame;
  readonly presets: readonly Preset[];
  readonly prefix: string;
}

/** A run, with the engine that made it and can show it. */
export interface Alive extends Simulation {
  readonly engine: Engine;
}

export class Session {
  /** Undefined while the page still shows the trace it was built with. */
  alive = $state.raw<Alive | undefined>(undefined);
  knobs = $state.raw<Knobs>() as Knobs;
  cursor = $state(1);
  compare = $state<Protection | undefined>(undefined);
  other = $state.raw<Simulation | undefined>(undefined);
  corrections = $state.raw<readonly Correction[]>([]);
  /** What only a living trace says. */
  late = $state.raw<Words>({});
  failed = $state(false);
  predicting = $state(false);
  predicted = $state<Prediction | undefined>(undefined);

  readonly #input: SessionInput;
  /** Counts the changes, so that an answer that comes late is not shown. */
  #change = 0;
  #engine: Promise<Engine> | undefined;

  constructor(input: SessionInput) {
    this.#input = input;
    this.knobs = input.initial.knobs;
    this.cursor = input.initial.count;
  }

  get outcome(): Outcome {
    return (this.alive ?? this.#input.initial).outcome;
  }

  get count(): number {
    return this.alive?.rows.length ?? this.#input.initial.count;
  }

  get preset(): Preset | undefined {
    return presetOf(this.knobs, this.#input.presets);
  }

  get covered(): boolean {
    return this.predicting && this.predicted === undefined;
  }

  engine(): Promise<Engine> {
    return (this.#engine ??= Promise.all([import('./engine.ts'), lateWords(this.#input.lang)]).then(
      ([engine, late]) => {
        this.late = late;
        return engine;
      },
    ));
  }

  /** Takes the state that the page's address asks for. */
  async open(search: string): Promise<void> {
    const query = withoutPrefix(search, this.#input.prefix);
    if ([...query].length === 0) return;
    const { fromQuery } = await this.engine();
    const { state, corrections } = fromQuery(query, this.#input.presets, this.#input.initial.knobs);
    this.predicting = state.predict;
    this.compare = state.compare;
    await this.#run(state.knobs, state.step);
    const past = state.step !== undefined && state.step > this.count;
    this.corrections = past
      ? [
          ...corrections,
          { key: 'simulator.step-past-end', args: { step: state.step, count: this.count } },
        ]
      : corrections;
  }

  async choose(knobs: Knobs): Promise<void> {
    this.corrections = [];
    this.predicted = undefined;
    await this.#run(knobs);
    this.write();
  }

  set(name: KnobName, value: string): Promise<void> {
    return this.choose({ ...this.knobs, [name]: value });
  }

  async compareWith(protection: Protection | undefined): Promise<void> {
    this.compare = protection;
    await this.#run(this.knobs, this.cursor);
    this.write();
  }

  /** To a step, held to the first and the last. */
  async move(to: number): Promise<void> {
    this.cursor = Math.max(1, Math.min(this.count, to));
    if (!this.alive) await this.#run(this.knobs, this.cursor);
    this.write();
  }

  /** An answer uncovers the trace, at its first step. */
  async predict(answer: Prediction): Promise<void> {
    this.predicted = answer;
    await this.move(1);
  }

  cover(covered: boolean): void {
    this.predicting = covered;
    this.predicted = undefined;
    this.write();
  }

  async #run(knobs: Knobs, step?: number): Promise<void> {
    const change = ++this.#change;
    this.knobs = knobs;
    try {
      const engine = await this.engine();
      if (change !== this.#change) return;
      const settled = engine.settle(knobs).knobs;
      this.knobs = settled;
      this.alive = { ...engine.simulate(settled), engine };
      this.other = this.compare
        ? engine.simulate({ ...settled, protection: this.compare })
        : undefined;
      this.cursor = Math.min(step ?? this.count, this.count);
      this.failed = false;
    } catch (error) {
      if (change !== this.#change) return;
      this.failed = true;
      console.error(error);
    }
  }

  get #link(): LinkState {
    return {
      knobs: this.knobs,
      preset: undefined,
      compare: this.compare,
      step: this.cursor === this.count ? undefined : this.cursor,
      predict: this.predicting,
    };
  }

  write(): void {
    writeSearch(this.search());
  }

  search(): string {
    return withParameters(location.search, this.#input.prefix, parameterNames, toQuery(this.#link));
  }
}
