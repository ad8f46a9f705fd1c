/** What the simulator shows of one run: plain data, so that a page can compute it when it is built. */
import type { Knobs } from '../../world/simulated/knobs.ts';
import type { DepartureId } from '../../core/sender/departures.ts';
import type { Outcome } from '../../core/verdict.ts';
import type { Line } from '../messages/line.ts';
import type { Row } from '../trace/row.ts';
import type { Scene } from '../stage/model.ts';
import type { Ending } from '../stage/signs.ts';
import type { Question } from './questions.ts';

export interface Simulation extends FirstFrame {
  readonly rows: readonly Row[];
  /** What the sender remembers afterwards, as sentences: message key and arguments. */
  readonly memory: readonly Line[];
  /** Where a real sender left the strict path. */
  readonly departures: readonly DepartureId[];
}

/** What a widget knows before its engine is there: the rest of the first trace is on the page. */
export interface FirstFrame {
  readonly knobs: Knobs;
  readonly outcome: Outcome;
  /** The delivery as pictures. */
  readonly scene: Scene;
}

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
