/** The curve of mail that meets an empty memory, as a figure that stands alone. */
import type { Say } from '../messages/say.ts';
import { ink, type Drawing, type Shape } from '../drawing/drawing.ts';
import type { Picture } from './view.ts';

const strokes = {
  chosen: ink.accent,
  'draft-2016': ink.alarm,
  year: 'verdict-delivered-proven',
} as const;
const dashes = { chosen: '', 'draft-2016': '7 4', year: '2 4' } as const;

export function burdenDrawing(
  picture: Picture,
  say: Say,
  percent: (share: number) => string,
): Drawing {
  const { width, height, plot } = picture;
  const y2 = height + 26 + picture.curves.length * 22;
  const legend = picture.curves.flatMap(({ id, lifetimeDays }, index): Shape[] => {
    const text = say(`burden.curve.${id}`, { days: Math.round(lifetimeDays * 10) / 10 });
    const at = plot.left;
    const legendY = height + 26 + index * 22;
    return [
      {
        kind: 'line',
        x1: at,
        x2: at + 26,
        y1: legendY - 4,
        y2: legendY - 4,
        stroke: strokes[id],
        width: 2,
        dash: dashes[id],
      },
      { kind: 'text', x: at + 34, y: legendY, text, size: 13 },
    ];
  });
  const shapes: Shape[] = [
    ...picture.yTicks.flatMap(({ share, y }): Shape[] => [
      { kind: 'line', x1: plot.left, x2: plot.right, y1: y, y2: y, stroke: ink.line },
      { kind: 'text', x: plot.left - 6, y: y + 4, text: percent(share), size: 13, anchor: 'end' },
    ]),
    ...picture.xTicks.map(({ rate, x: at }): Shape => ({
      kind: 'text',
      x: at,
      y: plot.bottom + 18,
      text: say(`burden.rate.${rate}`),
      size: 13,
      anchor: 'middle',
    })),
    {
      kind: 'text',
      x: (plot.left + plot.right) / 2,
      y: plot.bottom + 38,
      text: say('burden.axis-x'),
      size: 13,
      anchor: 'middle',
    },
    ...picture.curves.map(({ id, path }): Shape => ({
      kind: 'path',
      d: path,
      stroke: strokes[id],
      width: 2,
      dash: dashes[id],
    })),
    ...picture.dots.flatMap(({ x: at, y, low, high }): Shape[] => [
      { kind: 'line', x1: at, x2: at, y1: low, y2: high, stroke: ink.ink },
      { kind: 'circle', x: at, y, radius: 3.5, fill: ink.ink },
    ]),
    ...legend,
    // What the dots are, and whose numbers these are.
    {
      kind: 'line',
      x1: plot.left + 13,
      x2: plot.left + 13,
      y1: y2 - 11,
      y2: y2 + 3,
      stroke: ink.ink,
    },
    { kind: 'circle', x: plot.left + 13, y: y2 - 4, radius: 3.5, fill: ink.ink },
    { kind: 'text', x: plot.left + 34, y: y2, text: say('burden.played'), size: 13 },
    {
      kind: 'text',
      x: plot.left,
      y: y2 + 24,
      text: say('burden.source'),
      size: 12,
      fill: ink.soft,
    },
  ];
  return {
    width,
    height: y2 + 34,
    title: say('burden.picture'),
    description: say('burden.picture-text'),
    shapes,
  };
}
