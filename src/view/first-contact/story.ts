/**
 * First contact as a story: six scenes, each with its running days, its tracks and the delivery that it is about. All
 * of it is computed: what is written here is which days are shown, and which sender stands on the stage.
 */
import type { Belief } from '../../core/verdict.ts';
import type { Scenario } from '../../world/simulated/scenario.ts';
import { simulate, type ScenarioRun } from '../../world/simulated/simulate.ts';
import { sceneOf } from '../stage/scene.ts';
import { stateAt, type Said, type Scene, type State } from '../stage/model.ts';
import { gapOf } from '../verdict.ts';
import { stateOfStop, storyDays, type FirstContactState, type StopId } from './state.ts';
import type { Track, TrackId } from './track.ts';
import { runsOf, runTrack } from './tracks.ts';

export interface StoryTrack extends Track {
  /** A second track of the same sender, with its policy fetched again each day. */
  readonly isRefreshed: boolean;
}

/** A day on which a message is sent. */
export interface Beat {
  readonly day: number;
  /** What the attacker does to its answers, before one's eyes. */
  readonly acts: readonly State[];
  /** How the stage stands at its end. */
  readonly state: State;
}

export interface StoryScene {
  readonly id: StopId;
  readonly title: Said;
  readonly tells: Said;
  /** Whose delivery stands on the stage, and that of which day it stops at. */
  readonly on: TrackId;
  readonly day: number;
  /** From the start of one day to that of another. */
  readonly attack: { readonly from: number; readonly to: number } | undefined;
  readonly tracks: readonly StoryTrack[];
  /** The delivery of that day, in steps. */
  readonly scene: Scene;
  readonly belief: Belief;
  /** Before the first message. */
  readonly begin: State;
  /** Up to that day. */
  readonly beats: readonly Beat[];
  /** The same delivery where the sender refreshed its policy, if that is what the scene is about. */
  readonly refreshed: Scene | undefined;
  /** For who goes on with it in the free play. */
  readonly state: FirstContactState;
}

interface Choice {
  readonly id: StopId;
  readonly on: TrackId;
  readonly day: number;
  readonly state: FirstContactState;
  readonly comparesRefresh?: true;
}

const choices: readonly Choice[] = [
  { id: 'quiet', on: 'mta-sts', day: 0, state: stateOfStop('quiet') },
  { id: 'known', on: 'mta-sts', day: 6, state: stateOfStop('known') },
  { id: 'blocked', on: 'mta-sts', day: 0, state: stateOfStop('blocked') },
  { id: 'planted', on: 'smtp-sts-2016', day: 10, state: stateOfStop('planted') },
  { id: 'expiry', on: 'mta-sts', day: 8, state: stateOfStop('expiry'), comparesRefresh: true },
  // The attack of the fourth scene, met by DANE.
  { id: 'dane', on: 'dane', day: 0, state: stateOfStop('planted') },
];

interface Sent {
  readonly day: number;
  readonly run: ScenarioRun;
  readonly scene: Scene;
}

const sentOf = (state: FirstContactState, id: TrackId): readonly Sent[] =>
  [...runsOf(state, id)]
    .filter(({ day }) => day <= storyDays)
    .map(({ day, run }) => ({
      day,
      run,
      scene: sceneOf(run, gapOf(run.outcome) === 'false-security'),
    }));

/** A letter that waited, tried again in the world of this run and with its memory. */
const isStillHeld = ({ scenario, before }: ScenarioRun): boolean => {
  const again: Scenario = { ...scenario, sender: { ...scenario.sender, attempt: 2 } };
  return simulate(again, before).trace.result.action.kind === 'deferred';
};

/** How many earlier letters lie in the queue beside the one of this run. */
function pileBefore(sent: readonly Sent[], until: number): number {
  let pile = 0;
  for (const { run } of sent.slice(0, until)) {
    if (pile > 0 && !isStillHeld(run)) pile = 0;
    if (run.trace.result.action.kind === 'deferred') pile += 1;
  }
  const last = sent[until];
  return last && pile > 0 && isStillHeld(last.run) ? pile : 0;
}

function trackOf(state: FirstContactState, id: TrackId, isRefreshed = false): StoryTrack {
  const { messages, memory } = runTrack(isRefreshed ? { ...state, refresh: true } : state, id);
  return {
    id,
    isRefreshed,
    messages: messages.filter(({ day }) => day <= storyDays),
    memory: memory.filter(({ from }) => from <= storyDays),
  };
}

/** More than two swaps on a day tell a reader nothing new. */
const mostActs = 2;

/** The moments of a delivery in which an answer is swapped, or kept back. */
function actsOf(scene: Scene): readonly State[] {
  return scene.steps
    .map((_, index) => stateAt(scene, index))
    .filter(({ question, act }) => act && (question?.forged !== undefined || question?.isBlocked))
    .slice(0, mostActs);
}

function storyScene({ id, on, day, state, comparesRefresh }: Choice): StoryScene {
  const sent = sentOf(state, on);
  const at = sent.findIndex((each) => each.day === day);
  const chosen = sent[at];
  if (chosen === undefined) throw new Error(`story "${id}": no message on day ${day}`);
  const beats = sent.slice(0, at + 1).map((each, index) => ({
    day: each.day,
    acts: actsOf(each.scene),
    state: {
      ...stateAt(each.scene, each.scene.steps.length - 1),
      pile: pileBefore(sent, index),
    },
  }));
  const held = sent.filter(({ scene }) => scene.ending === 'stuck');
  const pile = pileBefore(sent, at);
  const { scene } = chosen;
  return {
    id,
    title: { key: `scene.story.${id}.title` },
    tells: {
      key: `scene.story.${id}`,
      args: {
        from: state.from,
        to: state.to,
        lifetime: state.lifetime,
        held: held.length,
        last: held.at(-1)?.day ?? day,
        planted: choices.findIndex((each) => each.id === 'planted') + 1,
      },
    },
    on,
    day,
    attack: state.attack === 'none' ? undefined : { from: state.from, to: state.to },
    tracks: [
      trackOf(state, 'smtp-sts-2016'),
      trackOf(state, 'mta-sts'),
      ...(comparesRefresh ? [trackOf(state, 'mta-sts', true)] : []),
      trackOf(state, 'dane'),
    ],
    scene: { ...scene, begin: { ...scene.begin, pile } },
    belief: chosen.run.outcome.belief,
    begin: sent[0]?.scene.begin ?? scene.begin,
    beats,
    refreshed: comparesRefresh
      ? sentOf({ ...state, refresh: true }, on).find((each) => each.day === day)?.scene
      : undefined,
    state,
  };
}

export const story = (): readonly StoryScene[] => choices.map(storyScene);

/** The attacker has left, and his policy goes on doing harm: what is shown where there is room for one scene. */
export function climax(): StoryScene {
  const planted = choices.find(({ id }) => id === 'planted');
  if (planted === undefined) throw new Error('the story has lost its fourth scene');
  return storyScene(planted);
}
