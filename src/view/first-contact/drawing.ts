/** First contact as a figure that stands alone: three tracks of messages over days. */
import type { Drawing, Letters } from '../drawing/drawing.ts';
import type { Item } from '../drawing/items.ts';
import type { Say } from '../messages/say.ts';
import { endings, signAt } from '../stage/signs.ts';
import type { FirstContactState, StopId } from './state.ts';
import type { Track } from './track.ts';
import { countEndings, place } from './view.ts';

/** As narrow as its signs allow, so that its words can be read in the column of an article and on a phone. */
const width = 360;
const size = 14;
const legendRow = 24;
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
  // Letters of every day stand closer than a sign is wide.
  const [first] = picture.tracks.flatMap(({ messages }) => messages);
  const scale = Math.min(0.7, at(2 * (first?.reach ?? 100)) / 23);
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
        size,
        isStrong: true,
        fill: 'verdict-delivered-to-attacker',
      },
    );
  for (const track of picture.tracks) {
    const name = say(`track.${track.id}`);
    shapes.push(
      // The edge of the window does not run through the words.
      {
        kind: 'rect',
        x: 0,
        y: track.labelY - 2,
        width: letters.widthOf(name, size) + 8,
        height: 20,
        fill: 'paper',
      },
      { kind: 'text', x: 4, y: track.labelY + 12, text: name, size, isStrong: true },
      ...track.memory.map(({ x, width: length, forged }): Item => ({
        kind: 'rect',
        x: at(x),
        y: track.memoryY,
        width: Math.max(0, Math.min(at(length), width - at(x))),
        height: 7,
        fill: forged ? 'verdict-delivered-to-attacker' : 'verdict-delivered-readable',
        radius: 3,
      })),
      ...track.messages.map(({ x, ending }) => signAt(ending, at(x), track.dotsY, scale)),
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
        size,
        anchor: 'middle',
      },
    ]),
    {
      kind: 'text',
      x: at(97),
      y: picture.axisY + 38,
      text: say('unit.days'),
      size,
      anchor: 'end',
      fill: 'ink-soft',
    },
  );
  // Only the endings that are in the picture, each with its sign.
  const present = endings.filter((ending) =>
    tracks.some(({ messages }) => messages.some((message) => message.ending === ending)),
  );
  let x = 4;
  let y = picture.heightPixels + legendRow;
  /** A sign and its words, on the next line where this one is full. */
  const explain = (text: string, signWidth: number, sign: (x: number, y: number) => Item): void => {
    const length = signWidth + 6 + letters.widthOf(text, size);
    if (x + length > width) [x, y] = [4, y + legendRow];
    shapes.push(sign(x, y), { kind: 'text', x: x + signWidth + 6, y, text, size });
    x += length + 18;
  };
  for (const ending of present)
    explain(say(`verdict.${ending}.short`), 16, (from, line) =>
      signAt(ending, from + 8, line - 5, 0.7),
    );
  for (const [key, fill] of [
    ['first-contact.kept', 'verdict-delivered-readable'],
    ['first-contact.planted', 'verdict-delivered-to-attacker'],
  ] as const) {
    const isForged = fill === 'verdict-delivered-to-attacker';
    if (tracks.some(({ memory }) => memory.some(({ forged }) => forged === isForged)))
      explain(say(key), 22, (from, line) => ({
        kind: 'rect',
        x: from,
        y: line - 9,
        width: 22,
        height: 7,
        fill,
        radius: 3,
      }));
  }
  return {
    width,
    height: y + 10,
    title,
    description,
    items: shapes,
  };
}
