/** The matrix's state: which history, which filter, which receiver, and the outcomes for it. */
import { defaultKnobs, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';
import type { Correction } from '../../view/query.ts';
import { addressWith, writeAddress } from '../link/search.ts';
import { settle } from '../../view/simulator/knob-groups.ts';
import type { History, Situation } from '../../view/matrix/axes.ts';
import { Work } from '../work.svelte.ts';
import type { Outcomes } from '../../view/matrix/outcomes.ts';
import {
  fromQuery,
  parameterNames,
  stateOf,
  toQuery,
  type MatrixState,
} from '../../view/matrix/state.ts';

export class Session {
  history = $state<History>('first-contact');
  onlyFalse = $state(false);
  /** As chosen, and as the outcomes shown were computed for: the second follows the first. */
  receiver = $state.raw<Knobs>(defaultKnobs);
  computed = $state.raw<Knobs>(defaultKnobs);
  outcomes = $state.raw<Outcomes>('');
  /** The situation that has a row, and how it ends under each protection. */
  situation = $state.raw<{ readonly chosen: Situation; readonly outcomes: Outcomes } | undefined>();
  /** As chosen; the row follows. */
  situationId = $state<string | undefined>();
  corrections = $state.raw<readonly Correction[]>([]);
  /** Its code is loaded with the first receiver that is not the page's own. */
  readonly work = new Work(() => import('./computing.ts'));
  readonly #initial: Outcomes;
  readonly #situations: readonly Situation[];

  constructor(initial: Outcomes, situations: readonly Situation[]) {
    this.#initial = initial;
    this.outcomes = initial;
    this.#situations = situations;
  }

  async open(query: URLSearchParams): Promise<void> {
    const { state, corrections } = fromQuery(query, this.#situations);
    this.corrections = corrections;
    await this.#take(state);
  }

  async set(change: Partial<MatrixState>): Promise<void> {
    this.corrections = [];
    const taken = this.#take({ ...this.#state, ...change });
    writeAddress(this.address());
    await taken;
  }

  readonly setKnob = (name: KnobName, value: string): void =>
    void this.set({
      receiver: settle({ ...this.receiver, [name]: value }).knobs,
      situation: undefined,
    });

  /** Opens the receiver and the history of a situation, and its row; an unknown id closes it. */
  readonly setSituation = (id: string): void => {
    const chosen = this.#situations.find((each) => each.id === id);
    void this.set(chosen === undefined ? { situation: undefined } : stateOf(chosen));
  };

  address(): string {
    return addressWith(parameterNames, toQuery(this.#state, this.#situations));
  }

  get #state(): MatrixState {
    const { history, onlyFalse, receiver, situationId: situation } = this;
    return { history, onlyFalse, receiver, situation };
  }

  async #take({ history, onlyFalse, receiver, situation }: MatrixState): Promise<void> {
    this.history = history;
    this.onlyFalse = onlyFalse;
    const isSame = JSON.stringify(receiver) === JSON.stringify(this.receiver);
    if (isSame && situation === this.situationId) return;
    this.receiver = receiver;
    this.situationId = situation;
    const chosen = this.#situations.find(({ id }) => id === situation);
    const isInitial = JSON.stringify(receiver) === JSON.stringify(defaultKnobs);
    await this.work.do(
      async ({ computeOutcomes }) =>
        [
          isInitial ? this.#initial : await computeOutcomes({ receiver }),
          chosen && (await computeOutcomes({ situation: chosen.knobs })),
        ] as const,
      ([outcomes, row]) => {
        this.outcomes = outcomes;
        this.computed = receiver;
        this.situation = chosen && row !== undefined ? { chosen, outcomes: row } : undefined;
      },
    );
  }
}
