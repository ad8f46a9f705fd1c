/** A drawing as elements of SVG, before they are shown on a page or written to a file. */
import type { GroupItem, Item, Look, TextItem } from './items.ts';
import type { Paint } from './paints.ts';

export interface SvgElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly text?: string;
  readonly children?: readonly SvgElement[];
}

export const round = (value: number): string => String(Number(value.toFixed(2)));

/** Attributes that are not given are left out. */
export const element = (
  tag: string,
  given: Readonly<Record<string, string | number | undefined>>,
  inside: Omit<SvgElement, 'tag' | 'attributes'> = {},
): SvgElement => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'number' ? round(value) : value]],
    ),
  ),
  ...inside,
});

/** How a page and a file differ. */
export interface Means {
  readonly colourOf: (paint: Paint) => string;
  readonly fontWeight: number;
  /** A file: without links and motion, and without what is only visible during motion. */
  readonly isFile?: boolean;
  /** Draws a text without its font. */
  readonly outlined?: (item: TextItem, fill: string) => SvgElement;
}

const onPage: Means = { colourOf: (paint) => `var(--fs-${paint})`, fontWeight: 600 };

/** In the tokens of the theme of the page, and its own font. The SVG around it has `fill="none"`. */
export const pageElements = (items: readonly Item[]): readonly SvgElement[] =>
  elementsOf(items, onPage);

export const elementsOf = (items: readonly Item[], means: Means): readonly SvgElement[] =>
  items
    .filter((item) => !(means.isFile && item.kind === 'group' && item.isPassing))
    .map((item) => elementOf(item, means));

function placeOf({ x = 0, y = 0, scale = 1 }: { x?: number; y?: number; scale?: number }) {
  const moved = x === 0 && y === 0 ? [] : [`translate(${round(x)} ${round(y)})`];
  return [...moved, ...(scale === 1 ? [] : [`scale(${round(scale)})`])].join(' ') || undefined;
}

function elementOf(item: Item, means: Means): SvgElement {
  if (item.kind === 'group') return groupOf(item, means);
  if (item.kind === 'text') return textOf(item, means);
  const look = lookOf(item, means);
  if (item.kind === 'rect') {
    const { x, y, width, height, radius: rx } = item;
    return element('rect', { x, y, width, height, rx, ...look });
  }
  if (item.kind === 'circle') {
    const { x: cx, y: cy, radius: r } = item;
    return element('circle', { cx, cy, r, ...look });
  }
  if (item.kind === 'line') {
    const { x1, y1, x2, y2 } = item;
    return element('line', { x1, y1, x2, y2, ...look });
  }
  const { d, key, fill } = item;
  const moves = key === undefined || means.isFile ? {} : { 'data-key': key, pathLength: 1 };
  const rule = fill && { 'fill-rule': 'evenodd' };
  return element('path', { d, transform: placeOf(item), ...moves, ...rule, ...look });
}

const lookOf = ({ fill, stroke, strokeWidth, dash }: Look, { colourOf }: Means) => ({
  fill: fill && colourOf(fill),
  stroke: stroke && colourOf(stroke),
  'stroke-width': strokeWidth,
  'stroke-dasharray': dash,
});

function groupOf(group: GroupItem, means: Means): SvgElement {
  const { items, key, isPassing, href, label, title, theme } = group;
  const transform = placeOf(group);
  const children = elementsOf(items, means);
  if (means.isFile) return element('g', { transform }, { children });
  const named = title === undefined ? [] : [element('title', {}, { text: title })];
  const tabindex = href !== undefined && label === undefined ? '-1' : undefined;
  return element(
    href === undefined ? 'g' : 'a',
    {
      href,
      tabindex,
      'aria-label': label,
      'data-key': key,
      'data-theme': theme,
      class: isPassing ? 'passing' : undefined,
      transform,
    },
    { children: [...named, ...children] },
  );
}

function textOf(item: TextItem, { colourOf, fontWeight, outlined }: Means): SvgElement {
  const { x, y, size, isStrong, isStruck, anchor, fill = 'ink' } = item;
  if (outlined) return outlined(item, colourOf(fill));
  return element(
    'text',
    {
      x,
      y,
      'font-size': size,
      'font-weight': isStrong ? fontWeight : undefined,
      'text-anchor': anchor,
      'text-decoration': isStruck ? 'line-through' : undefined,
      fill: colourOf(fill),
    },
    { text: withoutHyphens(item.text) },
  );
}

/** Where a page may break a word; a drawing does not, and some fonts would show the sign. */
export const withoutHyphens = (text: string): string => text.replaceAll('\u00ad', '');
