/**
 * The simulator's state. Traces are immutable: they are kept raw, and the cursor is an index.
 * The heavy part, senders, world and picture, is loaded when it is first needed; until then the page
 * shows the trace that was computed when it was built.
 */
import type { Outcome } from '../../core/verdict.ts';
import type { Protection } from '../../core/sender/sender.ts';
import type { KnobName, Knobs } from '../../world/simulated/knobs.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { lateWords } from './deferred-messages.ts';
import { attackOf } from '../../view/simulator/choices.ts';
import { sayWith, type Say, type Words } from '../../view/messages/say.ts';
import type { Correction } from '../../view/query.ts';
import { addressWith, writeAddress } from '../link/search.ts';
import { parameterNames, presetOf, toQuery, type LinkState } from '../../view/simulator/address.ts';
import type * as engine from './engine.ts';
import type { FirstFrame, Shown, Simulation, Situation } from '../../view/simulator/simulation.ts';
import { momentsOf } from '../../view/stage/moments.ts';
import type { Ending } from '../../view/stage/signs.ts';
import type { Row } from '../../view/trace/row.ts';

export interface SessionInput {
  readonly lang: Lang;
  readonly words: Words;
  readonly initial: FirstFrame;
  readonly presets: readonly Situation[];
  /** The situations that a reader is asked about, in order; none: it opens with its outcome. */
  readonly series: readonly Situation[];
  /** Only the steps that its address names can be reached; else they are where it opens. */
  readonly isLocked?: boolean;
}

export class Session {
  /** Undefined while the page still shows the trace it was built with. */
  alive = $state.raw<Simulation | undefined>(undefined);
  knobs = $state.raw<Knobs>() as Knobs;
  cursor = $state(1);
  /** The steps that can be reached; undefined: all. */
  range = $state.raw<{ readonly first: number; readonly last: number } | undefined>(undefined);
  /** Of the days before the delivery, from 1; undefined: the delivery itself. */
  day = $state<number | undefined>(undefined);
  compare = $state<Protection | undefined>(undefined);
  other = $state.raw<Simulation | undefined>(undefined);
  corrections = $state.raw<readonly Correction[]>([]);
  /** The heavy part, once it is there. */
  loaded = $state.raw<typeof engine | undefined>(undefined);
  /** What only a living trace says. */
  late = $state.raw<Words>({});
  failed = $state(false);
  /** The reader is asked first; he may have answered by now. */
  predicting = $state(false);
  /** Of the series: was each answered well? */
  score = $state.raw<readonly (boolean | undefined)[]>([]);

  readonly #input: SessionInput;
  /** Counts the changes, so that an answer that comes late is not shown. */
  #change = 0;
  #loading: Promise<[typeof engine, Words]> | undefined;

  constructor(input: SessionInput) {
    this.#input = input;
    this.knobs = input.initial.knobs;
    this.cursor = input.initial.scene.steps.length;
    this.score = input.series.map(() => undefined);
    this.predicting = input.series.length > 0;
  }

  /** What is shown: the delivery that was computed last, or the one that the page was built with. */
  get shown(): Omit<FirstFrame, 'knobs'> {
    return this.#told ?? this.#input.initial;
  }

  /** The rows of what is shown, once they are there. */
  get rows(): readonly Row[] {
    return this.#told?.rows ?? [];
  }

