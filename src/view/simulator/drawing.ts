/** One delivery as a figure that stands alone: the stage at its last moment, and what led to it in sentences. */
import { gapOf } from '../verdict.ts';
import { drawStage } from '../stage/draw.ts';
import type { Say } from '../messages/say.ts';
import { paragraph, stacked, type Drawing, type Letters } from '../drawing/drawing.ts';
import { momentsOf } from '../stage/moments.ts';
import type { FirstFrame } from './simulation.ts';

const gap = 24;
const size = 16;

export function simulatorDrawing(
  { scene, outcome }: Pick<FirstFrame, 'scene' | 'outcome'>,
  title: string,
  say: Say,
  letters: Letters,
): Drawing {
  const moments = momentsOf(scene, say);
  const last = moments.at(-1);
  if (!last) throw new Error('a delivery has at least one moment');
  const { width, height, items } = drawStage(last.state, 'wide', say);
  const sentences = moments.map(({ sentence }, index) => `${index + 1}. ${sentence}`);
  const ended = [
    `${say('outcome.happened')}: ${say(`verdict.${outcome.verdict}`)}.`,
    `${say('outcome.believed')}: ${say(`belief.${outcome.belief}`)}.`,
  ];
  const isFalse = gapOf(outcome) === 'false-security';
  const half = Math.ceil(sentences.length / 2);
  const columns = [sentences.slice(0, half), sentences.slice(half)].map((column, index) =>
    stacked(
      column.map((text) => ({ text, size })),
      { x: (index * (width + gap)) / 2, y: height + 14, width: (width - gap) / 2, gap: 6 },
      letters,
    ),
  );
  const end = Math.max(...columns.map((column) => column.end));
  const below = paragraph(
    [...ended, ...(isFalse ? [say('gap.false-security')] : [])].join(' '),
    {
      x: 0,
      y: end + 6,
      width,
      size,
      isStrong: true,
      fill: isFalse ? 'verdict-delivered-to-attacker' : 'ink',
    },
    letters,
  );
  return {
    width,
    height: below.end,
    title,
    description: [...sentences, ...ended].join(' '),
    items: [...items, ...columns.flatMap((column) => column.items), ...below.items],
  };
}
