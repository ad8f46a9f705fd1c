/** Where the events of the timeline lie: for the picture on the page and for the figure that stands alone. */
import { ascending, max } from 'd3-array';
import { scaleUtc } from 'd3-scale';
import type { Lang } from '../../view/messages/lang.ts';
import { timelineThemes, type TimelineEvent } from '../schemas/timeline.ts';

/** Where a date stands on an axis: a day at its start, a month or a year in its middle. */
export function middleOf(date: string): Date {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return new Date(Date.UTC(year, 6, 1));
  return new Date(Date.UTC(year, month - 1, day ?? 15));
}

const startOf = (year: number): number => Date.UTC(year, 0, 1);

/**
 * Wide: the year of the memo is drawn larger than the years before and after it, and events that have a short
 * name carry it on a flag. Narrow, for a phone: even years, rows under their names, no flags.
 */
const shapes = {
  wide: {
    width: 1184,
    left: 104,
    /** Of the axis; the last flags fly over it. */
    right: 1080,
    /** Of the width, where each of these years starts. */
    years: { 2002: 0, 2012: 0.15, 2016: 0.225, 2017: 0.615, 2027: 1 },
    ticks: [2002, 2008, 2012, 2016, 2017, 2019, 2021, 2023, 2025],
    radius: 5,
    row: 34,
  },
  narrow: {
    width: 330,
    left: 18,
    right: 312,
    years: { 2002: 0, 2012: 0.2, 2027: 1 },
    ticks: [2002, 2012, 2016, 2020, 2024],
    radius: 5,
    row: 76,
  },
} as const;
export type TimelineShape = keyof typeof shapes;

/** Pixels: a line of flags, a character at 13 pixels (a wide one, so that no flag is cut), and what is around it. */
const flag = { level: 18, character: 6.15, gap: 6, air: 8 } as const;
const top = 26;
/** Dots without a flag that would overlap lie around their row, first come in the middle. */
const offsets = [0, -1, 1, -2, 2, -3, 3];

export interface PlacedFlag {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Where its text ends at the latest. */
  readonly to: number;
}
export interface PlacedEvent {
  readonly event: TimelineEvent;
  readonly x: number;
  readonly y: number;
  readonly flag?: PlacedFlag;
}

interface Standing {
  readonly id: string;
  readonly at: number;
  readonly to: number;
  readonly level: number;
}

/**
 * The flags of one row, from right to left. A flag flies over the poles that its text passes, so it stands one
 * level higher than the highest of those.
 */
function standFlags(
  events: readonly { readonly event: TimelineEvent; readonly at: number }[],
  lang: Lang,
): readonly Standing[] {
  const standing: Standing[] = [];
  for (const { event, at } of [...events].sort((a, b) => b.at - a.at)) {
    if (event.flag === undefined) continue;
    const to = at + flag.gap + event.flag[lang].length * flag.character + flag.air;
    const passed = standing.filter((other) => other.at <= to);
    standing.push({ id: event.id, at, to, level: 1 + (max(passed, ({ level }) => level) ?? 0) });
  }
  return standing;
}

export function placeTimeline(
  events: readonly TimelineEvent[],
  lang: Lang,
  shape: TimelineShape = 'wide',
) {
  const { width, left, right, years, ticks, radius, row } = shapes[shape];
  const span = right - left;
  const x = scaleUtc()
    .domain(Object.keys(years).map((year) => startOf(Number(year))))
    .range(Object.values(years).map((part) => left + part * span));
  const placed = [...events]
    .sort((a, b) => ascending(middleOf(a.date), middleOf(b.date)))
    .map((event) => ({ event, at: x(middleOf(event.date)) }));
  const dots: PlacedEvent[] = [];
  const rows: { theme: TimelineEvent['theme']; y: number; top: number }[] = [];
  let bottom = top;
  for (const theme of timelineThemes) {
    const own = placed.filter(({ event }) => event.theme === theme);
    const flags = shape === 'wide' ? standFlags(own, lang) : [];
    const y = bottom + row + (max(flags, ({ level }) => level) ?? 0) * flag.level - 8;
    rows.push({ theme, y, top: bottom });
    bottom = y + 8;
    const taken: { x: number; y: number }[] = [];
    for (const { event, at } of own) {
      const flown = flags.find((each) => each.id === event.id);
      const isTaken = (offset: number) =>
        taken.some((dot) => Math.hypot(dot.x - at, dot.y - (y + offset)) < radius * 2);
      const step = shape === 'wide' || flown ? 0 : radius * 2.2;
      const shifted = step * (offsets.find((offset) => !isTaken(offset * step)) ?? 0);
      taken.push({ x: at, y: y + shifted });
      dots.push({
        event,
        x: at,
        y: y + shifted,
        ...(flown && {
          flag: {
            text: event.flag?.[lang] ?? '',
            x: at + flag.gap,
            to: flown.to,
            y: y - flown.level * flag.level,
          },
        }),
      });
    }
  }
  return {
    width,
    height: bottom + 34,
    left,
    right,
    top,
    radius,
    /** Those without a flag first, so that a named dot lies over them. */
    dots: [...dots].sort((a, b) => Number(a.flag !== undefined) - Number(b.flag !== undefined)),
    rows,
    ticks: ticks.map((year) => ({ year, x: x(startOf(year)) })),
    /** The year that is drawn larger. */
    enlarged: { from: x(startOf(2016)), to: x(startOf(2017)) },
    memoAt: x(Date.UTC(2016, 4, 13)),
  };
}
