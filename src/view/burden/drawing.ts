/** The curve of mail that meets an empty memory: the chart of the page, and with its legend a figure that stands alone. */
import type { Say } from '../messages/say.ts';
import type { Drawing } from '../drawing/drawing.ts';
import { circle, group, line, path, text, type Item, type Look } from '../drawing/items.ts';
import type { Curve, Picture } from './view.ts';

const size = 13;
const curveLooks: Readonly<Record<Curve['id'], Look>> = {
  chosen: { stroke: 'accent', strokeWidth: 2.5 },
  'draft-2016': { stroke: 'verdict-delivered-to-attacker', strokeWidth: 2.5, dash: '7 4' },
  year: { stroke: 'verdict-delivered-proven', strokeWidth: 2.5, dash: '2 4' },
};

/** A rate that was played out, with twice its standard error. */
const dot = (x: number, y: number, low: number, high: number): readonly Item[] => [
  line(x, low, x, high, { stroke: 'ink', strokeWidth: 1.5 }),
  circle(x, y, 3.5, { fill: 'ink' }),
];

/** What the lines and the dots are: each a sign of 34 by 14 pixels, and its words. */
export const legendOf = (lifetimeDays: number, say: Say) => [
  ...(['chosen', 'draft-2016', 'year'] as const).map((id) => ({
    items: [line(0, 7, 34, 7, curveLooks[id])] as readonly Item[],
    text: say(`burden.curve.${id}`, { days: lifetimeDays }),
  })),
  { items: dot(17, 7, 1, 13), text: say('burden.played') },
];

export function chartItems(
  { plot, height, xTicks, yTicks, curves, dots, marker }: Picture,
  say: Say,
  percent: (share: number) => string,
): readonly Item[] {
  const { left, right, top, bottom } = plot;
  return [
    ...yTicks.flatMap(({ share, y }) => [
      line(left, y, right, y, { stroke: 'line' }),
      text(percent(share), left - 6, y + 4, size, { anchor: 'end', fill: 'ink-soft' }),
    ]),
    ...xTicks.flatMap(({ rate, x }) => [
      line(x, bottom, x, bottom + 5, { stroke: 'line' }),
      text(say(`burden.rate.${rate}`), x, bottom + 19, size, {
        anchor: 'middle',
        fill: 'ink-soft',
      }),
    ]),
    text(say('burden.axis-x'), (left + right) / 2, height - 6, size, {
      anchor: 'middle',
      fill: 'ink',
    }),
    ...curves.map(({ id, path: d }) => path(d, curveLooks[id])),
    ...dots.flatMap(({ x, y, low, high }) => dot(x, y, low, high)),
    line(marker.x, top, marker.x, bottom, { stroke: 'accent', dash: '3 3' }),
    circle(marker.x, marker.y, 7, { stroke: 'accent', strokeWidth: 2.5 }),
  ];
}

export function burdenDrawing(
  picture: Picture,
  lifetimeDays: number,
  say: Say,
  percent: (share: number) => string,
): Drawing {
  const { width, height, plot } = picture;
  const legend = legendOf(lifetimeDays, say);
  const end = height + legend.length * 22;
  return {
    width,
    height: end + 34,
    title: say('burden.picture'),
    description: say('burden.picture-text'),
    items: [
      ...chartItems(picture, say, percent),
      ...legend.flatMap(({ items, text: words }, index) => [
        group({ x: plot.left, y: height + 10 + index * 22 }, items),
        text(words, plot.left + 44, height + 21 + index * 22, size),
      ]),
      text(say('burden.source'), plot.left, end + 24, 12, { fill: 'ink-soft' }),
    ],
  };
}
