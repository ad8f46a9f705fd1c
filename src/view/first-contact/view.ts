/**
 * Tracks as a picture: lengths along the axis in percent of the width, heights in pixels, so that
 * the same markup fits every screen, with or without script.
 */
import { scale, invert, ticks } from '../scale.ts';
import { endings } from '../stage/signs.ts';
import { axisDays, type FirstContactState } from './state.ts';
import type { Track } from './track.ts';

const along = { domain: [0, axisDays], range: [3, 97] } as const;

/** Where a day lies, in percent of the width; and which day lies there. */
export const placeOfDay = (day: number): number => Number(scale(along, day).toFixed(3));
export const dayAtPlace = (percent: number): number => invert(along, percent);

const topPixels = 30;
const trackPixels = 84;
const axisPixels = 38;

const widthBetween = (from: number, to: number): number =>
  Number((placeOfDay(to) - placeOfDay(from)).toFixed(3));

/** Lays everything out. */
export function place(state: FirstContactState, tracks: readonly Track[]) {
  const axisY = topPixels + tracks.length * trackPixels;
  /** Half the distance to the next message, in percent: how far beside its dot a touch still counts. */
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
            width: widthBetween(from, to),
            forged,
          })),
      };
    }),
    ticks: ticks(0, axisDays, 6).map((day) => ({ day, x: placeOfDay(day) })),
    /** The attacker's. */
    window:
      state.attack === 'none'
        ? undefined
        : {
            x: placeOfDay(state.from),
            width: widthBetween(state.from, state.to),
            y: 4,
            height: axisY - 4,
          },
  };
}

/** How many messages of a track ended in each way, in the fixed order, without the empty ones. */
export const countEndings = (track: Track) =>
  endings
    .map(
      (ending) =>
        [ending, track.messages.filter((message) => message.ending === ending).length] as const,
    )
    .filter(([, count]) => count > 0);

/** What a change did: for each track the endings that have another number of messages now, as it is and as it was. */
export const changesBetween = (before: readonly Track[], after: readonly Track[]) =>
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
