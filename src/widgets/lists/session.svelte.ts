/** The state of a list: what was pasted, how far it is, and how it is shown. */
import type { ProbeFault } from '../../world/live/probe.ts';
import type { SurveyPace } from '../../world/live/survey.ts';
import type { ResolverChoice } from '../../view/check/resolver-choice.ts';
import { ResolverState } from '../field/resolver.svelte.ts';
import { save } from '../figure/save.ts';
import type { Compared, News, Order, ReadingTold, SavedAs, Seen } from './orders.ts';
import { reachDesk, type Desk } from './reach-desk.ts';
import {
  fieldText,
  firstShown,
  savedName,
  type Column,
  type Shown,
} from '../../view/lists/view.ts';

export type Stage =
  | 'idle'
  | 'reading'
  | 'read'
  /** A list of an earlier visit waits to be continued. */
  | 'kept'
  | 'probing'
  | 'refused'
  | 'running'
  | 'paused'
  | 'finished'
  | 'cancelled'
  | 'broken';

/** Says, without any name in it, that a list is kept: nothing is opened for whoever never made one. */
const marker = 'sts-dane-list';

export class Session {
  /** The list whole, also where the field shows only how it begins. */
  typed = $state.raw('');
  readonly field = $derived(fieldText(this.typed));
  stage = $state<Stage>('idle');
  reading = $state.raw<ReadingTold | undefined>(undefined);
  faults = $state.raw<readonly ProbeFault[]>([]);
  pace = $state.raw<SurveyPace | undefined>(undefined);
  seen = $state.raw<Seen | undefined>(undefined);
  total = $state(0);
  keptDone = $state(0);
  isKept = $state(false);
  /** Whom the rows on screen were asked of. */
  address = $state('');
  compared = $state.raw<Compared | undefined>(undefined);
  shown = $state.raw<Shown>(firstShown);
  readonly resolver: ResolverState;
  readonly #anchors: string;
  #desk: Desk | undefined;

  constructor(resolvers: readonly ResolverChoice[], anchors: string) {
    this.resolver = new ResolverState(resolvers);
    this.#anchors = anchors;
  }

  /** A list of an earlier visit is offered, never continued by itself: names go out on a press only. */
  open(): void {
    try {
      if (localStorage.getItem(marker) !== null) this.#order({ do: 'open' });
    } catch {
      // A frame without storage keeps nothing.
    }
  }

  #order(order: Order): void {
    this.#desk ??= reachDesk((news) => this.#hear(news));
    this.#desk(order);
  }

  #mark(isKept: boolean): void {
    this.isKept = isKept;
    try {
      if (isKept) localStorage.setItem(marker, '1');
      else localStorage.removeItem(marker);
    } catch {
      // Then there is nothing to find after a reload either.
    }
  }

  #hear(news: News): void {
    switch (news.told) {
      case 'read':
        this.reading = news.reading;
        this.stage = 'read';
        return;
      case 'nothing-kept':
        this.#mark(false);
        return;
      case 'kept':
        this.total = news.total;
        this.keptDone = news.done;
        this.address = news.address;
        this.isKept = true;
        this.stage = news.done === news.total ? 'finished' : 'kept';
        return;
      case 'refused':
        this.faults = news.faults;
        this.stage = 'refused';
        return;
      case 'started':
        this.total = news.total;
        this.#mark(news.isKept);
        this.stage = 'running';
        return;
      case 'seen':
        this.seen = news.seen;
        return;
      case 'saved':
        save(savedName(news.as, Date.now()), news.file.type, news.file);
        return;
      case 'pace':
        this.pace = news.pace;
        return;
      case 'ended':
        this.stage = news.how;
        return;
      case 'cleared':
        this.#mark(false);
        this.seen = undefined;
        this.total = 0;
        this.reading = undefined;
        this.compared = undefined;
        this.shown = firstShown;
        this.typed = '';
        this.stage = 'idle';
        return;
      case 'compared':
        this.compared = news.compared;
        return;
      case 'unkept':
        this.isKept = false;
        return;
      case 'alive':
        return;
      case 'broken':
        this.stage = 'broken';
    }
  }

  read(): void {
    this.stage = 'reading';
    this.#order({ do: 'read', text: this.typed });
  }

  start(): void {
    const resolver = this.resolver.take();
    if (resolver === undefined || !this.reading || this.reading.count === 0) return;
    this.address = resolver.address;
    this.compared = undefined;
    this.stage = 'probing';
    this.#order({ do: 'start', address: resolver.address, anchors: this.#anchors });
  }

  goOn(): void {
    this.stage = 'probing';
    this.#order({ do: 'continue', anchors: this.#anchors });
  }

  pauseOrResume(): void {
    const isRunning = this.stage === 'running';
    this.stage = isRunning ? 'paused' : 'running';
    this.#order({ do: isRunning ? 'pause' : 'resume' });
  }

  cancel(): void {
    this.#order({ do: 'cancel' });
  }

  clear(): void {
    this.#order({ do: 'clear' });
  }

  compare(text: string): void {
    this.#order({ do: 'compare', text });
  }

  /** Rows that are measured. */
  get measured(): number {
    return this.seen?.totals.names ?? 0;
  }

  save(as: SavedAs): void {
    this.#order({ do: 'save', as });
  }

  show(change: Partial<Shown>): void {
    this.shown = { ...this.shown, page: 0, ...change };
    this.#order({ do: 'show', shown: this.shown });
  }

  sortBy(column: Column): void {
    const isSame = this.shown.column === column;
    this.show({ column, isDescending: isSame && !this.shown.isDescending });
  }
}
