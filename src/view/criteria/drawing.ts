/** A weighing as a figure that stands alone: the scales, the outcome, and what was weighed. */
import type { Say } from '../messages/say.ts';
import { paragraph, type Drawing, type Letters } from '../drawing/drawing.ts';
import { group, type Item } from '../drawing/items.ts';
import { balanceOf, tiltOf } from './balance.ts';
import {
  clearDifference,
  outcomeOf,
  resultOf,
  scalesOf,
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
  const shown = findings.filter(
    ({ id, isFirst }) => isFirst || id in weighing.weights || weighing.wrong.includes(id),
  );
  const result = resultOf(weighing, findings, say);
  const left = (width - picture.width * pictureScale) / 2;
  const shapes: Item[] = [group({ x: left, y: 0, scale: pictureScale }, picture.items)];
  let y = picture.height * pictureScale + 6;
  const said: string[] = [];
  const tell = (text: string, size: number, isStrong: boolean) => {
    const told = paragraph(text, { x: 0, y, width, size, isStrong }, letters);
    shapes.push(...told.items);
    y = told.end + 4;
  };
  tell(result, 18, true);
  if (Object.keys(weighing.weights).length > 0) tell(turningOf(weighing, findings, say), 14, false);
  y += 8;
  for (const { id, number, text } of shown) {
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
