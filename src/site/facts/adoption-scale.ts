/** Where the numbers of one series of counted use stand in a frame, and how they are written. */
import { max } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { formatNumber } from '../../view/messages/say.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';
import { middleOf } from './timeline-place.ts';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** Pixels: the panel of a series, the panel of its shares, and the room for the caption above a panel. */
const heights = { series: 200, share: 96, caption: 36 } as const;
/** Pixels between two numbers written at their dots, so that they do not overlap on a phone either. */
const labelGap = 88;

/**
 * The panels of a series, one above the other on one time axis. A count that has shares gets a second
 * panel with them, because a count also grows when the survey looks at more domains. A percentage that
 * is the series itself is drawn against the whole, everything else against its highest value.
 */
export function adoptionPanels({ figures, unit }: AdoptionSeries, frame: Frame, lang: Lang) {
  const x = scaleUtc()
    .domain([
      Date.UTC(Number(figures[0]?.date.slice(0, 4)), 0, 1),
      Date.UTC(Number(figures.at(-1)?.date.slice(0, 4)) + 1, 0, 1),
    ])
    .range([frame.left, frame.right]);
  const panel = (
    kind: 'series' | 'share',
    top: number,
    values: readonly { readonly date: string; readonly about: boolean; readonly value: number }[],
  ) => {
    const isPercent = kind === 'share' || unit === 'percent';
    const bottom = top + heights[kind];
    const highest = max(values, ({ value }) => value) ?? 0;
    const y = scaleLinear()
      .domain([0, kind === 'series' && isPercent ? 100 : highest])
      .nice(kind === 'share' ? 2 : undefined)
      .range([bottom, top]);
    const say = (value: number): string => sayValue(value, isPercent ? 'percent' : 'domains', lang);
    const points = values.map((figure) => ({
      ...figure,
      x: x(middleOf(figure.date)),
      y: y(figure.value),
    }));
    return { kind, top, bottom, y, ticks: y.ticks(kind === 'share' ? 2 : 4), say, points };
  };
  const shares = figures.flatMap(({ share, ...figure }) =>
    share === undefined ? [] : [{ ...figure, value: share }],
  );
  if (shares.length === 0) return { x, panels: [panel('series', frame.top, figures)] };
  const counts = panel('series', frame.top + heights.caption, figures);
  return { x, panels: [counts, panel('share', counts.bottom + 16 + heights.caption, shares)] };
}

export type AdoptionPanel = ReturnType<typeof adoptionPanels>['panels'][number];

export const sayValue = (value: number, unit: AdoptionSeries['unit'], lang: Lang): string =>
  `${formatNumber(value, lang)}${unit === 'percent' ? '%' : ''}`;

/**
 * The value labels of a panel and their positions: the last point, and those before it that do not overlap it. A label is
 * below its dot, or above it near the axis; `isClimb`: the line segment to the dot is so steep that it would cross a
 * label below it.
 */
export function labelsOf({ points, bottom, say }: AdoptionPanel) {
  const last = points.at(-1);
  if (last === undefined) return [];
  const kept: (typeof last)[] = [];
  for (const point of points.slice(0, -1)) {
    const before = kept.at(-1);
    if ((before === undefined || point.x - before.x >= labelGap) && last.x - point.x >= labelGap)
      kept.push(point);
  }
  return [...kept, last].map((point) => {
    const { x, y, value } = point;
    const before = points[points.indexOf(point) - 1];
    const isAbove = y + 34 > bottom;
    const isClimb = before !== undefined && before.y - y > 0.2 * (x - before.x);
    return { x, y: isAbove ? y - 12 : y + 26, text: say(value), isAbove, isClimb };
  });
}
