/** One series of counted use over time, as a figure. */
import { ink, type Drawing, type Shape } from '../../view/drawing/drawing.ts';
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
  const caption = ({ kind, top: panelTop }: AdoptionPanel): Shape => ({
    kind: 'text',
    x: 0,
    y: panelTop - 18,
    text: say(kind === 'share' ? 'facts.chart.share' : 'facts.chart.count'),
    size,
    weight: 700,
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
    height: height + (isAbout ? 20 : 0),
    title: series.title[lang],
    description: [series.scope[lang], ...panels.map(change)].join(' '),
    shapes: [
      ...panels.flatMap((panel) => [
        ...(panels.length > 1 ? [caption(panel)] : []),
        ...shapesOf(panel),
      ]),
      ...x.ticks(4).map((date): Shape => ({
        kind: 'text',
        x: x(date),
        y: height - 10,
        text: String(date.getUTCFullYear()),
        size,
        anchor: 'middle',
        fill: ink.soft,
      })),
      ...(isAbout
        ? ([
            dot(left + 6, height + 8, true),
            {
              kind: 'text',
              x: left + 20,
              y: height + 13,
              text: say('figure.about'),
              size,
              fill: ink.soft,
            },
          ] as const)
        : []),
    ],
  };
}

/** An open dot: its date is not exact. */
const dot = (x: number, y: number, isOpen: boolean): Shape => ({
  kind: 'circle',
  x,
  y,
  radius: 5,
  fill: isOpen ? ink.paper : ink.accent,
  stroke: isOpen ? ink.accent : ink.paper,
  strokeWidth: isOpen ? 2 : 1.5,
});

const shapesOf = (panel: AdoptionPanel): readonly Shape[] => [
  ...panel.ticks.map((value): Shape => ({
    kind: 'line',
    x1: 0,
    x2: width,
    y1: panel.y(value),
    y2: panel.y(value),
    stroke: ink.line,
  })),
  {
    kind: 'path',
    d: panel.points.map((point, index) => `${index ? 'L' : 'M'}${point.x} ${point.y}`).join(''),
    stroke: ink.accent,
    width: 2.5,
  },
  ...panel.points.map((point) => dot(point.x, point.y, point.about)),
  ...labelsOf(panel).map((label): Shape => ({
    kind: 'text',
    ...label,
    size,
    weight: 700,
    anchor: 'middle',
  })),
];
