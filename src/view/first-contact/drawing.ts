/** First contact as a figure that stands alone: three tracks of messages over days. */
import type { Drawing, Letters } from '../drawing/drawing.ts';
import { line, rect, text, type Item } from '../drawing/items.ts';
import type { Say } from '../messages/say.ts';
import { signAt } from '../stage/art.ts';
import { endings } from '../stage/signs.ts';
import type { FirstContactState, StopId } from './state.ts';
import type { Track } from './track.ts';
import { countEndings, place } from './view.ts';

/** As narrow as its signs allow, so that its words can be read in the column of an article and on a phone. */
const width = 360;
const size = 14;
const legendRow = 24;
const at = (percent: number): number => (percent / 100) * width;

/** With the title and the words of a stop of the story, or of the reader's own settings. */
export function firstContactFigure(
  state: FirstContactState,
  tracks: readonly Track[],
  stop: StopId | undefined,
  say: Say,
  letters: Letters,
): Drawing {
  const title = stop
    ? `${say('first-contact.picture')}: ${say(`scene.story.${stop}.title`)}`
    : say('first-contact.picture');
  const counts = tracks.map((track) => {
    const ends = countEndings(track).map(([ending, count]) =>
      say('first-contact.count', { count, verdict: say(`verdict.${ending}`) }),
    );
    return `${say(`track.${track.id}`)}: ${ends.join('; ')}.`;
  });
  const description = [say('first-contact.picture-text'), ...counts].join(' ');
  const picture = place(state, tracks);
  const shapes: Item[] = [];
  const { window, axisY } = picture;
  // Letters of every day stand closer than a sign is wide.
  const [first] = picture.tracks.flatMap(({ messages }) => messages);
  const scale = Math.min(0.7, at(2 * (first?.reach ?? 100)) / 23);
  if (window)
    shapes.push(
      rect(
        { ...window, x: at(window.x), width: at(window.width) },
        { fill: 'verdict-delivered-to-attacker-soft' },
      ),
      text(say('first-contact.window'), at(window.x) + 6, window.y + 16, size, {
        isStrong: true,
        fill: 'verdict-delivered-to-attacker',
      }),
    );
  for (const track of picture.tracks) {
    const name = say(`track.${track.id}`);
    shapes.push(
      // The edge of the window does not run through the words.
      rect(
        { x: 0, y: track.labelY - 2, width: letters.widthOf(name, size) + 8, height: 20 },
        { fill: 'paper' },
      ),
      text(name, 4, track.labelY + 12, size, { isStrong: true }),
      ...track.memory.map(({ x, width: length, forged }) =>
        memory(at(x), track.memoryY, Math.max(0, Math.min(at(length), width - at(x))), forged),
      ),
      ...track.messages.map(({ x, ending }) => signAt(ending, at(x), track.dotsY, scale)),
    );
  }
  shapes.push(
    line(at(3), axisY, at(97), axisY, { stroke: 'line-strong' }),
    ...picture.ticks.flatMap(({ day, x }) => [
      line(at(x), axisY, at(x), axisY + 6, { stroke: 'line-strong' }),
      text(String(day), at(x), axisY + 22, size, { anchor: 'middle' }),
    ]),
    text(say('unit.days'), at(97), axisY + 38, size, { anchor: 'end', fill: 'ink-soft' }),
  );
  // Only the endings that are in the picture, each with its sign.
  const present = endings.filter((ending) =>
    tracks.some(({ messages }) => messages.some((message) => message.ending === ending)),
  );
  let x = 4;
  let y = picture.heightPixels + legendRow;
  /** A sign and its words, on the next line where this one is full. */
  const explain = (
    words: string,
    signWidth: number,
    sign: (x: number, y: number) => Item,
  ): void => {
    const length = signWidth + 6 + letters.widthOf(words, size);
    if (x + length > width) [x, y] = [4, y + legendRow];
    shapes.push(sign(x, y), text(words, x + signWidth + 6, y, size));
    x += length + 18;
  };
  for (const ending of present)
    explain(say(`verdict.${ending}.short`), 16, (left, base) =>
      signAt(ending, left + 8, base - 5, 0.7),
    );
  for (const [key, isForged] of [
    ['first-contact.kept', false],
    ['first-contact.planted', true],
  ] as const)
    if (tracks.some((track) => track.memory.some(({ forged }) => forged === isForged)))
      explain(say(key), 22, (left, base) => memory(left, base - 9, 22, isForged));
  return { width, height: y + 10, title, description, items: shapes };
}

/** What a sender remembers, over time. */
const memory = (x: number, y: number, length: number, isForged: boolean): Item =>
  rect(
    { x, y, width: length, height: 7 },
    { radius: 3, fill: isForged ? 'verdict-delivered-to-attacker' : 'verdict-delivered-readable' },
  );
