/** What the simulator shows of one run: plain data, so that a page can compute it when it is built. */
import type { Knobs } from '../../world/knobs.ts';
import type { Outcome } from '../../core/verdict.ts';
import type { Row } from '../parts/row.ts';

export interface Simulation {
  readonly knobs: Knobs;
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  /** What the sender remembers afterwards, as sentences: message key and arguments. */
  readonly memory: readonly MemoryLine[];
}

export interface MemoryLine {
  readonly key: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** A named situation: `content/scenarios/<id>.yaml`, title and lesson in the page's language. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  readonly group?: string;
  readonly knobs: Knobs;
}
