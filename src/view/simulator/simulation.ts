/** What the simulator shows of one run: plain data, so that a page can compute it when it is built. */
import type { KnobName, Knobs } from '../../world/simulated/knobs.ts';
import type { DepartureId } from '../../core/sender/departures.ts';
import type { Learner } from '../../core/sender/report.ts';
import type { Outcome } from '../../core/verdict.ts';
import type { Line } from '../messages/line.ts';
import type { Row } from '../trace/row.ts';

export interface Simulation {
  readonly knobs: Knobs;
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  /** What the sender remembers afterwards, as sentences: message key and arguments. */
  readonly memory: readonly Line[];
  /** Who learns that something went wrong. */
  readonly learns: readonly Learner[];
  /** Where a real sender left the strict path. */
  readonly departures: readonly DepartureId[];
}

/** What a widget knows before its engine is there: the rest of the first trace is on the page. */
export interface FirstFrame {
  readonly knobs: Knobs;
  readonly outcome: Outcome;
  /** How many steps it has. */
  readonly count: number;
}

export const firstFrameOf = ({ knobs, outcome, rows }: Simulation): FirstFrame => ({
  knobs,
  outcome,
  count: rows.length,
});

/** A situation as a page carries it: the knobs that differ from the default. */
export type PackedPreset = Omit<Preset, 'knobs'> & {
  readonly changed: readonly (readonly [KnobName, string])[];
};

/** A named situation: `content/scenarios/<id>.yaml`, title and lesson in the page's language. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  readonly group?: string;
  readonly knobs: Knobs;
}
