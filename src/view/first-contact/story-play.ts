/**
 * A scene of the story as it is played: the days run, each letter goes, and where the attacker acts one sees what it
 * does. Plain data, which a page plays with the Web Animations API and a command draws into a file.
 */
import type { Lang } from '../messages/lang.ts';
import type { Say, Words } from '../messages/say.ts';
import type { LayoutName } from '../stage/layout.ts';
import type { State } from '../stage/model.ts';
import { motionOf, type Movement } from '../stage/motion.ts';
import { storyDays } from './state.ts';
import { motionOfNeedle, motionOfSigns, type Days } from './story-drawing.ts';
import type { StoryScene } from './story.ts';

/** What a page needs of a scene to play it. */
export type PlayedScene = Pick<
  StoryScene,
  'id' | 'title' | 'tells' | 'on' | 'day' | 'attack' | 'tracks' | 'begin' | 'beats'
>;

/** The props of the story, for when it hydrates. */
export interface StoryProps {
  readonly lang: Lang;
  readonly words: Words;
  readonly scenes: readonly PlayedScene[];
}

/** One picture, and what leads to it. */
export interface Shot {
  readonly moment: State;
  readonly days: Days;
  /** While it is led to, the day is counted from this one. */
  readonly fromDay: number;
  readonly movements: (layout: LayoutName, say: Say) => readonly Movement[];
  /** How much faster than on the stage alone. */
  readonly speed: number;
  /** At rest after it. */
  readonly restMilliseconds: number;
}

/** The evening before: what was sent has gone, and the next letter lies with the sender. */
const nextLetter = (state: State): State => ({
  ...state,
  letter: 'home',
  form: 'closed',
  pipe: 'plain',
  act: undefined,
  question: undefined,
  via: undefined,
  to: undefined,
  verdict: undefined,
  isMistaken: false,
});

/** The end of a scene: what stands there whenever nothing moves. */
export function endOf({ beats, tracks, on, attack, day }: PlayedScene): Shot {
  const end = beats.at(-1);
  if (end === undefined) throw new Error('a scene has at least one day');
  return {
    moment: end.state,
    days: { tracks, on, attack, day, until: storyDays },
    fromDay: day,
    movements: () => [],
    speed: 1,
    restMilliseconds: 0,
  };
}

/** All shots of a scene, in order; the last is its end. */
export function shotsOf(scene: PlayedScene): readonly Shot[] {
  const { tracks, on, attack, begin, beats } = scene;
  const daysOf = (day: number, until: number): Days => ({ tracks, on, attack, day, until });
  const shots: Shot[] = [];
  let before = begin;
  let [day, until] = [0, -1];
  for (const beat of beats) {
    const isLast = beat === beats.at(-1);
    const [from, known] = [day, until];
    const running = daysOf(beat.day, known);
    if (beat.day > from)
      shots.push({
        moment: before,
        days: running,
        fromDay: from,
        movements: (layout) => [motionOfNeedle(running, from, layout)],
        speed: 1,
        restMilliseconds: 0,
      });
    day = beat.day;
    for (const act of beat.acts) {
      const start = before;
      shots.push({
        moment: act,
        days: running,
        fromDay: day,
        movements: (layout, say) => motionOf(start, act, layout, say),
        speed: 1.25,
        restMilliseconds: 700,
      });
      before = act;
    }
    const start = nextLetter(before);
    const arrived = daysOf(day, day);
    shots.push({
      moment: beat.state,
      days: arrived,
      fromDay: day,
      movements: (layout, say) => [
        ...motionOf(start, beat.state, layout, say),
        ...motionOfSigns(arrived, known, layout, 900),
      ],
      // The day on which the attacker acts is seen; the others run.
      speed: isLast ? 1.1 : 2,
      restMilliseconds: isLast || beat.acts.length > 0 ? 900 : 100,
    });
    until = day;
    before = nextLetter(beat.state);
  }
  const end = endOf(scene);
  const [known] = [until];
  shots.push({ ...end, movements: (layout) => motionOfSigns(end.days, known, layout) });
  return shots;
}
