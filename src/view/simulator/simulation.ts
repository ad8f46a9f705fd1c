/** What the simulator shows of one run: plain data, so that a page can compute it when it is built. */
import type { Outcome } from '../../core/verdict.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';
import type { DepartureId } from '../../core/sender/departures.ts';
import type { Row } from '../trace/row.ts';
import type { Scene } from '../stage/model.ts';
import type { Ending } from '../stage/signs.ts';
import type { Question } from './questions.ts';

/** One delivery. */
export interface Shown {
  readonly outcome: Outcome;
  /** The delivery as pictures. */
  readonly scene: Scene;
  readonly rows: readonly Row[];
}

/** A delivery before the one under study, so many days earlier: one, or several that went alike. */
export interface EarlierDay extends Shown {
  readonly from: number;
  readonly to: number;
}

export interface Simulation extends Shown {
  readonly knobs: Knobs;
  /** First to last. */
  readonly earlier: readonly EarlierDay[];
  /** Where a real sender left the strict path. */
  readonly departures: readonly DepartureId[];
}

/** What a widget knows before its engine is there: the rest of the first trace is on the page. */
export type FirstFrame = Pick<Simulation, 'knobs' | 'outcome' | 'scene'>;

export const firstFrameOf = ({ knobs, outcome, scene }: Simulation): FirstFrame => ({
  knobs,
  outcome,
  scene,
});

/** A situation as the simulator knows it. */
export type Situation = Omit<Preset, 'group'>;

/** A named situation: `content/scenarios/<id>.yaml`, title and lesson in the page's language. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly lesson: string;
  readonly group: string;
  /** Which of the six questions it answers. */
  readonly question: Question;
  readonly ending: Ending;
  /** Its place in the series whose end is to be predicted, 1 first. */
  readonly asked?: number;
  readonly knobs: Knobs;
}
