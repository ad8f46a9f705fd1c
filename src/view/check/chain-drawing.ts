/** The chain of trust as a figure that stands alone: the boxes of the page, in the page's own places. */
import type { ChainProof } from './chain-proof.ts';
import type { Say } from '../messages/say.ts';
import { paragraph, type Drawing, type Letters } from '../drawing/drawing.ts';
import { group } from '../drawing/items.ts';
import { chainBoxes, drawChain, placeChain, titleOf, type ChainBox } from './chain-view.ts';

const width = 760;
const size = 13;
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Each box in words, under the name of the box above it. */
const told = (boxes: readonly ChainBox[], say: Say): readonly string[] =>
  boxes.flatMap((box) => {
    // A domain name keeps its small letters; the root is named in words.
    const name = box.title === '.' ? capitalised(titleOf(box, say)) : box.title;
    const why = box.security === 'secure' ? [] : [say(`rule.${box.rule}`)];
    const rests = box.lines.map(({ key, args }) => say(key, args)).join('; ');
    return [
      [`${name}: ${say(`lookup.security.${box.security}`)}.`, ...why].join(' '),
      ...(rests === '' ? [] : [`${rests}.`]),
      ...told(box.boxes, say),
    ];
  });

/** `when` says how these answers were come by, and when. */
export function chainDrawing(
  proof: ChainProof,
  { domain, when }: { readonly domain: string; readonly when: string },
  say: Say,
  letters: Letters,
): Drawing {
  const boxes = chainBoxes(proof);
  const dated = paragraph(when, { x: 0, y: 0, width, size, fill: 'ink-soft' }, letters);
  const top = dated.end + 12;
  const placed = placeChain(boxes, width, say);
  return {
    width,
    height: top + placed.height,
    title: say('figure.chain', { domain }),
    description: [when, ...told(boxes, say)].join(' '),
    items: [...dated.items, group({ x: 0, y: top }, drawChain(placed))],
  };
}
