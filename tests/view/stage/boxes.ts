/** Where the words of a drawing stand, measured in its own font: what a reader would see overlap or be cut off. */
import { firaSans } from '../../../src/site/figures/letters.ts';
import type { Item } from '../../../src/view/drawing/items.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly what: string;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Every text and every filled rectangle in the units of the drawing, in the order of painting. */
export function boxesOf(
  items: readonly Item[],
  place: Place = { x: 0, y: 0, scale: 1 },
): readonly (Box & { readonly kind: 'text' | 'rect'; readonly size: number })[] {
  return items.flatMap((item) => {
    const x = place.x + ('x' in item ? (item.x ?? 0) : 0) * place.scale;
    const y = place.y + ('y' in item ? (item.y ?? 0) : 0) * place.scale;
    if (item.kind === 'group')
      return item.isPassing
        ? []
        : boxesOf(item.items, { x, y, scale: place.scale * (item.scale ?? 1) });
    if (item.kind === 'text') {
      const size = item.size * place.scale;
      const width = firaSans.widthOf(item.text, size, item.isStrong);
      const left = item.anchor === 'middle' ? x - width / 2 : item.anchor === 'end' ? x - width : x;
      const [top, bottom] = [y - size * 0.72, y + size * 0.1];
      return [
        { kind: 'text' as const, left, right: left + width, top, bottom, size, what: item.text },
      ];
    }
    if (item.kind !== 'rect' || !item.fill) return [];
    const right = x + item.width * place.scale;
    const bottom = y + item.height * place.scale;
    return [{ kind: 'rect' as const, left: x, right, top: y, bottom, size: 0, what: item.fill }];
  });
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;

/** What is wrong with a drawing, in words; nothing where each word can be read. */
export function faultsOf(
  { width, height, items }: { width: number; height: number; items: readonly Item[] },
  leastSize: number,
  /** What may never end in an ellipsis; a long name of a host may, since the sentence has it whole. */
  ownWords: readonly string[],
): readonly string[] {
  const all = boxesOf(items);
  const faults: string[] = [];
  all.forEach((text, index) => {
    if (text.kind !== 'text') return;
    if (
      ownWords.some(
        (own) =>
          own !== text.what && /.…$/.test(text.what) && own.startsWith(text.what.slice(0, -1)),
      )
    )
      faults.push(`cut off: ${text.what}`);
    if (text.size < leastSize) faults.push(`too small: ${text.what}`);
    if (text.left < 0 || text.right > width || text.top < 0 || text.bottom > height)
      faults.push(`leaves the drawing: ${text.what}`);
    const [middle, level] = [(text.left + text.right) / 2, (text.top + text.bottom) / 2];
    const room = all
      .slice(0, index)
      .findLast(
        ({ kind, left, right, top, bottom }) =>
          kind === 'rect' && left < middle && right > middle && top < level && bottom > level,
      );
    if (room && (text.left < room.left || text.right > room.right))
      faults.push(`wider than its room: ${text.what}`);
    for (const later of all.slice(index + 1)) {
      if (later.kind === 'text' && overlap(text, later))
        faults.push(`overlap: ${text.what} / ${later.what}`);
      // What is painted later over a word hides it.
      if (later.kind === 'rect' && overlap(text, later)) faults.push(`covered: ${text.what}`);
    }
  });
  return faults;
}
