/**
 * A figure that stands alone, as a file. Colours, sizes and words are in it, so that it looks the same in a document
 * of somebody else, years from now.
 */
import { xmlText } from '../../core/grammar/xml.ts';
import { element, elementsOf, round, withoutHyphens, type SvgElement } from './elements.ts';
import { group, path, text as textItem, type Drawn, type Item, type TextItem } from './items.ts';
import { paints } from './paints.ts';

export interface Drawing extends Drawn {
  readonly title: string;
  /** The picture in words: what a reader who does not see it needs. */
  readonly description: string;
}

/** What a text looks like in a font: its width, and its outline where the file must not need the font. */
export interface Letters {
  readonly widthOf: (text: string, size: number, isStrong?: boolean) => number;
  readonly outlineOf?: (text: string, size: number, isStrong?: boolean) => string;
}

/** About how wide a text is, where no font can be measured: never too narrow for Fira Sans. */
export const guessedLetters: Letters = {
  widthOf: (text, size, isStrong) => [...text].length * size * (isStrong ? 0.58 : 0.54),
};

/** Breaks a text into lines that fit; a word that is too long is broken inside. */
export function wrap(
  text: string,
  width: number,
  size: number,
  letters: Letters,
  isStrong = false,
): readonly string[] {
  const lines: string[] = [];
  const fits = (line: string) => letters.widthOf(line, size, isStrong) <= width;
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

const written = ({ tag, attributes, text = '', children = [] }: SvgElement): string => {
  const given = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${xmlText(String(value))}"`,
  );
  const inside = `${xmlText(text)}${children.map(written).join('')}`;
  return `<${tag}${given.join('')}${inside === '' ? '/>' : `>${inside}</${tag}>`}`;
};

/** Puts outlines in place of texts; a word that comes back is drawn once and used again. */
function outliner(widthOf: Letters['widthOf'], outlineOf: NonNullable<Letters['outlineOf']>) {
  const outlines = new Map<string, { readonly id: string; readonly d: string }>();
  const outlined = (item: TextItem, fill: string): SvgElement => {
    const { x, y, size, isStrong = false, isStruck, anchor } = item;
    const text = withoutHyphens(item.text);
    const key = `${isStrong} ${size} ${text}`;
    const { id, d } = outlines.get(key) ?? {
      id: `t${outlines.size}`,
      d: outlineOf(text, size, isStrong),
    };
    outlines.set(key, { id, d });
    const width = widthOf(text, size, isStrong);
    const left = anchor === 'middle' ? x - width / 2 : anchor === 'end' ? x - width : x;
    const use = element('use', { href: `#${id}`, x: left, y, fill });
    if (!isStruck) return use;
    const strike = `M${round(left)} ${round(y - size * 0.3)}h${round(width)}`;
    const line = element('path', { d: strike, stroke: fill, 'stroke-width': size / 12 });
    return element('g', {}, { children: [use, line] });
  };
  const defined = () => [...outlines.values()].map(({ id, d }) => element('path', { id, d }));
  return { outlined, defined };
}

/** The drawing as a file. With outlines it needs no font; without, it names fonts to fall back on. */
export function svgOf(drawing: Drawing, { widthOf, outlineOf }: Letters = guessedLetters): string {
  const { width, height, title, description, items } = drawing;
  const letters = outlineOf && outliner(widthOf, outlineOf);
  const drawn = elementsOf(items, {
    colourOf: (paint) => paints[paint],
    fontWeight: 700,
    isFile: true,
    ...(letters && { outlined: letters.outlined }),
  });
  const defined = letters?.defined() ?? [];
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      width,
      height,
      fill: 'none',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      role: 'img',
      'aria-labelledby': 'figure-title',
      'aria-describedby': 'figure-description',
      'font-family': letters
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

/** Text in lines, from `y` down; resolves to its items and where it ends. */
export function paragraph(
  text: string,
  place: Omit<TextItem, 'kind' | 'text'> & { readonly width: number },
  letters: Letters,
): { readonly items: readonly Item[]; readonly end: number } {
  const { x, y, width, size, ...look } = place;
  const leading = size * 1.3;
  const lines = wrap(text, width, size, letters, look.isStrong);
  return {
    items: lines.map((line, index) => textItem(line, x, y + size + index * leading, size, look)),
    end: y + lines.length * leading,
  };
}

/** Paragraphs below each other from `y` down, with a gap after each. */
export function stacked(
  paragraphs: readonly Pick<TextItem, 'text' | 'size' | 'isStrong' | 'fill'>[],
  place: { readonly x: number; readonly y: number; readonly width: number; readonly gap: number },
  letters: Letters,
): { readonly items: readonly Item[]; readonly end: number } {
  const { x, width, gap } = place;
  let { y } = place;
  const items = paragraphs.flatMap(({ text, ...look }) => {
    const told = paragraph(text, { x, y, width, ...look }, letters);
    y = told.end + gap;
    return told.items;
  });
  return { items, end: y };
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
    {
      x: margin,
      y: margin - 4,
      width: inner.width,
      size: 20,
      isStrong: true,
      fill: 'accent-strong',
    },
    letters,
  );
  const top = head.end + 12;
  const footTop = top + inner.height + 14;
  const foot = paragraph(
    credit,
    { x: margin, y: footTop, width: inner.width - codeRoom, size: 12, fill: 'ink-soft' },
    letters,
  );
  const corner = code
    ? [
        path(code.d, {
          x: width - margin - codePixels,
          y: footTop,
          scale: codePixels / code.size,
          fill: 'ink',
        }),
      ]
    : [];
  return {
    ...inner,
    width,
    height: Math.max(foot.end, code ? footTop + codePixels : 0) + margin - 8,
    items: [...head.items, group({ x: margin, y: top }, inner.items), ...foot.items, ...corner],
  };
}
