/**
 * Tracks as a picture: lengths along the axis in percent of the width, heights in pixels, so that
 * the same markup fits every screen, with or without script.
 */
import { scale, invert, ticks } from '../scale.ts';
import { endings, type Ending } from '../stage/signs.ts';
import { axisDays, type FirstContactState } from './state.ts';
import type { Message, Track } from './track.ts';

const along = { domain: [0, axisDays], range: [3, 97] } as const;

/** Where a day lies, in percent of the width; and which day lies there. */
export const placeOfDay = (day: number): number => Number(scale(along, day).toFixed(3));
export const dayAtPlace = (percent: number): number => invert(along, percent);

const topPixels = 30;
const trackPixels = 84;
const axisPixels = 38;

export interface PlacedMessage extends Message {
  readonly index: number;
  readonly x: number;
  /** Half the room to the next message, in percent: how wide a finger may miss. */
  readonly reach: number;
}

export interface PlacedTrack {
  readonly id: Track['id'];
  readonly labelY: number;
  readonly dotsY: number;
  readonly memoryY: number;
  readonly messages: readonly PlacedMessage[];
  readonly memory: readonly {
    readonly x: number;
    readonly width: number;
    readonly forged: boolean;
  }[];
}

export interface Picture {
  readonly heightPixels: number;
  readonly axisY: number;
  readonly tracks: readonly PlacedTrack[];
  readonly ticks: readonly { readonly day: number; readonly x: number }[];
  /** The attacker's window; undefined when there is no attack. */
  readonly window:
    | { readonly x: number; readonly width: number; readonly y: number; readonly height: number }
    | undefined;
}

/** Lays everything out. */
export function place(state: FirstContactState, tracks: readonly Track[]): Picture {
  const axisY = topPixels + tracks.length * trackPixels;
  const reach = (placeOfDay(state.interval) - placeOfDay(0)) / 2;
  return {
    heightPixels: axisY + axisPixels,
    axisY,
    tracks: tracks.map((track, row) => {
      const top = topPixels + row * trackPixels;
      return {
        id: track.id,
        labelY: top + 18,
        dotsY: top + 44,
        memoryY: top + 62,
        messages: track.messages.map((message, index) => ({
          ...message,
          index,
          x: placeOfDay(message.day),
          reach,
        })),
        memory: track.memory
          .filter(({ from }) => from < axisDays)
          .map(({ from, to, forged }) => ({
            x: placeOfDay(from),
            width: Number((placeOfDay(to) - placeOfDay(from)).toFixed(3)),
            forged,
          })),
      };
    }),
    ticks: ticks(0, axisDays, 6).map((day) => ({ day, x: placeOfDay(day) })),
    window:
      state.attack === 'none'
        ? undefined
        : {
            x: placeOfDay(state.from),
            width: Number((placeOfDay(state.to) - placeOfDay(state.from)).toFixed(3)),
            y: 4,
            height: axisY - 4,
          },
  };
}

/** How many messages of a track ended in each way, in the fixed order, without the empty ones. */
export function countEndings(track: Track): (readonly [Ending, number])[] {
  return endings
    .map(
      (ending) =>
        [ending, track.messages.filter((message) => message.ending === ending).length] as const,
    )
    .filter(([, count]) => count > 0);
}

/** What a change did: for each track the endings that have another number of messages now, as it is and as it was. */
export const changesBetween = (
  before: readonly Track[],
  after: readonly Track[],
): readonly {
  readonly id: Track['id'];
  readonly changes: readonly { ending: Ending; count: number; before: number }[];
}[] =>
  after
    .map((track, index) => {
      const numbers = (of: Track | undefined) => new Map(of ? countEndings(of) : []);
      const [was, is] = [numbers(before[index]), numbers(track)];
      const changes = endings
        .map((ending) => ({ ending, count: is.get(ending) ?? 0, before: was.get(ending) ?? 0 }))
        .filter(({ count, before: old }) => count !== old);
      return { id: track.id, changes };
    })
    .filter(({ changes }) => changes.length > 0);
