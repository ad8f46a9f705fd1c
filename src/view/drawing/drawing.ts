/**
 * A figure as plain shapes, and the file it becomes: an SVG that stands alone. Colours, sizes and words
 * are in the file, so that it looks the same in a document of somebody else, years from now.
 */
import type { Verdict } from '../../core/verdict.ts';
import { verdictShapes } from '../verdict.ts';

export type Weight = 400 | 700;

export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill?: string;
      readonly stroke?: string;
      /** How wide its stroke is: 1 where not given. */
      readonly strokeWidth?: number;
      readonly dash?: string;
      readonly radius?: number;
    }
  | {
      readonly kind: 'line';
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly stroke: string;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: string;
      readonly stroke?: string;
      readonly strokeWidth?: number;
    }
  /** `y` is the base line. */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly weight?: Weight;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly fill?: string;
      readonly isStruck?: boolean;
    }
  /** A path of its own small box, put somewhere at some size: an icon, a sign. */
  | {
      readonly kind: 'mark';
      readonly d: string;
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly fill?: string;
      readonly stroke?: string;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'verdict';
      readonly verdict: Verdict;
      readonly x: number;
      readonly y: number;
      /** 1 is 20 pixels wide. */
      readonly scale: number;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** The picture in words: what a reader who does not see it needs. */
  readonly description: string;
  readonly shapes: readonly Shape[];
}

/** What a text looks like in a font: its width, and its outline where the file must not need the font. */
export interface Letters {
  readonly widthOf: (text: string, size: number, weight: Weight) => number;
  readonly outlineOf?: (text: string, size: number, weight: Weight) => string;
}

export const ink = {
  paper: '#ffffff',
  ink: '#16202b',
  soft: '#4a5764',
  line: '#d3dbe4',
  strong: '#76828f',
  accent: '#14508c',
  ground: '#f1f5fa',
  alarm: '#b0201a',
} as const;

/** The verdicts' own colours, as the site's light theme has them. */
export const verdictInk: Readonly<
  Record<Verdict, { readonly ink: string; readonly soft: string }>
> = {
  'delivered-proven': { ink: '#0b6648', soft: '#e2f3ec' },
  'delivered-unproven': { ink: '#1d5a9e', soft: '#e4effb' },
  'delivered-readable': { ink: '#855300', soft: '#fdf1da' },
  'delivered-to-attacker': { ink: '#b0201a', soft: '#fde8e6' },
  waits: { ink: '#5d4a96', soft: '#eeeaf9' },
  refused: { ink: '#4a5561', soft: '#edf0f3' },
};

/** About how wide a text is, where no font can be measured: never too narrow for Fira Sans. */
export const guessedLetters: Letters = {
  widthOf: (text, size, weight) => [...text].length * size * (weight === 700 ? 0.58 : 0.54),
};

/** Breaks a text into lines that fit; a word that is too long is broken inside. */
export function wrap(
  text: string,
  width: number,
  size: number,
  letters: Letters,
  weight: Weight = 400,
): readonly string[] {
  const lines: string[] = [];
  const fits = (line: string) => letters.widthOf(line, size, weight) <= width;
  const pieces = text
    .split(/\s+/)
    .filter(Boolean)
    .flatMap((word) => (fits(word) ? [word] : broken(word, fits)));
  for (const word of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** A long name in pieces that fit. */
function broken(word: string, fits: (piece: string) => boolean): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && !fits(piece + letter)) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}

const round = (value: number): string => String(Number(value.toFixed(2)));
const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Attributes that have a value. */
const attributes = (given: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(
      ([name, value]) =>
        ` ${name}="${typeof value === 'number' ? round(value) : escape(String(value))}"`,
    )
    .join('');

const placeOf = (shape: {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}): string => `translate(${round(shape.x)} ${round(shape.y)}) scale(${round(shape.scale)})`;

/** Outlines that a file already has: a word that comes back is drawn once and used again. */
type Outlines = Map<string, string>;

function outlined(
  text: string,
  size: number,
  weight: Weight,
  outlineOf: NonNullable<Letters['outlineOf']>,
  outlines: Outlines,
): string {
  const key = `${weight} ${size} ${text}`;
  const id = `t${outlines.size}`;
  if (!outlines.has(key))
    outlines.set(key, `<path id="${id}" d="${outlineOf(text, size, weight)}"/>`);
  return /id="(\w+)"/.exec(outlines.get(key) ?? '')?.[1] ?? id;
}

function elementOf(shape: Shape, letters: Letters, outlines: Outlines): string {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height, fill = 'none', stroke, strokeWidth, dash, radius } = shape;
      return `<rect${attributes({ x, y, width, height, fill, stroke, 'stroke-width': strokeWidth, 'stroke-dasharray': dash, rx: radius })}/>`;
    }
    case 'line': {
      const { x1, y1, x2, y2, stroke, width, dash } = shape;
      return `<line${attributes({ x1, y1, x2, y2, stroke, 'stroke-width': width, 'stroke-dasharray': dash })}/>`;
    }
    case 'path': {
      const { d, fill = 'none', stroke, width, dash } = shape;
      return `<path${attributes({ d, fill, stroke, 'stroke-width': width, 'stroke-dasharray': dash })}/>`;
    }
    case 'circle':
      return `<circle${attributes({ cx: shape.x, cy: shape.y, r: shape.radius, fill: shape.fill, stroke: shape.stroke, 'stroke-width': shape.strokeWidth })}/>`;
    case 'mark': {
      const { d, fill = 'none', stroke, width, dash } = shape;
      const round = stroke === undefined ? undefined : 'round';
      return `<path${attributes({ transform: placeOf(shape), d, fill, 'fill-rule': 'evenodd', stroke, 'stroke-width': width, 'stroke-dasharray': dash, 'stroke-linecap': round, 'stroke-linejoin': round })}/>`;
    }
    case 'verdict': {
      const { outer, inner } = verdictShapes[shape.verdict];
      const sign = inner
        ? `<path${attributes({ d: inner, fill: 'none', stroke: ink.paper, 'stroke-width': 2.2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' })}/>`
        : '';
      return `<g${attributes({ transform: placeOf(shape) })}><path${attributes({ d: outer, fill: verdictInk[shape.verdict].ink, 'fill-rule': 'evenodd' })}/>${sign}</g>`;
    }
    case 'text': {
      const { x, y, size, weight = 400, anchor = 'start', fill = ink.ink } = shape;
      // Where a page may break a word; a drawing does not, and some fonts would show the sign.
      const text = shape.text.replaceAll('\u00ad', '');
      const width = letters.widthOf(text, size, weight);
      const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
      const strike = shape.isStruck
        ? `<path${attributes({ d: `M${round(left)} ${round(y - size * 0.3)}h${round(width)}`, stroke: fill, 'stroke-width': size / 12 })}/>`
        : '';
      if (!letters.outlineOf)
        return `<text${attributes({ x, y, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor, fill })}>${escape(text)}</text>${strike}`;
      const id = outlined(text, size, weight, letters.outlineOf, outlines);
      return `<use${attributes({ href: `#${id}`, x: left, y, fill })}/>${strike}`;
    }
  }
}

