/** The state of a list: what was pasted, how far it is, and how it is shown. */
import type { ResolverChoice } from '../../view/check/resolver-choice.ts';
import { ResolverState } from '../field/resolver.svelte.ts';
import { save } from '../figure/save.ts';
import { noList, type ListState, type News, type Order } from './orders.ts';
import { reachDesk, type Desk } from './reach-desk.ts';
import { fieldText, savedName, type Column, type Shown } from '../../view/lists/view.ts';

/** Says, without any name in it, that a list is kept: nothing is opened for whoever never made one. */
const marker = 'sts-dane-list';

export class Session {
  /** The list whole, also where the field shows only how it begins. */
  typed = $state.raw('');
  readonly field = $derived(fieldText(this.typed));
  /** As the desk told it, and what was just asked of the desk. */
  list = $state.raw(noList);
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
      if (localStorage.getItem(marker) !== null) this.order({ do: 'open' });
    } catch {
      // A frame without storage keeps nothing.
    }
  }

  order(order: Order): void {
    this.#desk ??= reachDesk((news) => this.#hear(news));
    this.#desk(order);
  }

  #change(change: Partial<ListState>): void {
    this.list = { ...this.list, ...change };
  }

  #hear({ saved, ...change }: News): void {
    if (saved) save(savedName(saved.as, Date.now()), saved.file.type, saved.file);
    this.#change(change);
    try {
      if (change.isKept === true) localStorage.setItem(marker, '1');
      else if (change.isKept === false) localStorage.removeItem(marker);
    } catch {
      // Then there is nothing to find after a reload either.
    }
  }

  read(): void {
    this.#change({ stage: 'reading' });
    this.order({ do: 'read', text: this.typed });
  }

  start(): void {
    const resolver = this.resolver.take();
    if (resolver === undefined || !this.list.reading?.count) return;
    const { address } = resolver;
    this.#change({ stage: 'probing', address, compared: undefined });
    this.order({ do: 'start', address, anchors: this.#anchors });
  }

  goOn(): void {
    this.#change({ stage: 'probing' });
    this.order({ do: 'continue', anchors: this.#anchors });
  }

  pauseOrResume(): void {
    const isRunning = this.list.stage === 'running';
    this.#change({ stage: isRunning ? 'paused' : 'running' });
    this.order({ do: isRunning ? 'pause' : 'resume' });
  }

  clear(): void {
    this.typed = '';
    this.order({ do: 'clear' });
  }

  /** Rows that are measured. */
  get measured(): number {
    return this.list.seen?.totals.names ?? 0;
  }

  show(change: Partial<Shown>): void {
    const shown = { ...this.list.shown, page: 0, ...change };
    this.#change({ shown });
    this.order({ do: 'show', shown });
  }

  sortBy(column: Column): void {
    const { shown } = this.list;
    this.show({ column, isDescending: shown.column === column && !shown.isDescending });
  }
}
