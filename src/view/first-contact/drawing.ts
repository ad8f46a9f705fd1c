/** First contact as a figure that stands alone: three tracks of messages over days. */
import type { Drawing, Letters } from '../drawing/drawing.ts';
import type { Item } from '../drawing/items.ts';
import type { Say } from '../messages/say.ts';
import { endings, signAt } from '../stage/signs.ts';
import type { FirstContactState, StopId } from './state.ts';
import type { Track } from './track.ts';
import { countEndings, place } from './view.ts';

const width = 760;
const legendHeight = 36;
const at = (percent: number): number => (percent / 100) * width;

/** With the title and the words of a stop of the story, or of the reader's own settings. */
export const firstContactFigure = (
  state: FirstContactState,
  tracks: readonly Track[],
  stop: StopId | undefined,
  say: Say,
  letters: Letters,
): Drawing =>
  firstContactDrawing(
    state,
    tracks,
    stop
      ? `${say('first-contact.picture')}: ${say(`scene.story.${stop}.title`)}`
      : say('first-contact.picture'),
    [
      say('first-contact.picture-text'),
      ...tracks.map(
        (track) =>
          `${say(`track.${track.id}`)}: ${countEndings(track)
            .map(([ending, count]) =>
              say('first-contact.count', { count, verdict: say(`verdict.${ending}`) }),
            )
            .join('; ')}.`,
      ),
    ].join(' '),
    say,
    letters,
  );

function firstContactDrawing(
  state: FirstContactState,
  tracks: readonly Track[],
  title: string,
  description: string,
  say: Say,
  letters: Letters,
): Drawing {
  const picture = place(state, tracks);
  const shapes: Item[] = [];
  const { window } = picture;
  if (window)
    shapes.push(
      {
        kind: 'rect',
        x: at(window.x),
        y: window.y,
        width: at(window.width),
        height: window.height,
        fill: 'verdict-delivered-to-attacker-soft',
      },
      {
        kind: 'text',
        x: at(window.x) + 6,
        y: window.y + 16,
        text: say('first-contact.window'),
        size: 13,
        isStrong: true,
        fill: 'verdict-delivered-to-attacker',
      },
    );
  for (const track of picture.tracks) {
    shapes.push(
      {
        kind: 'text',
        x: 4,
        y: track.labelY + 12,
        text: say(`track.${track.id}`),
        size: 14,
        isStrong: true,
      },
      ...track.memory.map(({ x, width: length, forged }): Item => ({
        kind: 'rect',
        x: at(x),
        y: track.memoryY,
        width: Math.max(0, Math.min(at(length), width - at(x))),
        height: 7,
        fill: forged ? 'verdict-delivered-to-attacker' : 'verdict-delivered-readable',
        radius: 3,
      })),
      ...track.messages.map(({ x, ending }) => signAt(ending, at(x), track.dotsY, 0.7)),
    );
  }
  shapes.push(
    {
      kind: 'line',
      x1: at(3),
      x2: at(97),
      y1: picture.axisY,
      y2: picture.axisY,
      stroke: 'line-strong',
    },
    ...picture.ticks.flatMap(({ day, x }): Item[] => [
      {
        kind: 'line',
        x1: at(x),
        x2: at(x),
        y1: picture.axisY,
        y2: picture.axisY + 6,
        stroke: 'line-strong',
      },
      {
        kind: 'text',
        x: at(x),
        y: picture.axisY + 22,
        text: String(day),
        size: 13,
        anchor: 'middle',
      },
    ]),
    {
      kind: 'text',
      x: at(97),
      y: picture.axisY + 38,
      text: say('unit.days'),
      size: 13,
      anchor: 'end',
      fill: 'ink-soft',
    },
  );
  // Only the endings that are in the picture, each with its sign.
  const present = endings.filter((ending) =>
    tracks.some(({ messages }) => messages.some((message) => message.ending === ending)),
  );
  let x = 4;
  const y = picture.heightPixels + legendHeight - 10;
  for (const ending of present) {
    const text = say(`verdict.${ending}.short`);
    shapes.push(signAt(ending, x + 8, y - 5, 0.7), {
      kind: 'text',
      x: x + 22,
      y,
      text,
      size: 13,
    });
    x += 22 + letters.widthOf(text, 13) + 22;
  }
  for (const [key, fill] of [
    ['first-contact.kept', 'verdict-delivered-readable'],
    ['first-contact.planted', 'verdict-delivered-to-attacker'],
  ] as const) {
    if (
      !tracks.some(({ memory }) =>
        memory.some(({ forged }) => forged === (fill === 'verdict-delivered-to-attacker')),
      )
    )
      continue;
    const text = say(key);
    shapes.push(
      { kind: 'rect', x, y: y - 9, width: 22, height: 7, fill, radius: 3 },
      { kind: 'text', x: x + 28, y, text, size: 13 },
    );
    x += 28 + letters.widthOf(text, 13) + 22;
  }
  return {
    width: Math.max(width, x),
    height: picture.heightPixels + legendHeight,
    title,
    description,
    items: shapes,
  };
}
