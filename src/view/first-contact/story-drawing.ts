/**
 * A scene of the story as a drawing: the stage as one delivery leaves it, and under it the days, with a track for each
 * sender. Both stand in one picture, so that a page, a printed sheet and a file have the same.
 */
import type { Say } from '../messages/say.ts';
import { drawStage } from '../stage/draw.ts';
import { signAt } from '../stage/art.ts';
import { circle, group, path, rect, text, type Drawn, type Item } from '../drawing/items.ts';
import { layouts, type LayoutName } from '../stage/layout.ts';
import type { State } from '../stage/model.ts';
import type { Movement } from '../stage/motion.ts';
import { storyDays } from './state.ts';
import type { StoryScene, StoryTrack } from './story.ts';

interface Table {
  readonly left: number;
  readonly right: number;
  /** Of the first track, below the stage; and from one track to the next. */
  readonly first: number;
  readonly pitch: number;
  /** Of names, of days. */
  readonly text: number;
  readonly label: number;
  readonly sign: number;
  /** The line of days below the last track. */
  readonly axis: number;
}

const tables: Readonly<Record<LayoutName, Table>> = {
  wide: { left: 248, right: 930, first: 44, pitch: 35, text: 18, label: 16, sign: 1.1, axis: 38 },
  narrow: {
    left: 82,
    right: 330,
    first: 38,
    pitch: 28,
    text: 12.6,
    label: 12,
    sign: 0.8,
    axis: 28,
  },
};

/** The tracks of a scene, today, and the last day whose letters have been sent. */
export interface Days extends Pick<StoryScene, 'tracks' | 'on' | 'attack'> {
  readonly day: number;
  readonly until: number;
}

const placeOf = ({ left, right }: Table, day: number): number =>
  left + ((right - left) * day) / storyDays;

/** The second track of a sender stands under its first. */
const nameOf = ({ id, isRefreshed }: StoryTrack, say: Say): string =>
  isRefreshed ? say('first-contact.refreshed') : say(`simulator.short.${id}`);

const keyOf = ({ id, isRefreshed }: StoryTrack): string => (isRefreshed ? `${id}-again` : id);

const rowAt = (name: LayoutName, row: number): number =>
  layouts[name].height + tables[name].first + row * tables[name].pitch;

/** The stage at a moment, and the days of its scene. */
export function drawStory(state: State, days: Days, name: LayoutName, say: Say): Drawn {
  const stage = drawStage(state, name, say);
  const table = tables[name];
  const last = rowAt(name, days.tracks.length - 1);
  const axis = last + table.axis;
  const top = stage.height + 14;
  const at = (day: number) => placeOf(table, day);
  const { attack } = days;
  const items: Item[] = [
    path(`M0 ${stage.height + 8}H${stage.width}`, { stroke: 'line', strokeWidth: 1 }),
  ];
  if (attack) {
    const left = at(attack.from);
    const width = at(Math.min(attack.to, storyDays)) - left;
    items.push(
      rect(
        { x: left, y: top, width, height: last + table.pitch / 2 - 4 - top },
        { fill: 'ground-unsafe', stroke: 'stage-coat-fold', strokeWidth: 1 },
      ),
      text(say('first-contact.window'), left + 5, top + table.label, table.label, {
        isStrong: true,
        fill: 'cast-attacker',
      }),
    );
  }
  const ink = { stroke: 'ink', strokeWidth: 2 } as const;
  items.push(
    group({ key: 'needle', x: at(days.day), y: axis }, [
      // The word above the days of the attack is not crossed.
      path(`M0 ${top + (attack ? table.label + 4 : 0) - axis}V${-table.label * 1.05}`, {
        ...ink,
        dash: '5 4',
      }),
      circle(0, -table.label * 0.35, table.label * 0.8, ink),
    ]),
  );
  days.tracks.forEach((track, row) => {
    const y = rowAt(name, row);
    const isOn = track.id === days.on && !track.isRefreshed;
    items.push(
      text(nameOf(track, say), 6, y + table.text * 0.35, table.text, {
        isStrong: isOn,
        fill: isOn ? 'accent' : 'ink',
      }),
      path(`M${table.left} ${y}H${table.right}`, { stroke: 'line', strokeWidth: 2 }),
      ...memoryOf(track, days.until, y, name),
      ...track.messages
        .filter(({ day }) => day <= days.until)
        .map(({ day, ending }) =>
          signAt(ending, at(day), y, table.sign, `dot-${keyOf(track)}-${day}`),
        ),
    );
  });
  for (let day = 0; day <= storyDays; day += 2)
    items.push(
      text(String(day), at(day), axis, table.label, { anchor: 'middle', fill: 'ink-soft' }),
    );
  items.push(text(say('unit.day'), 6, axis, table.label, { fill: 'ink-soft' }));
  return {
    width: stage.width,
    height: axis + table.label * 0.65,
    items: [...stage.items, ...items],
  };
}

/** What the sender remembers, under its letters; what was planted is crossed, so that it is told without colour too. */
function memoryOf(track: StoryTrack, until: number, y: number, name: LayoutName): readonly Item[] {
  const table = tables[name];
  const under = y + table.sign * 11 + 3;
  const height = table.sign * 5;
  return track.memory.flatMap(({ from, to, forged }, index): readonly Item[] => {
    const left = placeOf(table, from);
    const right = placeOf(table, Math.min(to, until));
    if (right <= left) return [];
    const ticks: string[] = [];
    for (let x = left + 6; forged && x < right; x += 10)
      ticks.push(`M${x} ${under + height / 2}l3 ${-height}`);
    return [
      path(`M${left} ${under}H${right}`, {
        key: `memory-${keyOf(track)}-${index}`,
        stroke: forged ? 'cast-attacker' : 'cast-memory',
        strokeWidth: height,
      }),
      ...(ticks.length > 0 ? [path(ticks.join(''), { stroke: 'paper', strokeWidth: 1.5 })] : []),
    ];
  });
}

/** How long a day takes while the story runs. */
export const dayMilliseconds = 220;

/** The needle goes from a day to that of the drawing. */
export function motionOfNeedle(days: Days, from: number, name: LayoutName): Movement {
  const y = rowAt(name, days.tracks.length - 1) + tables[name].axis;
  const frame = (day: number) => ({ x: placeOf(tables[name], day), y });
  return {
    key: 'needle',
    delayMilliseconds: 0,
    durationMilliseconds: (days.day - from) * dayMilliseconds,
    frames: [frame(from), frame(days.day)],
    isEven: true,
  };
}

/** What happened after one day, up to the last that is drawn: each sign drops on its track. */
export const motionOfSigns = (
  days: Days,
  after: number,
  name: LayoutName,
  delayMilliseconds = 0,
): readonly Movement[] =>
  days.tracks.flatMap((track, row) =>
    track.messages
      .filter(({ day }) => day > after && day <= days.until)
      .map(({ day }): Movement => {
        const { sign: scale, pitch } = tables[name];
        const at = { x: placeOf(tables[name], day), y: rowAt(name, row), scale };
        return {
          key: `dot-${keyOf(track)}-${day}`,
          delayMilliseconds,
          durationMilliseconds: 300,
          frames: [
            { ...at, y: at.y - pitch * 0.6, opacity: 0 },
            { ...at, opacity: 1 },
          ],
        };
      }),
  );
