/** What the page asks of the desk where lists are measured, and what it hears back. Plain data. */
import type { ListReading } from '../../core/check/list-input.ts';
import type { ListComparison, ListRow } from '../../core/check/list-row.ts';
import type { ProbeFault } from '../../world/probe.ts';
import type { SurveyPace } from '../../world/survey.ts';

export type Order =
  | { readonly do: 'read'; readonly text: string }
  /** Measures the list that was read last. `anchors` in presentation form. */
  | { readonly do: 'start'; readonly address: string; readonly anchors: string }
  /** Looks whether a list is kept from an earlier visit. */
  | { readonly do: 'open' }
  /** Goes on with the list that is kept. */
  | { readonly do: 'continue'; readonly anchors: string }
  | { readonly do: 'pause' | 'resume' | 'cancel' | 'clear' }
  /** Compares with an earlier run: the text of its file. */
  | { readonly do: 'compare'; readonly text: string };

/** A reading without the names themselves: the page shows how many. */
export type ReadingTold = Omit<ListReading, 'names'> & { readonly count: number };

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
  /** Rows that are new to the page, in slices. */
  | { readonly told: 'rows'; readonly rows: readonly ListRow[] }
  | { readonly told: 'pace'; readonly pace: SurveyPace }
  | { readonly told: 'ended'; readonly how: 'finished' | 'cancelled' }
  | { readonly told: 'cleared' }
  | {
      readonly told: 'compared';
      readonly comparison: ListComparison;
      /** Rows of the earlier run; none: the file was none of ours. */
      readonly earlier: number;
      readonly others: number;
    }
  | { readonly told: 'broken' };
