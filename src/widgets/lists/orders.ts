/** What the page asks of the desk where lists are measured, and how the list stands there. Plain data. */
import type { ListReading } from '../../core/check/list-input.ts';
import type { ListChange, ListRow, ListTotals } from '../../core/check/list-row.ts';
import type { ProbeFault } from '../../world/live/probe.ts';
import type { SurveyPace } from '../../world/live/survey.ts';
import { firstShown, type Shown } from '../../view/lists/view.ts';

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

/** How a list stands. */
export interface ListState {
  readonly stage: Stage;
  readonly reading: ReadingTold | undefined;
  readonly faults: readonly ProbeFault[];
  readonly pace: SurveyPace | undefined;
  readonly seen: Seen | undefined;
  readonly shown: Shown;
  readonly total: number;
  /** Rows of an earlier visit. */
  readonly keptDone: number;
  readonly isKept: boolean;
  /** What comes from here on is not kept: the browser is full, or another tab keeps a list of its own. */
  readonly isUnkept: boolean;
  /** Whom the rows on screen were asked of. */
  readonly address: string;
  readonly compared: Compared | undefined;
}

export const noList: ListState = {
  stage: 'idle',
  reading: undefined,
  faults: [],
  pace: undefined,
  seen: undefined,
  shown: firstShown,
  total: 0,
  keptDone: 0,
  isKept: false,
  isUnkept: false,
  address: '',
  compared: undefined,
};

/** What changed, or a file for the visitor; an empty one only tells that the worker runs. */
export type News = Partial<ListState> & {
  readonly saved?: { readonly as: SavedAs; readonly file: Blob };
};
