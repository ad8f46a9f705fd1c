/** Where the numbers of one series of counted use stand in a frame, and how they are written. */
import { max } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { formatNumber } from '../../words/format.ts';
import type { Lang } from '../../words/lang.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';
import { middleOf } from './place-in-time.ts';

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whole years from side to side; a percentage is drawn against the whole, a count against the highest. */
export function adoptionScale({ figures, unit }: AdoptionSeries, frame: Frame, lang: Lang) {
  const x = scaleUtc()
    .domain([
      Date.UTC(Number(figures[0]?.date.slice(0, 4)), 0, 1),
      Date.UTC(Number(figures.at(-1)?.date.slice(0, 4)) + 1, 0, 1),
    ])
    .range([frame.left, frame.right]);
  const y = scaleLinear()
    .domain([0, unit === 'percent' ? 100 : (max(figures, ({ value }) => value) ?? 0)])
    .nice()
    .range([frame.bottom, frame.top]);
  const say = (value: number): string =>
    unit === 'percent' ? `${formatNumber(value, lang)}%` : formatNumber(value, lang);
  const points = figures.map((figure) => ({
    ...figure,
    x: x(middleOf(figure.date)),
    y: y(figure.value),
  }));
  return { x, y, say, points };
}
