/**
 * A figure as plain shapes, and what it becomes: elements of a page, in the colours of its theme, or an SVG that
 * stands alone. Colours, sizes and words are in the file, so that it looks the same in a document of somebody
 * else, years from now.
 */
import type { Verdict } from '../../core/verdict.ts';
import { paints, type Paint } from '../stage/paints.ts';
import { verdictShapes } from '../verdict.ts';

export type Weight = 400 | 700;

export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill?: Paint;
      readonly stroke?: Paint;
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
      readonly stroke: Paint;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly fill?: Paint;
      readonly stroke?: Paint;
      readonly width?: number;
      readonly dash?: string;
    }
  | {
      readonly kind: 'circle';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill?: Paint;
      readonly stroke?: Paint;
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
      readonly fill?: Paint;
      readonly isStruck?: boolean;
    }
  /** A path of its own small box, put somewhere at some size: an icon, a sign. */
  | {
      readonly kind: 'mark';
      readonly d: string;
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly fill?: Paint;
      readonly stroke?: Paint;
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
    }
  /** Shapes that a page can lead from or hide together; in a file they are plain shapes. */
  | {
      readonly kind: 'group';
      readonly shapes: readonly Shape[];
      readonly href?: string;
      /** Shown where a pointer rests. */
      readonly title?: string;
      readonly theme?: string;
      /** Elsewhere, and larger or smaller. */
      readonly place?: { readonly x: number; readonly y: number; readonly scale: number };
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
  paper: 'paper',
  ink: 'ink',
  soft: 'ink-soft',
  line: 'line',
  strong: 'line-strong',
  accent: 'accent',
  ground: 'soft',
  alarm: 'verdict-delivered-to-attacker',
} as const satisfies Readonly<Record<string, Paint>>;

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

/** An element of SVG, before it is written to a file or shown on a page. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly text?: string;
  readonly children?: readonly SvgElement[];
}

const element = (
  tag: string,
  given: SvgElement['attributes'],
  inside: Omit<SvgElement, 'tag' | 'attributes'> = {},
): SvgElement => ({
  tag,
  attributes: Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]),
  ),
  ...inside,
});

const placeOf = (shape: {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}): string => `translate(${round(shape.x)} ${round(shape.y)}) scale(${round(shape.scale)})`;

/** What shapes are drawn with: the letters, the colours, and outlines that the file already has. */
interface Means {
  readonly letters: Letters;
  readonly colourOf: (paint: Paint) => string;
  readonly isPage: boolean;
  /** A word that comes back is drawn once and used again. */
  readonly outlines: Map<string, { readonly id: string; readonly d: string }>;
}

