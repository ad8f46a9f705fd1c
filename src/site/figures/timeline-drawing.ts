/** 2002 to 2026 as a figure: a dot an event, a row a theme; on a page each dot leads to its entry in the list. */
import { formatLooseDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Say } from '../../view/messages/say.ts';
import { guessedLetters, paragraph, type Drawing } from '../../view/drawing/drawing.ts';
import type { Item } from '../../view/drawing/items.ts';
import type { Paint } from '../../view/drawing/paints.ts';
import { placeTimeline, type TimelineShape } from '../facts/timeline-place.ts';
import type { TimelineEvent } from '../schemas/timeline.ts';

/** A theme has one colour, in the picture and in the list (TimelineList.astro). */
const themePaint: Readonly<Record<TimelineEvent['theme'], Paint>> = {
  standard: 'cast-dns',
  netherlands: 'accent',
  adoption: 'verdict-delivered-proven',
  abroad: 'verdict-delivered-readable',
  study: 'verdict-refused',
};

export function timelineDrawing(
  events: readonly TimelineEvent[],
  title: string,
  lang: Lang,
  say: Say,
  shape: TimelineShape = 'wide',
): Drawing {
  const placed = placeTimeline(events, lang, shape);
  const isWide = shape === 'wide';
  const foot = placed.height - 30;
  const { from, to } = placed.enlarged;
  const year = (x: number, y: number, text: string): Item => ({
    kind: 'text',
    x,
    y,
    text,
    size: 14,
    anchor: 'middle',
    fill: 'ink-soft',
  });
  const legend = paragraph(
    say('facts.timeline.second-hand'),
    { x: 0, y: placed.height, width: placed.width, size: 14, fill: 'ink-soft' },
    guessedLetters,
  );
  const dotOf = ({ event, x, y, flag }: (typeof placed.dots)[number]): Item => {
    const stroke = themePaint[event.theme];
    const isOpen = event.confidence === 'V2';
    return {
      kind: 'circle',
      x,
      y,
      radius: isWide && !flag ? 3 : event.id === 'memo' ? 7 : placed.radius,
      fill: isOpen ? 'paper' : stroke,
      stroke: isOpen ? stroke : 'paper',
      strokeWidth: isOpen ? 2 : 1.5,
    };
  };
  const shapes: Item[] = [
    ...(isWide
      ? ([
          {
            kind: 'rect',
            x: from,
            y: placed.top - 8,
            width: to - from,
            height: placed.height - placed.top - 22,
            fill: 'soft',
          },
          year((from + to) / 2, placed.top - 14, say('facts.timeline.enlarged')),
        ] as const)
      : []),
    ...placed.ticks.flatMap(({ year: number, x }): Item[] => [
      { kind: 'line', x1: x, x2: x, y1: placed.top - 8, y2: foot, stroke: 'line' },
      year(x, placed.height - 10, String(number)),
    ]),
    ...placed.rows.map(({ theme, y, top }): Item => ({
      kind: 'group',
      x: 0,
      y: 0,
      theme,
      items: [
        { kind: 'line', x1: placed.left, x2: placed.right, y1: y, y2: y, stroke: 'line-strong' },
        {
          kind: 'text',
          x: 0,
          y: isWide ? y + 5 : top + 22,
          text: say(`show.theme.${theme}`),
          size: 14,
          isStrong: true,
          fill: themePaint[theme],
        },
      ],
    })),
    {
      kind: 'line',
      x1: placed.memoAt,
      x2: placed.memoAt,
      y1: placed.top,
      y2: foot,
      stroke: 'accent',
      strokeWidth: 1.5,
      dash: '4 3',
    },
    ...placed.dots.map((dot): Item => {
      const { event, x, y, flag } = dot;
      const stroke = themePaint[event.theme];
      return {
        kind: 'group',
        x: 0,
        y: 0,
        theme: event.theme,
        href: `#event-${event.id}`,
        ...(isWide && { title: `${formatLooseDate(event.date, lang)}: ${event.text[lang]}` }),
        items: [
          ...(flag
            ? [
                {
                  kind: 'line',
                  x1: x,
                  x2: x,
                  y1: flag.y - 4,
                  y2: y,
                  stroke,
                  strokeWidth: 1.5,
                } as const,
              ]
            : []),
          dotOf(dot),
          ...(flag
            ? [{ kind: 'text', x: flag.x, y: flag.y + 8, text: flag.text, size: 13 } as const]
            : []),
        ],
      };
    }),
    ...legend.items,
  ];
  return {
    width: placed.width,
    height: legend.end + 6,
    title,
    description: [...events]
      .sort((a, b) => (a.date < b.date ? -1 : 1))
      .map((event) => `${formatLooseDate(event.date, lang)}: ${event.text[lang]}`)
      .join(' '),
    items: shapes,
  };
}
