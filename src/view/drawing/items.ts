/**
 * A drawing as plain data: what a page shows, a file writes and a test measures. Groups have a key where something
 * moves; coordinates inside a group are its own. `elements.ts` makes SVG of it.
 */
import type { Paint } from './paints.ts';

export interface Look {
  readonly fill?: Paint;
  readonly stroke?: Paint;
  readonly strokeWidth?: number;
  readonly dash?: string;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface RectItem extends Look, Box {
  readonly kind: 'rect';
  readonly radius?: number;
}

export interface LineItem extends Look {
  readonly kind: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A path, or an icon of its own small box that is put somewhere at some size. */
export interface PathItem extends Look {
  readonly kind: 'path';
  readonly d: string;
  readonly x?: number;
  readonly y?: number;
  readonly scale?: number;
  /** For a stroke that is drawn while one looks. */
  readonly key?: string;
}

export interface CircleItem extends Look {
  readonly kind: 'circle';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** `y` is the base line. */
export interface TextItem {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly isStrong?: boolean;
  readonly isStruck?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: Paint;
}

export interface GroupItem {
  readonly kind: 'group';
  readonly key?: string;
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
  /** Only seen while it moves: gone from the picture at rest, from files and from print. */
  readonly isPassing?: boolean;
  /** Where it leads, and what it is called there: the drawing is then no picture, but a group of links. */
  readonly href?: string;
  readonly label?: string;
  /** Shown where a pointer rests; the same is said beside the drawing, so that no keyboard need come here. */
  readonly title?: string;
  /** What a page can hide together. */
  readonly theme?: string;
  readonly items: readonly Item[];
}

export type Item = RectItem | LineItem | PathItem | CircleItem | TextItem | GroupItem;

type More<Made extends Item, Given extends string> = Omit<Made, 'kind' | Given>;

export const rect = (box: Box, more: More<RectItem, keyof Box>): RectItem => ({
  kind: 'rect',
  ...box,
  ...more,
});
/** From one place to another. */
export const line = (x1: number, y1: number, x2: number, y2: number, look: Look): LineItem => ({
  kind: 'line',
  ...{ x1, y1, x2, y2 },
  ...look,
});
export const path = (d: string, more: More<PathItem, 'd'>): PathItem => ({
  kind: 'path',
  d,
  ...more,
});
export const circle = (x: number, y: number, radius: number, look: Look): CircleItem => ({
  kind: 'circle',
  ...{ x, y, radius },
  ...look,
});
export const text = (
  words: string,
  x: number,
  y: number,
  size: number,
  more: More<TextItem, 'text' | 'x' | 'y' | 'size'> = {},
): TextItem => ({ kind: 'text', text: words, ...{ x, y, size }, ...more });
export const group = (at: More<GroupItem, 'items'>, items: readonly Item[]): GroupItem => ({
  kind: 'group',
  ...at,
  items,
});

export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
}

/** In ems, by kind of letter, rounded up from Fira Sans: what is reserved by it is never too narrow. */
const letterWidths: readonly (readonly [RegExp, number])[] = [
  [/ /, 0.27],
  [/[ijlIJ.,:;'’‘!|]/, 0.31],
  [/[frt(){}[\]\-"“”*/]/, 0.41],
  [/[cksvxyz]/, 0.51],
  [/[0-9–]/, 0.56],
  [/[w…]/, 0.75],
  [/[mMW%]/, 0.86],
  [/[A-Z]/, 0.69],
  [/[a-z]/, 0.6],
];

/** About how wide a text is, a little more than our font sets it. */
export const widthOf = (text: string, size: number, isStrong = false): number =>
  [...text].reduce(
    (sum, letter) => sum + (letterWidths.find(([kind]) => kind.test(letter))?.[1] ?? 1),
    0,
  ) *
  size *
  (isStrong ? 1.02 : 1);

/** The text, or as much of its beginning as fits, with an ellipsis: the whole stands beside the drawing. */
export function fit(text: string, width: number, size: number, isStrong = false): string {
  if (widthOf(text, size, isStrong) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size, isStrong) > width)
    letters.pop();
  return `${letters.join('').trimEnd()}…`;
}

/** In at most two lines; what does not fit in the second ends in an ellipsis. */
export function lines(
  text: string,
  width: number,
  size: number,
  isStrong = false,
): readonly string[] {
  const words = text.split(' ');
  let first = words.shift() ?? '';
  while (words.length > 0 && widthOf(`${first} ${words[0]}`, size, isStrong) <= width)
    first += ` ${words.shift()}`;
  return [first, words.join(' ')]
    .filter((line) => line !== '')
    .map((line) => fit(line, width, size, isStrong));
}