function elementOf(shape: Shape, means: Means): SvgElement {
  const { letters, colourOf, isPage, outlines } = means;
  /** How a shape is filled and stroked. */
  const look = (
    given: { fill?: Paint; stroke?: Paint; dash?: string },
    width: number | undefined,
  ) => ({
    fill: given.fill ? colourOf(given.fill) : 'none',
    stroke: given.stroke && colourOf(given.stroke),
    'stroke-width': width,
    'stroke-dasharray': given.dash,
  });
  switch (shape.kind) {
    case 'group': {
      const { shapes, href, title, theme, place } = shape;
      const transform = place && placeOf(place);
      const children = shapes.map((inner) => elementOf(inner, means));
      if (!isPage) return element('g', { transform }, { children });
      const named = title === undefined ? [] : [element('title', {}, { text: title })];
      const link = href === undefined ? {} : { href, tabindex: '-1' };
      return element(
        href === undefined ? 'g' : 'a',
        { transform, 'data-theme': theme, ...link },
        { children: [...named, ...children] },
      );
    }
    case 'rect': {
      const { x, y, width, height, radius } = shape;
      return element('rect', {
        x,
        y,
        width,
        height,
        ...look(shape, shape.strokeWidth),
        rx: radius,
      });
    }
    case 'line': {
      const { x1, y1, x2, y2 } = shape;
      return element('line', { x1, y1, x2, y2, ...look(shape, shape.width), fill: undefined });
    }
    case 'path':
      return element('path', { d: shape.d, ...look(shape, shape.width) });
    case 'circle': {
      const { x: cx, y: cy, radius: r } = shape;
      return element('circle', { cx, cy, r, ...look(shape, shape.strokeWidth) });
    }
    case 'mark': {
      const end = shape.stroke === undefined ? undefined : 'round';
      return element('path', {
        transform: placeOf(shape),
        d: shape.d,
        'fill-rule': 'evenodd',
        ...look(shape, shape.width),
        'stroke-linecap': end,
        'stroke-linejoin': end,
      });
    }
    case 'verdict': {
      const { outer, inner } = verdictShapes[shape.verdict];
      const at = { x: 0, y: 0, scale: 1 };
      const marks: Shape[] = [
        { kind: 'mark', d: outer, ...at, fill: `verdict-${shape.verdict}` },
        ...(inner ? [{ kind: 'mark', d: inner, ...at, stroke: 'paper', width: 2.2 } as const] : []),
      ];
      return element(
        'g',
        { transform: placeOf(shape) },
        { children: marks.map((mark) => elementOf(mark, means)) },
      );
    }
    case 'text': {
      const { x, y, size, weight = 400, anchor = 'start' } = shape;
      const fill = colourOf(shape.fill ?? 'ink');
      // Where a page may break a word; a drawing does not, and some fonts would show the sign.
      const text = shape.text.replaceAll('\u00ad', '');
      const width = letters.widthOf(text, size, weight);
      const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
      const key = `${weight} ${size} ${text}`;
      if (letters.outlineOf && !outlines.has(key))
        outlines.set(key, { id: `t${outlines.size}`, d: letters.outlineOf(text, size, weight) });
      const outline = outlines.get(key);
      const written = outline
        ? element('use', { href: `#${outline.id}`, x: left, y, fill })
        : element(
            'text',
            { x, y, 'font-size': size, 'font-weight': weight, 'text-anchor': anchor, fill },
            { text },
          );
      if (!shape.isStruck) return written;
      const d = `M${round(left)} ${round(y - size * 0.3)}h${round(width)}`;
      const strike = element('path', { d, stroke: fill, 'stroke-width': size / 12 });
      return element('g', {}, { children: [written, strike] });
    }
  }
}

/** The shapes of a drawing as elements of a page, in the tokens of its theme and its own font. */
export const pageElements = ({ shapes }: Drawing): readonly SvgElement[] =>
  shapes.map((shape) =>
    elementOf(shape, {
      letters: guessedLetters,
      colourOf: (paint) => `var(--fs-${paint})`,
      isPage: true,
      outlines: new Map(),
    }),
  );

const written = ({ tag, attributes, text = '', children = [] }: SvgElement): string => {
  const given = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escape(String(value))}"`,
  );
  const inside = `${escape(text)}${children.map(written).join('')}`;
  return `<${tag}${given.join('')}${inside === '' ? '/>' : `>${inside}</${tag}>`}`;
};

/** The drawing as a file. With outlines it needs no font; without, it names fonts to fall back on. */
export function svgOf(drawing: Drawing, letters: Letters = guessedLetters): string {
  const { width, height, title, description, shapes } = drawing;
  const outlines: Means['outlines'] = new Map();
  const means: Means = { letters, colourOf: (paint) => paints[paint], isPage: false, outlines };
  const drawn = shapes.map((shape) => elementOf(shape, means));
  const defined = [...outlines.values()].map(({ id, d }) => element('path', { id, d }));
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width,
      height,
      role: 'img',
      'aria-labelledby': 'figure-title',
      'aria-describedby': 'figure-description',
      'font-family': letters.outlineOf
        ? undefined
        : "'Fira Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif",
    },
    {
      children: [
        element('title', { id: 'figure-title' }, { text: title }),
        element('desc', { id: 'figure-description' }, { text: description }),
        ...(defined.length > 0 ? [element('defs', {}, { children: defined })] : []),
        element('rect', { width, height, fill: paints.paper }),
        ...drawn,
      ],
    },
  );
  return `${written(root)}\n`;
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
    readonly fill?: Paint;
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
    { x: margin, y: margin - 4, width: inner.width, size: 20, weight: 700, fill: 'accent-strong' },
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
    case 'group':
      return shape.place
        ? { ...shape, place: { ...shape.place, x: shape.place.x + dx, y: shape.place.y + dy } }
        : { ...shape, shapes: shape.shapes.map((inner) => moved(inner, dx, dy)) };
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
