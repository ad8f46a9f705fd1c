/** One delivery as a figure that stands alone: the stage at its last moment, and what led to it in sentences. */
import { gapOf } from '../verdict.ts';
import { drawStage } from '../stage/draw.ts';
import type { Say } from '../messages/say.ts';
import { paragraph, type Drawing, type Letters } from '../drawing/drawing.ts';
import type { Item } from '../drawing/items.ts';
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
  const told: Item[] = [];
  const columns = [0, (width + gap) / 2].map((x) => ({ x, width: (width - gap) / 2 }));
  const half = Math.ceil(sentences.length / 2);
  let end = height;
  for (const [index, column] of columns.entries()) {
    let y = height + 14;
    for (const sentence of sentences.slice(index * half, (index + 1) * half)) {
      const placed = paragraph(sentence, { ...column, y, size }, letters);
      told.push(...placed.items);
      y = placed.end + 6;
    }
    end = Math.max(end, y);
  }
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
    items: [...items, ...told, ...below.items],
  };
}
