/** One series of counted use over time, as a figure. */
import type { Drawing } from '../../view/drawing/drawing.ts';
import { circle, line, path, text, type Item } from '../../view/drawing/items.ts';
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
  const caption = ({ kind, top: panelTop }: AdoptionPanel) =>
    text(
      say(kind === 'share' ? 'facts.chart.share' : 'facts.chart.count'),
      0,
      panelTop - 18,
      size,
      { isStrong: true },
    );
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
      ...x.ticks(4).map((date) =>
        text(String(date.getUTCFullYear()), x(date), height - 10, size, {
          anchor: 'middle',
          fill: 'ink-soft',
        }),
      ),
      ...(isAbout
        ? [
            dot(left + 6, height + 15, true),
            text(say('figure.about'), left + 20, height + 20, size, { fill: 'ink-soft' }),
          ]
        : []),
    ],
  };
}

/** An open dot: its date is not exact. */
const dot = (x: number, y: number, isOpen: boolean) =>
  circle(x, y, 5, {
    fill: isOpen ? 'paper' : 'accent',
    stroke: isOpen ? 'accent' : 'paper',
    strokeWidth: isOpen ? 2 : 1.5,
  });

/** The middle of a value: beside its dot where the line would run through it, and inside the frame with a phone's letters too. */
const besideLine = ({
  text: { length },
  x,
  isAbove,
  isClimb,
}: ReturnType<typeof labelsOf>[number]) =>
  isAbove ? x - 14 : isClimb ? Math.min(x + 4.5 * length, width - 5 * length) : x;

const itemsOf = (panel: AdoptionPanel): readonly Item[] => [
  ...panel.ticks.map((value) => line(0, panel.y(value), width, panel.y(value), { stroke: 'line' })),
  path(panel.points.map((point, index) => `${index ? 'L' : 'M'}${point.x} ${point.y}`).join(''), {
    stroke: 'accent',
    strokeWidth: 2.5,
  }),
  ...panel.points.map((point) => dot(point.x, point.y, point.about)),
  ...labelsOf(panel).map((label) =>
    text(label.text, besideLine(label), label.y - (label.isAbove ? 6 : 0), size, {
      isStrong: true,
      anchor: 'middle',
    }),
  ),
];
