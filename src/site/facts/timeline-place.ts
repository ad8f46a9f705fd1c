/** Where the events of the timeline lie: for the picture on the page and for the figure that stands alone. */
import { ascending } from 'd3-array';
import { scalePoint, scaleUtc } from 'd3-scale';
import { timelineThemes, type TimelineEvent } from '../schemas/timeline.ts';
import { middleOf } from './place-in-time.ts';

/** A wide picture has the names of its rows beside them, a narrow one, for a phone, above them. */
const shapes = {
  wide: { width: 960, rowHeight: 64, left: 122, inset: 12, radius: 6, step: 13, nameAbove: 0 },
  narrow: { width: 330, rowHeight: 118, left: 18, inset: 18, radius: 5, step: 11, nameAbove: 50 },
} as const;
export type TimelineShape = keyof typeof shapes;
const top = 18;
const years = [2002, 2027] as const;
const tickYears = {
  wide: [2002, 2006, 2010, 2014, 2018, 2022, 2026],
  narrow: [2002, 2008, 2014, 2020, 2026],
};
/** Dots that would overlap are stacked around their row, first come in the middle. */
const offsets = [0, -1, 1, -2, 2, -3, 3, -4, 4];

export interface PlacedEvent {
  readonly event: TimelineEvent;
  readonly x: number;
  readonly y: number;
}

export function placeTimeline(events: readonly TimelineEvent[], shape: TimelineShape = 'wide') {
  const { width, rowHeight, left, inset, radius, step, nameAbove } = shapes[shape];
  const right = width - inset;
  const height = top + timelineThemes.length * rowHeight + 34;
  const x = scaleUtc()
    .domain([Date.UTC(years[0], 0, 1), Date.UTC(years[1], 0, 1)])
    .range([left, right]);
  const y = scalePoint<string>()
    .domain([...timelineThemes])
    .range([top + rowHeight / 2, top + (timelineThemes.length - 0.5) * rowHeight]);
  const dots: PlacedEvent[] = [];
  for (const event of [...events].sort((a, b) => ascending(middleOf(a.date), middleOf(b.date)))) {
    const at = x(middleOf(event.date));
    const row = y(event.theme) ?? 0;
    const isTaken = (offset: number) =>
      dots.some(
        (dot) =>
          dot.event.theme === event.theme &&
          Math.hypot(dot.x - at, dot.y - (row + offset)) < radius * 2,
      );
    const free = offsets.find((offset) => !isTaken(offset * step)) ?? 0;
    dots.push({ event, x: at, y: row + free * step });
  }
  return {
    width,
    height,
    left,
    right,
    top,
    radius,
    nameAbove,
    dots,
    ticks: tickYears[shape].map((year) => ({ year, x: x(Date.UTC(year, 0, 1)) })),
    rows: timelineThemes.map((theme) => ({ theme, y: y(theme) ?? 0 })),
    memoAt: x(Date.UTC(2016, 4, 13)),
  };
}
