/** Where the events of the timeline lie: for the picture on the page and for the figure that stands alone. */
import { ascending } from 'd3-array';
import { scalePoint, scaleUtc } from 'd3-scale';
import { timelineThemes, type TimelineEvent } from '../schemas/timeline.ts';
import { middleOf } from './place-in-time.ts';

const [width, rowHeight, left, top, radius] = [960, 64, 110, 18, 6];
const right = width - 12;
const years = [2002, 2027] as const;
const tickYears = [2002, 2006, 2010, 2014, 2018, 2022, 2026];
/** Dots that would overlap are stacked around their row, first come in the middle. */
const offsets = [0, -14, 14, -26, 26];

export interface PlacedEvent {
  readonly event: TimelineEvent;
  readonly x: number;
  readonly y: number;
}

export function placeTimeline(events: readonly TimelineEvent[]) {
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
    const free = offsets.find((offset) => !isTaken(offset)) ?? 26;
    dots.push({ event, x: at, y: row + free });
  }
  return {
    width,
    height,
    left,
    right,
    top,
    radius,
    dots,
    ticks: tickYears.map((year) => ({ year, x: x(Date.UTC(year, 0, 1)) })),
    rows: timelineThemes.map((theme) => ({ theme, y: y(theme) ?? 0 })),
    memoAt: x(Date.UTC(2016, 4, 13)),
  };
}
