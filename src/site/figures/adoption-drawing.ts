/** One series of counted use over time, as a figure that stands alone. */
import { max } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { ink, type Drawing, type Shape } from '../../widgets/chart/drawing.ts';
import { formatLooseDate } from '../../words/dates.ts';
import { formatNumber } from '../../words/format.ts';
import type { Lang } from '../../words/lang.ts';
import type { Say } from '../../words/say.ts';
import { middleOf } from '../facts/place-in-time.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';

const [width, height, left, right, top, bottom] = [640, 300, 92, 28, 16, 36];

export function adoptionDrawing(series: AdoptionSeries, lang: Lang, words: Say): Drawing {
  const { figures } = series;
  const x = scaleUtc()
    .domain([
      Date.UTC(Number(figures[0]?.date.slice(0, 4)), 0, 1),
      Date.UTC(Number(figures.at(-1)?.date.slice(0, 4)) + 1, 0, 1),
    ])
    .range([left, width - right]);
  const y = scaleLinear()
    .domain([0, series.unit === 'percent' ? 100 : (max(figures, ({ value }) => value) ?? 0)])
    .nice()
    .range([height - bottom, top]);
  const say = (value: number) =>
    series.unit === 'percent' ? `${formatNumber(value, lang)}%` : formatNumber(value, lang);
  const points = figures.map((figure) => ({
    ...figure,
    x: x(middleOf(figure.date)),
    y: y(figure.value),
  }));
  const shapes: Shape[] = [
    ...y.ticks(4).flatMap((value): Shape[] => [
      { kind: 'line', x1: left, x2: width - right, y1: y(value), y2: y(value), stroke: ink.line },
      { kind: 'text', x: left - 8, y: y(value) + 5, text: say(value), size: 13, anchor: 'end' },
    ]),
    ...x.ticks(4).map((date): Shape => ({
      kind: 'text',
      x: x(date),
      y: height - 10,
      text: String(date.getUTCFullYear()),
      size: 13,
      anchor: 'middle',
    })),
    {
      kind: 'path',
      d: points.map((point, index) => `${index ? 'L' : 'M'}${point.x} ${point.y}`).join(''),
      stroke: ink.accent,
      width: 2,
    },
    // An open dot: its date is not exact.
    ...points.map((point): Shape => ({
      kind: 'circle',
      x: point.x,
      y: point.y,
      radius: 5,
      fill: point.about ? ink.paper : ink.accent,
      stroke: ink.accent,
    })),
    ...(figures.some(({ about }) => about)
      ? ([
          {
            kind: 'circle',
            x: left + 6,
            y: height + 8,
            radius: 5,
            fill: ink.paper,
            stroke: ink.accent,
          },
          {
            kind: 'text',
            x: left + 20,
            y: height + 13,
            text: words('figure.about'),
            size: 13,
            fill: ink.soft,
          },
        ] as const)
      : []),
  ];
  return {
    width,
    height: height + (figures.some(({ about }) => about) ? 20 : 0),
    title: series.title[lang],
    description: [
      series.scope[lang],
      ...figures.map(({ date, value }) => `${formatLooseDate(date, lang)}: ${say(value)}.`),
    ].join(' '),
    shapes,
  };
}
