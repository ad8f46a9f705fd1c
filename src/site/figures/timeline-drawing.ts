/** 2002 to 2026 as a figure: a dot an event, a row a theme; on a page each dot leads to its entry in the list. */
import { formatLooseDate } from '../../view/messages/dates.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Say } from '../../view/messages/say.ts';
import { guessedLetters, paragraph, type Drawing } from '../../view/drawing/drawing.ts';
import { circle, group, line, rect, text, type Item } from '../../view/drawing/items.ts';
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
  const year = (x: number, y: number, words: string) =>
    text(words, x, y, 14, { anchor: 'middle', fill: 'ink-soft' });
  const legend = paragraph(
    say('facts.timeline.second-hand'),
    { x: 0, y: placed.height, width: placed.width, size: 14, fill: 'ink-soft' },
    guessedLetters,
  );
  const dotOf = ({ event, x, y, flag }: (typeof placed.dots)[number]) => {
    const stroke = themePaint[event.theme];
    const isOpen = event.confidence === 'V2';
    return circle(x, y, isWide && !flag ? 3 : event.id === 'memo' ? 7 : placed.radius, {
      fill: isOpen ? 'paper' : stroke,
      stroke: isOpen ? stroke : 'paper',
      strokeWidth: isOpen ? 2 : 1.5,
    });
  };
  const shapes: Item[] = [
    ...(isWide
      ? [
          rect(
            {
              x: from,
              y: placed.top - 8,
              width: to - from,
              height: placed.height - placed.top - 22,
            },
            { fill: 'soft' },
          ),
          year((from + to) / 2, placed.top - 14, say('facts.timeline.enlarged')),
        ]
      : []),
    ...placed.ticks.flatMap(({ year: number, x }) => [
      line(x, placed.top - 8, x, foot, { stroke: 'line' }),
      year(x, placed.height - 10, String(number)),
    ]),
    ...placed.rows.map(({ theme, y, top }) =>
      group({ x: 0, y: 0, theme }, [
        line(placed.left, y, placed.right, y, { stroke: 'line-strong' }),
        text(say(`show.theme.${theme}`), 0, isWide ? y + 5 : top + 22, 14, {
          isStrong: true,
          fill: themePaint[theme],
        }),
      ]),
    ),
    line(placed.memoAt, placed.top, placed.memoAt, foot, {
      stroke: 'accent',
      strokeWidth: 1.5,
      dash: '4 3',
    }),
    ...placed.dots.map((dot) => {
      const { event, x, y, flag } = dot;
      const title = `${formatLooseDate(event.date, lang)}: ${event.text[lang]}`;
      const look = { stroke: themePaint[event.theme], strokeWidth: 1.5 };
      return group(
        {
          x: 0,
          y: 0,
          theme: event.theme,
          href: `#event-${event.id}`,
          ...(isWide && { title }),
        },
        [
          ...(flag ? [line(x, flag.y - 4, x, y, look)] : []),
          dotOf(dot),
          ...(flag ? [text(flag.text, flag.x, flag.y + 8, 13)] : []),
        ],
      );
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
