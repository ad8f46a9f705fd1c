/**
 * First contact as a story: six scenes, each with its running days, its tracks and the delivery that it is about. All
 * of it is computed: what is written here is which days are shown, and which sender stands on the stage.
 */
import type { Belief } from '../../core/verdict.ts';
import type { Scenario } from '../../world/simulated/scenario.ts';
import { simulate, type ScenarioRun } from '../../world/simulated/simulate.ts';
import { sceneOf } from '../../view/stage/scene.ts';
import { stateAt, type Said, type Scene, type State } from '../../view/stage/model.ts';
import type { Ending } from '../../view/stage/signs.ts';
import { gapOf } from '../verdict.ts';
import { stateOfStop, type FirstContactState, type StopId } from './state.ts';
import type { MemorySpan, TrackId } from './track.ts';
import { runsOf, runTracks } from './tracks.ts';

/** The story runs for two weeks: all that happens in it is over by then. */
export const storyDays = 14;

export interface Told {
  readonly day: number;
  readonly ending: Ending;
  readonly belief: Belief;
}

export interface StoryTrack {
  readonly id: TrackId;
  /** A second track of the same sender, with its policy fetched again each day. */
  readonly isRefreshed: boolean;
  readonly messages: readonly Told[];
  readonly memory: readonly MemorySpan[];
}

/** A day on which a message is sent, and how the stage stands at its end. */
export interface Beat {
  readonly day: number;
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
  const own = isRefreshed ? { ...state, refresh: true } : state;
  const memory = runTracks(own).find((track) => track.id === id)?.memory ?? [];
  return {
    id,
    isRefreshed,
    messages: sentOf(own, id).map(({ day, run, scene }) => ({
      day,
      ending: scene.ending,
      belief: run.outcome.belief,
    })),
    memory: memory.filter(({ from }) => from <= storyDays),
  };
}

function storyScene({ id, on, day, state, comparesRefresh }: Choice): StoryScene {
  const sent = sentOf(state, on);
  const at = sent.findIndex((each) => each.day === day);
  const chosen = sent[at];
  if (chosen === undefined) throw new Error(`story "${id}": no message on day ${day}`);
  const beats = sent.slice(0, at + 1).map((each, index) => ({
    day: each.day,
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
    beats,
    refreshed: comparesRefresh
      ? sentOf({ ...state, refresh: true }, on).find((each) => each.day === day)?.scene
      : undefined,
    state,
  };
}

export const story = (): readonly StoryScene[] => choices.map(storyScene);
