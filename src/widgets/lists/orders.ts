/** What the page asks of the desk where lists are measured, and what it hears back. Plain data. */
import type { ListReading } from '../../core/check/list-input.ts';
import type { ListChange, ListRow, ListTotals } from '../../core/check/list-row.ts';
import type { ProbeFault } from '../../world/live/probe.ts';
import type { SurveyPace } from '../../world/live/survey.ts';
import type { Shown } from '../../view/lists/view.ts';

export type Order =
  | { readonly do: 'read'; readonly text: string }
  /** Measures the list that was read last. `anchors` in presentation form. */
  | { readonly do: 'start'; readonly address: string; readonly anchors: string }
  /** Looks whether a list is kept from an earlier visit. */
  | { readonly do: 'open' }
  /** Goes on with the list that is kept. */
  | { readonly do: 'continue'; readonly anchors: string }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'clear' }
  /** Which rows the page wants to see. */
  | { readonly do: 'show'; readonly shown: Shown }
  | { readonly do: 'save'; readonly as: SavedAs }
  /** Compares with an earlier run: the text of its file. */
  | { readonly do: 'compare'; readonly text: string };

export type SavedAs = 'csv' | 'json';

/** What the page draws: one page of rows, and sums over all. The rows themselves stay at the desk. */
export interface Seen {
  readonly rows: readonly ListRow[];
  /** Rows that fit what is asked for. */
  readonly chosen: number;
  readonly page: number;
  readonly totals: ListTotals;
  /** At the pace of the last names; undefined while there is too little to go by. */
  readonly secondsLeft: number | undefined;
}

/** What changed since an earlier run: all counted, the first ones by name. */
export interface Compared {
  /** Rows of the earlier run; none: the file was none of ours. */
  readonly earlier: number;
  readonly counts: Readonly<
    Record<ListChange['direction'] | 'same' | 'added' | 'gone' | 'changes', number>
  >;
  readonly changes: readonly ListChange[];
}

/** A reading without the names themselves: the page shows how many, and the first faults. */
export type ReadingTold = Omit<ListReading, 'names'> & {
  readonly count: number;
  readonly faultCount: number;
};

export type News =
  | { readonly told: 'read'; readonly reading: ReadingTold }
  | { readonly told: 'nothing-kept' }
  | {
      readonly told: 'kept';
      readonly total: number;
      readonly done: number;
      readonly address: string;
    }
  | { readonly told: 'refused'; readonly faults: readonly ProbeFault[] }
  | { readonly told: 'started'; readonly total: number; readonly isKept: boolean }
  | { readonly told: 'seen'; readonly seen: Seen }
  | { readonly told: 'saved'; readonly as: SavedAs; readonly file: Blob }
  | { readonly told: 'pace'; readonly pace: SurveyPace }
  | { readonly told: 'ended'; readonly how: 'finished' | 'cancelled' }
  | { readonly told: 'cleared' }
  | { readonly told: 'compared'; readonly compared: Compared }
  /** What comes from here on is not kept: the browser is full, or another tab keeps a list of its own. */
  | { readonly told: 'unkept' }
  | { readonly told: 'alive' }
  | { readonly told: 'broken' };
