/** A delivery as its pictures: what the player, the contact sheet and a file show of it, in order. */
import { stateAt, type Scene, type State } from './model.ts';
import type { Say } from '../messages/say.ts';

export interface Moment {
  readonly state: State;
  /** A few words for one line. */
  readonly title: string;
  /** What happens, in one or two sentences. */
  readonly sentence: string;
  /** Of that the first: where an attacker acts, what he does and not what came of it. */
  readonly opening: string;
  /** The steps of the trace that it shows: numbers of rows, from 1. */
  readonly rows: readonly number[];
}

export const momentsOf = (scene: Scene, say: Say): readonly Moment[] =>
  scene.steps.map(({ title, tells, rows }, index) => ({
    state: stateAt(scene, index),
    title: say(title.key, title.args),
    sentence: tells.map(({ key, args }) => say(key, args)).join(' '),
    opening: tells[0] ? say(tells[0].key, tells[0].args) : '',
    rows,
  }));

/** At rest, before the next step of what is played. */
export const restMilliseconds = 1600;
