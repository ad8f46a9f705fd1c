/** The curve of mail that meets an empty memory: the chart of the page, and with its legend a figure that stands alone. */
import type { Say } from '../messages/say.ts';
import type { Drawing } from '../drawing/drawing.ts';
import type { Item, Look } from '../drawing/items.ts';
import type { Curve, Picture } from './view.ts';

const size = 13;
const curveLooks: Readonly<Record<Curve['id'], Look>> = {
  chosen: { stroke: 'accent', strokeWidth: 2.5 },
  'draft-2016': { stroke: 'verdict-delivered-to-attacker', strokeWidth: 2.5, dash: '7 4' },
  year: { stroke: 'verdict-delivered-proven', strokeWidth: 2.5, dash: '2 4' },
};

/** A rate that was played out, with twice its standard error. */
const dot = (x: number, y: number, low: number, high: number): readonly Item[] => [
  { kind: 'line', x1: x, x2: x, y1: low, y2: high, stroke: 'ink', strokeWidth: 1.5 },
  { kind: 'circle', x, y, radius: 3.5, fill: 'ink' },
];

/** What the lines and the dots are: each a sign of 34 by 14 pixels, and its words. */
export const legendOf = (lifetimeDays: number, say: Say) => [
  ...(['chosen', 'draft-2016', 'year'] as const).map((id) => ({
    items: [{ kind: 'line', x1: 0, x2: 34, y1: 7, y2: 7, ...curveLooks[id] }] as readonly Item[],
    text: say(`burden.curve.${id}`, { days: lifetimeDays }),
  })),
  { items: dot(17, 7, 1, 13), text: say('burden.played') },
];

export function chartItems(
  { plot, height, xTicks, yTicks, curves, dots, marker }: Picture,
  say: Say,
  percent: (share: number) => string,
): readonly Item[] {
  const label = { kind: 'text', size, fill: 'ink-soft' } as const;
  const { left, right, top, bottom } = plot;
  return [
    ...yTicks.flatMap(({ share, y }): Item[] => [
      { kind: 'line', x1: left, x2: right, y1: y, y2: y, stroke: 'line' },
      { ...label, x: left - 6, y: y + 4, text: percent(share), anchor: 'end' },
    ]),
    ...xTicks.flatMap(({ rate, x }): Item[] => [
      { kind: 'line', x1: x, x2: x, y1: bottom, y2: bottom + 5, stroke: 'line' },
      { ...label, x, y: bottom + 19, text: say(`burden.rate.${rate}`), anchor: 'middle' },
    ]),
    {
      ...label,
      x: (left + right) / 2,
      y: height - 6,
      text: say('burden.axis-x'),
      anchor: 'middle',
      fill: 'ink',
    },
    ...curves.map(({ id, path }): Item => ({ kind: 'path', d: path, ...curveLooks[id] })),
    ...dots.flatMap(({ x, y, low, high }) => dot(x, y, low, high)),
    {
      kind: 'line',
      x1: marker.x,
      x2: marker.x,
      y1: top,
      y2: bottom,
      stroke: 'accent',
      dash: '3 3',
    },
    { kind: 'circle', x: marker.x, y: marker.y, radius: 7, stroke: 'accent', strokeWidth: 2.5 },
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
      ...legend.flatMap(({ items, text }, index): Item[] => [
        { kind: 'group', x: plot.left, y: height + 10 + index * 22, items },
        { kind: 'text', x: plot.left + 44, y: height + 21 + index * 22, text, size },
      ]),
      {
        kind: 'text',
        x: plot.left,
        y: end + 24,
        text: say('burden.source'),
        size: 12,
        fill: 'ink-soft',
      },
    ],
  };
}
