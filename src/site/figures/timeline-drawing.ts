/** 2002 to 2026 as a figure that stands alone: a dot an event, a row a theme. */
import { formatLooseDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Say } from '../../view/messages/say.ts';
import { ink, type Drawing, type Shape } from '../../view/drawing/drawing.ts';
import { placeTimeline } from '../facts/timeline-place.ts';
import type { TimelineEvent } from '../schemas/timeline.ts';

export function timelineDrawing(
  events: readonly TimelineEvent[],
  title: string,
  lang: Lang,
  say: Say,
): Drawing {
  const placed = placeTimeline(events, lang);
  const shapes: Shape[] = [
    ...placed.ticks.flatMap(({ year, x }): Shape[] => [
      { kind: 'line', x1: x, x2: x, y1: placed.top, y2: placed.height - 30, stroke: ink.line },
      {
        kind: 'text',
        x,
        y: placed.height - 10,
        text: String(year),
        size: 14,
        anchor: 'middle',
        fill: ink.soft,
      },
    ]),
    ...placed.rows.flatMap(({ theme, y }): Shape[] => [
      { kind: 'line', x1: placed.left, x2: placed.right, y1: y, y2: y, stroke: ink.strong },
      { kind: 'text', x: 0, y: y + 5, text: say(`show.theme.${theme}`), size: 14 },
    ]),
    ...placed.dots.flatMap(({ x, y, flag }): Shape[] =>
      flag === undefined
        ? []
        : [
            { kind: 'line', x1: x, x2: x, y1: flag.y - 4, y2: y, stroke: ink.accent },
            {
              kind: 'text',
              x: flag.x,
              y: flag.y + 8,
              text: flag.text,
              size: 13,
            },
          ],
    ),
    ...placed.dots.map(({ x, y, event, flag }): Shape => ({
      kind: 'circle',
      x,
      y,
      radius: flag === undefined ? 3 : placed.radius,
      fill: event.confidence === 'V2' ? ink.paper : ink.accent,
      stroke: event.confidence === 'V2' ? ink.accent : ink.paper,
    })),
    {
      kind: 'circle',
      x: 6,
      y: placed.height + 8,
      radius: placed.radius,
      fill: ink.paper,
      stroke: ink.accent,
    },
    {
      kind: 'text',
      x: 20,
      y: placed.height + 13,
      text: say('figure.second-hand'),
      size: 13,
      fill: ink.soft,
    },
  ];
  return {
    width: placed.width,
    height: placed.height + 20,
    title,
    description: [...events]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map((event) => `${formatLooseDate(event.date, lang)}: ${event.text[lang]}`)
      .join(' '),
    shapes,
  };
}
