/** One series of counted use over time, as a figure that stands alone. */
import { ink, type Drawing, type Shape } from '../../widgets/chart/drawing.ts';
import { formatLooseDate } from '../../words/dates.ts';
import type { Lang } from '../../words/lang.ts';
import type { Say } from '../../words/say.ts';
import { adoptionScale } from '../facts/adoption-scale.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';

const [width, height, left, right, top, bottom] = [640, 300, 92, 28, 16, 36];

export function adoptionDrawing(series: AdoptionSeries, lang: Lang, words: Say): Drawing {
  const { figures } = series;
  const frame = { left, right: width - right, top, bottom: height - bottom };
  const { x, y, say, points } = adoptionScale(series, frame, lang);
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
