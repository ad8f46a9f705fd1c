/** The matrix's state: which history, which filter, which receiver, and the outcomes for it. */
import { defaultKnobs, type KnobName, type Knobs } from '../../world/knobs.ts';
import { withoutPrefix, withParameters, writeSearch, type Correction } from '../parts/query.ts';
import { settle } from '../simulator/knob-groups.ts';
import type { History } from './axes.ts';
import type { Outcomes } from './outcomes.ts';
import { fromQuery, parameterNames, toQuery, type MatrixState } from './state.ts';

export class Session {
  history = $state<History>('first-contact');
  onlyFalse = $state(false);
  /** As chosen, and as the outcomes shown were computed for: the second follows the first. */
  receiver = $state.raw<Knobs>(defaultKnobs);
  computed = $state.raw<Knobs>(defaultKnobs);
  outcomes = $state.raw<Outcomes>('');
  corrections = $state.raw<readonly Correction[]>([]);
  failed = $state(false);
  readonly #prefix: string;
  readonly #initial: Outcomes;
  /** Counts the changes, so that an answer that comes late is not shown. */
  #change = 0;

  constructor(initial: Outcomes, prefix: string) {
    this.#initial = initial;
    this.outcomes = initial;
    this.#prefix = prefix;
  }

  async open(search: string): Promise<void> {
    const { state, corrections } = fromQuery(withoutPrefix(search, this.#prefix));
    this.corrections = corrections;
    await this.#take(state);
  }

  async set(change: Partial<MatrixState>): Promise<void> {
    this.corrections = [];
    const taken = this.#take({ ...this.#state, ...change });
    writeSearch(this.search());
    await taken;
  }

  readonly setKnob = (name: KnobName, value: string): void =>
    void this.set({ receiver: settle({ ...this.receiver, [name]: value }).knobs });

  search(): string {
    return withParameters(location.search, this.#prefix, parameterNames, toQuery(this.#state));
  }

  get #state(): MatrixState {
    return { history: this.history, onlyFalse: this.onlyFalse, receiver: this.receiver };
  }

  async #take({ history, onlyFalse, receiver }: MatrixState): Promise<void> {
    this.history = history;
    this.onlyFalse = onlyFalse;
    if (JSON.stringify(receiver) === JSON.stringify(this.receiver)) return;
    const change = ++this.#change;
    this.receiver = receiver;
    try {
      const outcomes =
        JSON.stringify(receiver) === JSON.stringify(defaultKnobs)
          ? this.#initial
          : await (await import('./computing.ts')).computeOutcomes(receiver);
      if (change !== this.#change) return;
      this.outcomes = outcomes;
      this.computed = receiver;
      this.failed = false;
    } catch (error) {
      if (change !== this.#change) return;
      this.failed = true;
      console.error(error);
    }
  }
}
