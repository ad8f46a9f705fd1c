/**
 * The simulator's state. Traces are immutable: they are kept raw, and the cursor is an index.
 * The heavy part, senders and world, is loaded when it is first needed.
 */
import type { Protection } from '../../core/sender/sender.ts';
import type { KnobName, Knobs } from '../../world/knobs.ts';
import { withoutPrefix, withParameters, writeSearch, type Correction } from '../parts/query.ts';
import { parameterNames, presetOf, toQuery, type LinkState } from './address.ts';
import type * as engine from './engine.ts';
import type { Preset, Simulation } from './simulation.ts';

export type Engine = typeof engine;

export interface SessionInput {
  readonly initial: Simulation;
  readonly presets: readonly Preset[];
  readonly prefix: string;
}

export class Session {
  simulation = $state.raw<Simulation>() as Simulation;
  knobs = $state.raw<Knobs>() as Knobs;
  cursor = $state(1);
  compare = $state<Protection | undefined>(undefined);
  other = $state.raw<Simulation | undefined>(undefined);
  corrections = $state.raw<readonly Correction[]>([]);
  failed = $state(false);
  predicting = $state(false);
  predicted = $state<'safe' | 'unsafe' | 'undelivered' | undefined>(undefined);

  readonly #input: SessionInput;
  /** Counts the changes, so that an answer that comes late is not shown. */
  #change = 0;
  #engine: Promise<Engine> | undefined;

  constructor(input: SessionInput) {
    this.#input = input;
    this.simulation = input.initial;
    this.knobs = input.initial.knobs;
    this.cursor = input.initial.rows.length;
  }

  get preset(): Preset | undefined {
    return presetOf(this.knobs, this.#input.presets);
  }

  get covered(): boolean {
    return this.predicting && this.predicted === undefined;
  }

  engine(): Promise<Engine> {
    return (this.#engine ??= import('./engine.ts'));
  }

  /** Takes the state that the page's address asks for. */
  async open(search: string): Promise<void> {
    const query = withoutPrefix(search, this.#input.prefix);
    if ([...query].length === 0) return;
    const { fromQuery } = await this.engine();
    const { state, corrections } = fromQuery(query, this.#input.presets, this.#input.initial.knobs);
    this.corrections = corrections;
    this.predicting = state.predict;
    this.compare = state.compare;
    await this.#run(state.knobs);
    if (state.step !== undefined) this.cursor = Math.min(state.step, this.simulation.rows.length);
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
    await this.#run(this.knobs);
    this.write();
  }

  predict(answer: 'safe' | 'unsafe' | 'undelivered'): void {
    this.predicted = answer;
    this.cursor = 1;
  }

  async #run(knobs: Knobs): Promise<void> {
    const change = ++this.#change;
    this.knobs = knobs;
    try {
      const { settle, simulate } = await this.engine();
      if (change !== this.#change) return;
      const settled = settle(knobs).knobs;
      this.knobs = settled;
      this.simulation = simulate(settled);
      this.other = this.compare ? simulate({ ...settled, protection: this.compare }) : undefined;
      this.cursor = this.simulation.rows.length;
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
      step: this.cursor === this.simulation.rows.length ? undefined : this.cursor,
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
