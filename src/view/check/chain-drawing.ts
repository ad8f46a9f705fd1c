/** The chain of trust as a figure that stands alone: the boxes of the page, in the page's own places. */
import type { ChainProof } from './chain-proof.ts';
import type { Say } from '../messages/say.ts';
import {
  ink,
  moved,
  paragraph,
  type Drawing,
  type Letters,
  type Shape,
} from '../drawing/drawing.ts';
import {
  chainBoxes,
  markPaths,
  placeChain,
  rowHeight,
  titleOf,
  type ChainBox,
  type Mark,
  type PlacedBox,
} from './chain-view.ts';

const width = 760;
const size = 13;
/** From the top of a box to the base line of its first row, as on the page. */
const firstLine = 24;
const zoneGround = 'accent-soft';

/** Line styles as on the page: what is proved has a whole line. */
const outlineOf = (security: string) =>
  ({
    insecure: { stroke: ink.strong, strokeWidth: 1.5, dash: '6 4' },
    bogus: { stroke: ink.alarm, strokeWidth: 3 },
    indeterminate: { stroke: ink.strong, strokeWidth: 1.5, dash: '2 4' },
  })[security] ?? { stroke: ink.strong, strokeWidth: 1.5 };

const markLook = (mark: Mark) => {
  const stroke = mark === 'bad' ? ink.alarm : ink.ink;
  return { stroke, width: mark === 'bad' ? 2.5 : 1.75, ...(mark === 'entry' && { fill: stroke }) };
};

function shapesOf(placed: PlacedBox): readonly Shape[] {
  const { box, x, y, width: own, height, title, status, reason, rows, link } = placed;
  const lineAt = (row: number) => y + firstLine + row * rowHeight;
  const write = (texts: readonly string[], from: number, weight: 400 | 700): Shape[] =>
    texts.map((text, row) => ({
      kind: 'text',
      x: x + 10,
      y: lineAt(from + row),
      text,
      size,
      weight,
    }));
  const above = title.length + status.length + reason.length;
  return [
    ...(link === undefined
      ? []
      : [{ kind: 'path', d: link, stroke: ink.strong, width: 1.5 } as const]),
    {
      ...{ kind: 'rect', x: x + 1.5, y: y + 1.5, width: own - 3, height: height - 3, radius: 6 },
      fill: box.kind === 'zone' ? zoneGround : ink.paper,
      ...outlineOf(box.security),
    },
    ...write(title, 0, 700),
    ...write(status, title.length, 700),
    ...write(reason, title.length + status.length, 400),
    ...rows.flatMap(({ text, mark }, row): Shape[] => {
      const line = lineAt(above + row);
      const words: Shape = { kind: 'text', x: x + 28, y: line, text, size };
      if (mark === undefined) return [words];
      const at = { x: x + 16, y: line - 5, scale: 1 };
      return [{ kind: 'mark', d: markPaths[mark], ...at, ...markLook(mark) }, words];
    }),
  ];
}

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
  const dated = paragraph(when, { x: 0, y: 0, width, size, fill: ink.soft }, letters);
  const top = dated.end + 12;
  const placed = placeChain(boxes, width, say);
  return {
    width,
    height: top + placed.height,
    title: say('figure.chain', { domain }),
    description: [when, ...told(boxes, say)].join(' '),
    shapes: [
      ...dated.shapes,
      ...placed.boxes.flatMap(shapesOf).map((shape) => moved(shape, 0, top)),
    ],
  };
}
