/** The threat matrix as a figure that stands alone. */
import { falseBelief } from '../verdict.ts';
import { paragraph, type Drawing, type Letters } from '../drawing/drawing.ts';
import { rect, text, type Item } from '../drawing/items.ts';
import { signAt } from '../stage/art.ts';
import type { History } from './axes.ts';
import type { Say } from '../messages/say.ts';
import { readingOf, type Matrix } from './view.ts';

const nameWidth = 210;
const cellWidth = 136;
const cellHeight = 78;
const headHeight = 34;

/** Says at which point of the acquaintance the messages are sent. */
export const matrixTitle = (history: History, say: Say): string =>
  `${say('matrix.caption')} (${say(`knob.history.${history}`)})`;

export function matrixDrawing(matrix: Matrix, title: string, say: Say, letters: Letters): Drawing {
  const shapes: Item[] = matrix.protections.map((protection, column) =>
    text(
      say(`matrix.protection.${protection}`),
      nameWidth + (column + 0.5) * cellWidth,
      headHeight - 12,
      15,
      { isStrong: true, anchor: 'middle' },
    ),
  );
  for (const [row, { attacker, cells }] of matrix.rows.entries()) {
    const top = headHeight + row * cellHeight;
    shapes.push(
      ...paragraph(
        say(`matrix.attacker.${attacker}`),
        { x: 0, y: top + 12, width: nameWidth - 14, size: 14 },
        letters,
      ).items,
    );
    for (const [column, cell] of cells.entries()) {
      const x = nameWidth + column * cellWidth;
      const believed = falseBelief(cell);
      shapes.push(
        rect(
          { x: x + 2, y: top + 2, width: cellWidth - 4, height: cellHeight - 4 },
          {
            radius: 4,
            fill: `verdict-${cell.verdict}-soft`,
            ...(believed && { stroke: 'verdict-delivered-to-attacker' }),
          },
        ),
        signAt(cell.verdict, x + cellWidth / 2, top + 22, 0.95),
        text(say(`verdict.${cell.verdict}.short`), x + cellWidth / 2, top + 50, 13.5, {
          isStrong: true,
          anchor: 'middle',
          fill: `verdict-${cell.verdict}`,
        }),
        // What the sender believes, only where it is deceived: that is the point of the picture.
        ...(believed
          ? [
              text(say(`matrix.believes.${believed}`), x + cellWidth / 2, top + 67, 12, {
                anchor: 'middle',
                fill: 'verdict-delivered-to-attacker',
              }),
            ]
          : []),
      );
    }
  }
  const description = readingOf(matrix)
    .columns.map(({ protection, counts }) =>
      say('matrix.read-out', {
        protection: say(`matrix.protection.${protection}`),
        list: counts
          .map(([verdict, count]) =>
            say('matrix.count', { count, verdict: say(`verdict.${verdict}`) }),
          )
          .join(', '),
      }),
    )
    .join(' ');
  return {
    width: nameWidth + matrix.protections.length * cellWidth,
    height: headHeight + matrix.rows.length * cellHeight,
    title,
    description,
    items: shapes,
  };
}
