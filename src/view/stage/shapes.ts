/** A drawing of the stage as shapes of a file: groups dissolved, tokens kept. */
import type { Item, Look } from '../../view/stage/items.ts';
import type { Shape } from '../drawing/drawing.ts';

interface Place {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const within = (outer: Place, { x = 0, y = 0, scale = 1 }: Partial<Place>): Place => ({
  x: outer.x + x * outer.scale,
  y: outer.y + y * outer.scale,
  scale: outer.scale * scale,
});

const scaled = (dash: string, scale: number): string =>
  dash
    .split(' ')
    .map((length) => Number(length) * scale)
    .join(' ');

/** What is only seen while it moves is not in a file. */
export function shapesOf(
  items: readonly Item[],
  place: Place = { x: 0, y: 0, scale: 1 },
): readonly Shape[] {
  return items.flatMap((item): readonly Shape[] => {
    if (item.kind === 'group')
      return item.isPassing ? [] : shapesOf(item.items, within(place, item));
    const at = within(place, item);
    if (item.kind === 'path')
      return [
        {
          kind: 'mark',
          d: item.d,
          ...at,
          ...paintOf(item),
          ...(item.strokeWidth === undefined ? {} : { width: item.strokeWidth }),
          ...(item.dash === undefined ? {} : { dash: item.dash }),
        },
      ];
    if (item.kind === 'text') {
      const { text, isStrong, anchor, fill = 'ink' } = item;
      const size = item.size * at.scale;
      return [
        {
          kind: 'text',
          x: at.x,
          y: at.y,
          text,
          size,
          weight: isStrong ? 700 : 400,
          fill,
          ...(anchor ? { anchor } : {}),
          ...(item.isStruck ? { isStruck: true } : {}),
        },
      ];
    }
    const width =
      item.strokeWidth === undefined ? {} : { strokeWidth: item.strokeWidth * at.scale };
    if (item.kind === 'circle')
      return [
        {
          kind: 'circle',
          x: at.x,
          y: at.y,
          radius: item.radius * at.scale,
          ...paintOf(item),
          ...width,
        },
      ];
    return [
      {
        kind: 'rect',
        x: at.x,
        y: at.y,
        width: item.width * at.scale,
        height: item.height * at.scale,
        radius: (item.radius ?? 0) * at.scale,
        ...paintOf(item),
        ...width,
        ...(item.dash === undefined ? {} : { dash: scaled(item.dash, at.scale) }),
      },
    ];
  });
}

const paintOf = ({ fill, stroke }: Look) => ({
  ...(fill ? { fill: fill } : {}),
  ...(stroke ? { stroke: stroke } : {}),
});
