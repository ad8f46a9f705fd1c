/** One series of counted use over time, as a figure. */
import type { Drawing } from '../../view/drawing/drawing.ts';
import type { Item } from '../../view/drawing/items.ts';
import { formatLooseDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Say } from '../../view/messages/say.ts';
import { adoptionPanels, labelsOf, type AdoptionPanel } from '../facts/adoption-scale.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';

const [width, left, right, top, size] = [560, 44, 48, 24, 14];

export function adoptionDrawing(series: AdoptionSeries, lang: Lang, say: Say): Drawing {
  const { x, panels } = adoptionPanels(series, { left, right: width - right, top }, lang);
  const height = (panels.at(-1)?.bottom ?? 0) + 36;
  const isAbout = series.figures.some(({ about }) => about);
  const caption = ({ kind, top: panelTop }: AdoptionPanel): Item => ({
    kind: 'text',
    x: 0,
    y: panelTop - 18,
    text: say(kind === 'share' ? 'facts.chart.share' : 'facts.chart.count'),
    size,
    isStrong: true,
  });
  /** From the first value of a panel to its last, in words. */
  const change = ({ kind, points, say: sayValue }: AdoptionPanel): string => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last
      ? say(kind === 'share' ? 'facts.chart.share-change' : 'facts.chart.change', {
          first: sayValue(first.value),
          from: formatLooseDate(first.date, lang),
          last: sayValue(last.value),
          to: formatLooseDate(last.date, lang),
        })
      : '';
  };
  return {
    width,
    height: height + (isAbout ? 30 : 0),
    title: series.title[lang],
    description: [series.scope[lang], ...panels.map(change)].join(' '),
    items: [
      ...panels.flatMap((panel) => [
        ...(panels.length > 1 ? [caption(panel)] : []),
        ...itemsOf(panel),
      ]),
      ...x.ticks(4).map((date): Item => ({
        kind: 'text',
        x: x(date),
        y: height - 10,
        text: String(date.getUTCFullYear()),
        size,
        anchor: 'middle',
        fill: 'ink-soft',
      })),
      ...(isAbout
        ? ([
            dot(left + 6, height + 15, true),
            {
              kind: 'text',
              x: left + 20,
              y: height + 20,
              text: say('figure.about'),
              size,
              fill: 'ink-soft',
            },
          ] as const)
        : []),
    ],
  };
}

/** An open dot: its date is not exact. */
const dot = (x: number, y: number, isOpen: boolean): Item => ({
  kind: 'circle',
  x,
  y,
  radius: 5,
  fill: isOpen ? 'paper' : 'accent',
  stroke: isOpen ? 'accent' : 'paper',
  strokeWidth: isOpen ? 2 : 1.5,
});

const itemsOf = (panel: AdoptionPanel): readonly Item[] => [
  ...panel.ticks.map((value): Item => ({
    kind: 'line',
    x1: 0,
    x2: width,
    y1: panel.y(value),
    y2: panel.y(value),
    stroke: 'line',
  })),
  {
    kind: 'path',
    d: panel.points.map((point, index) => `${index ? 'L' : 'M'}${point.x} ${point.y}`).join(''),
    stroke: 'accent',
    strokeWidth: 2.5,
  },
  ...panel.points.map((point) => dot(point.x, point.y, point.about)),
  ...labelsOf(panel).map((label): Item => ({
    kind: 'text',
    ...label,
    size,
    isStrong: true,
    anchor: 'middle',
  })),
];