  get #told(): Shown | undefined {
    return this.alive?.earlier[(this.day ?? 0) - 1] ?? this.alive;
  }

  /** What shows a run; undefined while the page still shows the trace it was built with. */
  get engine(): typeof engine | undefined {
    return this.alive && this.loaded;
  }

  /** In the language of the page. */
  readonly say: Say = $derived.by(() => {
    const { words, lang } = this.#input;
    return sayWith({ ...words, ...this.late }, lang);
  });

  readonly moments = $derived.by(() => momentsOf(this.shown.scene, this.say));

  get ending(): Ending {
    return this.shown.scene.ending;
  }

  get protection(): string {
    return this.say(`simulator.short.${this.knobs.protection}`);
  }

  /** How it ends, in words. */
  get title(): string {
    return this.say(`simulator.ends.${this.ending}`, { protection: this.protection });
  }

  get outcome(): Outcome {
    return this.shown.outcome;
  }

  get count(): number {
    return this.shown.scene.steps.length;
  }

  get preset(): Situation | undefined {
    return presetOf(this.knobs, this.#input.presets);
  }

  /** What it is called, or what was chosen. */
  get situation(): string {
    const { say } = this;
    if (this.day !== undefined) return say('simulator.day.past');
    const { history } = this.knobs;
    return (
      this.preset?.title ??
      say('simulator.situation', {
        history: say(`simulator.history.${history}`),
        attack: say(`simulator.attack.${attackOf(this.knobs) ?? 'own'}`),
      })
    );
  }

  /** Its place in the series of predictions. */
  get asked(): number | undefined {
    const at = this.#input.series.findIndex(({ id }) => id === this.preset?.id);
    return at < 0 ? undefined : at;
  }

  /** Loads the engine and its words; `false` where that fails, which `failed` says. The next press tries again. */
  async load(): Promise<boolean> {
    try {
      this.#loading ??= Promise.all([import('./engine.ts'), lateWords(this.#input.lang)]);
      [this.loaded, this.late] = await this.#loading;
      this.failed = false;
    } catch (error) {
      this.#loading = undefined;
      this.failed = true;
      console.error(error);
    }
    return !this.failed;
  }

  /** Takes the state that the page's address asks for. */
  async open(query: URLSearchParams): Promise<void> {
    if ([...query].length === 0) return;
    await this.load();
    if (!this.loaded) return;
    const { fromQuery, readRange } = this.loaded;
    const { state, corrections } = fromQuery(query, this.#input.presets, this.#input.initial.knobs);
    this.predicting = state.predict ?? false;
    this.compare = state.compare;
    await this.#run(state.knobs);
    const days = this.alive?.earlier.length ?? 0;
    const isDay = state.day !== undefined && state.day <= days;
    if (isDay) this.#show(state.day);
    const last = this.rows.length;
    const held: Correction[] = [];
    const range = readRange(state.steps, 'steps', this.count, held);
    if (range && this.#input.isLocked) this.range = range;
    if (range) this.cursor = range.first;
    if (state.step !== undefined) this.cursor = this.#held(this.#stepOfRow(state.step));
    const isPast = state.step !== undefined && state.step > last;
    this.corrections = [
      ...corrections,
      ...held,
      ...(state.day !== undefined && !isDay
        ? [{ key: 'simulator.day-past-end', args: { day: state.day, count: days } } as const]
        : []),
      ...(isPast
        ? [{ key: 'simulator.step-past-end', args: { step: state.step, count: last } } as const]
        : []),
    ];
  }

  /** An address names a step of the trace: its number stays what it was, however steps are drawn together. */
  #stepOfRow(row: number): number {
    const steps = this.shown.scene.steps;
    const at = steps.findIndex(({ rows }) => rows.some((number) => number >= row));
    return at < 0 ? steps.length : at + 1;
  }

  async choose(knobs: Knobs): Promise<void> {
    this.corrections = [];
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

  #held(step: number): number {
    const { first, last } = this.range ?? { first: 1, last: this.count };
    return Math.max(first, Math.min(last, step));
  }

  /** To a step, held to the first and the last. */
  async move(to: number): Promise<void> {
    this.cursor = this.#held(to);
    if (!this.alive) await this.#run(this.knobs, this.cursor);
    this.write();
  }

  /** Asks first, or shows how it ends: another picture than the page was built with. */
  async ask(isAsked: boolean): Promise<void> {
    if (!(await this.load())) return;
    this.predicting = isAsked;
    this.day = undefined;
    this.cursor = this.count;
    this.write();
  }

  /** To an earlier day, at its end, or to the delivery itself. */
  showDay(day: number | undefined): void {
    this.#show(day);
    this.write();
  }

  #show(day: number | undefined): void {
    this.day = day;
    this.cursor = this.count;
  }

  answered(isRight: boolean): void {
    const at = this.asked;
    if (at !== undefined)
      this.score = this.score.map((hit, index) => (index === at ? isRight : hit));
  }

  /** The next of the series; after its last the first, with a new score. */
  async askNext(): Promise<void> {
    const { series } = this.#input;
    const at = ((this.asked ?? -1) + 1) % series.length;
    if (at === 0) this.score = series.map(() => undefined);
    const next = series[at];
    if (next) await this.choose(next.knobs);
  }

  async #run(knobs: Knobs, step?: number): Promise<void> {
    const change = ++this.#change;
    this.knobs = knobs;
    await this.load();
    const engine = this.loaded;
    if (change !== this.#change || !engine) return;
    this.day = undefined;
    this.knobs = engine.settle(knobs).knobs;
    this.alive = engine.simulate(this.knobs);
    this.other = this.compare
      ? engine.simulate({ ...this.knobs, protection: this.compare })
      : undefined;
    this.cursor = Math.min(step ?? this.count, this.count);
  }

  get #link(): LinkState {
    return {
      knobs: this.knobs,
      compare: this.compare,
      day: this.day,
      step:
        this.cursor === (this.range?.first ?? this.count)
          ? undefined
          : this.shown.scene.steps[this.cursor - 1]?.rows.at(-1),
      steps: this.range && `${this.range.first}-${this.range.last}`,
      predict: this.predicting,
    };
  }

  write(): void {
    writeAddress(this.address());
  }

  address(): string {
    return addressWith(parameterNames, toQuery(this.#link));
  }
}