/** The drawing as a file. With outlines it needs no font; without, it names fonts to fall back on. */
export function svgOf(drawing: Drawing, letters: Letters = guessedLetters): string {
  const { width, height, title, description, shapes } = drawing;
  const fonts = letters.outlineOf
    ? {}
    : { 'font-family': "'Fira Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" };
  const outlines: Outlines = new Map();
  const elements = shapes.map((shape) => elementOf(shape, letters, outlines));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${attributes({ viewBox: `0 0 ${round(width)} ${round(height)}`, width, height, role: 'img', 'aria-labelledby': 'figure-title', 'aria-describedby': 'figure-description', ...fonts })}>`,
    `<title id="figure-title">${escape(title)}</title>`,
    `<desc id="figure-description">${escape(description)}</desc>`,
    ...(outlines.size > 0 ? ['<defs>', ...outlines.values(), '</defs>'] : []),
    `<rect width="${round(width)}" height="${round(height)}" fill="${ink.paper}"/>`,
    ...elements,
    '</svg>',
    '',
  ].join('\n');
}

/** Text in lines, from `y` down; resolves to its shapes and where it ends. */
export function paragraph(
  text: string,
  place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly size: number;
    readonly weight?: Weight;
    readonly fill?: string;
    readonly anchor?: 'start' | 'middle' | 'end';
  },
  letters: Letters,
): { readonly shapes: readonly Shape[]; readonly end: number } {
  const { x, y, width, size, weight = 400, ...look } = place;
  const leading = size * 1.3;
  const lines = wrap(text, width, size, letters, weight);
  return {
    shapes: lines.map((line, index) => ({
      kind: 'text',
      x,
      y: y + size + index * leading,
      text: line,
      size,
      weight,
      ...look,
    })),
    end: y + lines.length * leading,
  };
}

/** A square of black modules, for a telephone's camera: its path, a unit a module. */
export interface Code {
  readonly d: string;
  readonly size: number;
}

/** On paper at 96 pixels an inch a module is then at least a third of a millimetre. */
const codePixels = 72;

/** Puts a title above what was drawn, and a credit line below; beside that a code with the address. */
export function framed(inner: Drawing, credit: string, letters: Letters, code?: Code): Drawing {
  const margin = 24;
  const width = inner.width + 2 * margin;
  const codeRoom = code ? codePixels + 20 : 0;
  const head = paragraph(
    inner.title,
    { x: margin, y: margin - 4, width: inner.width, size: 20, weight: 700, fill: '#0c355f' },
    letters,
  );
  const top = head.end + 12;
  const footTop = top + inner.height + 14;
  const foot = paragraph(
    credit,
    { x: margin, y: footTop, width: inner.width - codeRoom, size: 12, fill: ink.soft },
    letters,
  );
  const corner: Shape[] = code
    ? [
        {
          kind: 'mark',
          d: code.d,
          x: width - margin - codePixels,
          y: footTop,
          scale: codePixels / code.size,
          fill: ink.ink,
        },
      ]
    : [];
  return {
    ...inner,
    width,
    height: Math.max(foot.end, code ? footTop + codePixels : 0) + margin - 8,
    shapes: [
      ...head.shapes,
      ...inner.shapes.map((shape) => moved(shape, margin, top)),
      ...foot.shapes,
      ...corner,
    ],
  };
}

/** The same shape elsewhere. */
export function moved(shape: Shape, dx: number, dy: number): Shape {
  switch (shape.kind) {
    case 'line':
      return {
        ...shape,
        x1: shape.x1 + dx,
        x2: shape.x2 + dx,
        y1: shape.y1 + dy,
        y2: shape.y2 + dy,
      };
    case 'path':
      return { ...shape, d: movedPath(shape.d, dx, dy) };
    default:
      return { ...shape, x: shape.x + dx, y: shape.y + dy };
  }
}

/** Absolute `M` and `L` commands only, which is all that our charts use. */
const movedPath = (d: string, dx: number, dy: number): string =>
  d.replace(
    /([ML])\s*(-?[\d.]+)[\s,]+(-?[\d.]+)/g,
    (_, command: string, x: string, y: string) =>
      `${command}${round(Number(x) + dx)} ${round(Number(y) + dy)}`,
  );
