/** One series of counted use over time, as a figure that stands alone. */
import { ink, type Drawing, type Shape } from '../../view/drawing/drawing.ts';
import { formatLooseDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Say } from '../../view/messages/say.ts';
import { adoptionPanels, labelsOf, sayValue, type AdoptionPanel } from '../facts/adoption-scale.ts';
import type { AdoptionSeries } from '../schemas/adoption.ts';

const [width, left, right, top] = [640, 44, 48, 24];

export function adoptionDrawing(series: AdoptionSeries, lang: Lang, words: Say): Drawing {
  const { figures, unit } = series;
  const { x, panels } = adoptionPanels(series, { left, right: width - right, top }, lang);
  const height = (panels.at(-1)?.bottom ?? 0) + 36;
  const caption = ({ kind, top: panelTop }: AdoptionPanel): Shape => ({
    kind: 'text',
    x: 0,
    y: panelTop - 18,
    text: words(kind === 'share' ? 'facts.chart.share' : 'facts.chart.count'),
    size: 13,
    weight: 700,
  });
  const shapes: Shape[] = [
    ...panels.flatMap((panel): Shape[] => [
      ...(panels.length > 1 ? [caption(panel)] : []),
      ...shapesOf(panel),
    ]),
    ...x.ticks(4).map((date): Shape => ({
      kind: 'text',
      x: x(date),
      y: height - 10,
      text: String(date.getUTCFullYear()),
      size: 13,
      anchor: 'middle',
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
      ...figures.map(({ date, value, share }) => {
        const ofSigned = share === undefined ? '' : ` (${sayValue(share, 'percent', lang)})`;
        return `${formatLooseDate(date, lang)}: ${sayValue(value, unit, lang)}${ofSigned}.`;
      }),
    ].join(' '),
    shapes,
  };
}

function shapesOf(panel: AdoptionPanel): readonly Shape[] {
  const { y, ticks, points } = panel;
  return [
    ...ticks.map((value): Shape => ({
      kind: 'line',
      x1: 0,
      x2: width,
      y1: y(value),
      y2: y(value),
      stroke: ink.line,
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
    ...labelsOf(panel).map((label): Shape => ({
      kind: 'text',
      ...label,
      size: 13,
      weight: 700,
      anchor: 'middle',
    })),
  ];
}
