/** A weighing of the memo's findings as a figure that stands alone. */
import type { Say } from '../messages/say.ts';
import { ink, paragraph, type Drawing, type Letters, type Shape } from '../drawing/drawing.ts';
import {
  criterionIds,
  outcomeOf,
  weightOf,
  weights,
  type CriterionId,
  type ShownFinding,
  type Weighing,
} from './weighing.ts';

const width = 760;
const textWidth = 520;
/** Where the scale of five weights begins and ends. */
const [scaleLeft, scaleRight] = [570, 740];

export function criteriaDrawing(
  weighing: Weighing,
  findings: readonly ShownFinding[],
  names: Readonly<Record<CriterionId, { readonly name: string }>>,
  say: Say,
  letters: Letters,
): Drawing {
  const shapes: Shape[] = [];
  const said: string[] = [];
  const at = (weight: number) =>
    scaleLeft + ((weight - weights[0]) / (weights.length - 1)) * (scaleRight - scaleLeft);
  let y = 4;
  shapes.push(
    ...(['wait', 'go-on'] as const).map((end): Shape => ({
      kind: 'text',
      x: end === 'wait' ? scaleLeft - 8 : scaleRight + 8,
      y: y + 13,
      text: say(`criteria.${end}`),
      size: 13,
      fill: ink.soft,
      anchor: end === 'wait' ? 'start' : 'end',
    })),
  );
  for (const criterion of criterionIds) {
    shapes.push({
      kind: 'text',
      x: 0,
      y: y + 15,
      text: names[criterion].name,
      size: 15,
      weight: 700,
      fill: ink.accent,
    });
    y += 26;
    said.push(`${names[criterion].name}.`);
    for (const finding of findings.filter((each) => each.criterion === criterion)) {
      const isWrong = weighing.wrong.includes(finding.id);
      const weight = weightOf(weighing, finding.id);
      const text = paragraph(
        isWrong ? `${finding.text} (${say('criteria.supposed-wrong')})` : finding.text,
        { x: 0, y, width: textWidth, size: 14, ...(isWrong ? { fill: ink.soft } : {}) },
        letters,
      );
      const middle = (y + text.end) / 2 + 1;
      shapes.push(...text.shapes, {
        kind: 'line',
        x1: scaleLeft,
        x2: scaleRight,
        y1: middle,
        y2: middle,
        stroke: ink.line,
        width: 2,
      });
      for (const each of weights) {
        const isChosen = each === weight && !isWrong;
        shapes.push({
          kind: 'circle',
          x: at(each),
          y: middle,
          radius: isChosen ? 7 : 4,
          fill: isChosen ? (weight === 0 ? ink.strong : ink.accent) : ink.paper,
          stroke: isChosen ? ink.paper : ink.strong,
        });
      }
      said.push(
        `${finding.text}: ${say(isWrong ? 'criteria.supposed-wrong' : `criteria.weight.${weight}`)}.`,
      );
      y = text.end + 12;
    }
    y += 6;
  }
  const outcome = outcomeOf(weighing, findings);
  const count = findings.filter(({ id }) => weightOf(weighing, id) !== 0).length;
  const result =
    count === 0
      ? say('criteria.nothing-yet')
      : say(`criteria.leaning.${outcome.leaning}`, { count, total: Math.abs(outcome.total) });
  shapes.push({ kind: 'rect', x: 0, y: y + 2, width: 5, height: 26, fill: ink.accent });
  const leaning = paragraph(
    result,
    { x: 16, y: y + 4, width: width - 16, size: 16, weight: 700 },
    letters,
  );
  shapes.push(...leaning.shapes);
  return {
    width,
    height: leaning.end + 8,
    title: say('criteria.sheet-title'),
    description: [say('criteria.question'), ...said, result].join(' '),
    shapes,
  };
}
