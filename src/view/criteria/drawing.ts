/** A weighing as a figure that stands alone: the scales, the outcome, and what was weighed. */
import type { Say } from '../messages/say.ts';
import { paragraph, stacked, type Drawing, type Letters } from '../drawing/drawing.ts';
import { group, type Item } from '../drawing/items.ts';
import { balanceOf, tiltOf } from './balance.ts';
import {
  clearDifference,
  outcomeOf,
  resultOf,
  scalesOf,
  shownIn,
  turningOf,
  weightIn,
  type ShownFinding,
  type Weighing,
} from './weighing.ts';

const width = 760;
const pictureScale = 1.25;
/** Where the weights stand, in words. */
const weightLeft = 560;

/** The scales as they hang for a weighing. */
export const pictureOf = (weighing: Weighing, findings: readonly ShownFinding[], say: Say) =>
  balanceOf(
    scalesOf(weighing, findings, say),
    tiltOf(outcomeOf(weighing, findings).total, clearDifference),
  );

export function criteriaDrawing(
  weighing: Weighing,
  findings: readonly ShownFinding[],
  title: string,
  say: Say,
  letters: Letters,
): Drawing {
  const picture = pictureOf(weighing, findings, say);
  const result = resultOf(weighing, findings, say);
  const left = (width - picture.width * pictureScale) / 2;
  const isWeighed = Object.keys(weighing.weights).length > 0;
  const told = stacked(
    [
      { text: result, size: 18, isStrong: true },
      ...(isWeighed ? [{ text: turningOf(weighing, findings, say), size: 14 }] : []),
    ],
    { x: 0, y: picture.height * pictureScale + 6, width, gap: 4 },
    letters,
  );
  const shapes: Item[] = [
    group({ x: left, y: 0, scale: pictureScale }, picture.items),
    ...told.items,
  ];
  let y = told.end + 8;
  const said: string[] = [];
  for (const { id, number, text } of shownIn(weighing, findings)) {
    const weighs = weightIn(weighing, id, say);
    const finding = paragraph(
      `${number}. ${text}`,
      { x: 0, y, width: weightLeft - 24, size: 14, isStrong: true },
      letters,
    );
    const words = paragraph(
      weighs,
      { x: weightLeft, y, width: width - weightLeft, size: 14, fill: 'ink-soft' },
      letters,
    );
    shapes.push(...finding.items, ...words.items);
    y = Math.max(finding.end, words.end) + 8;
    said.push(`${number}. ${text} ${weighs}.`);
  }
  return {
    width,
    height: y,
    title,
    description: [say('criteria.question'), result, ...said].join(' '),
    items: shapes,
  };
}
