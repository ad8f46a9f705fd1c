/**
 * The figure on screen, in the state that the reader chose, as a file. Loaded when it is asked for. The
 * drawing is that of the files made when the site is built; here the font is the page's own.
 */
import { save } from './save.ts';
import { codeOf } from '../../view/drawing/code.ts';
import {
  framed,
  guessedLetters,
  svgOf,
  type Drawing,
  type Letters,
} from '../../view/drawing/drawing.ts';
import { fontOf, paint } from './paint.ts';

export type FigureKind = 'svg' | 'png';

export interface FigureOrder {
  readonly kind: FigureKind;
  /** File name without its ending. */
  readonly name: string;
  readonly draw: (letters: Letters) => Drawing;
  readonly credit: string;
  /** Where the figure lives, in this state: for the code beside the credit line. */
  readonly address: string;
}

/** Twice the size on screen: enough for print in a column. */
const pngScale = 2;
/** A code with more modules than this cannot be read from paper at its size. */
const addressCharactersMost = 200;

export async function saveFigure(order: FigureOrder): Promise<void> {
  const { kind, name, draw, credit, address } = order;
  const code = address.length > addressCharactersMost ? undefined : codeOf(address);
  if (kind === 'svg') {
    const svg = svgOf(framed(draw(guessedLetters), credit, guessedLetters, code));
    save(`${name}.svg`, 'image/svg+xml', svg);
    return;
  }
  const png = await pngOf((letters) => framed(draw(letters), credit, letters, code));
  save(`${name}.png`, 'image/png', png);
}

/** A drawing in pixels, in the page's own font. */
export async function pngOf(draw: (letters: Letters) => Drawing): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no canvas');
  const letters: Letters = {
    widthOf: (text, size, weight) => {
      context.font = fontOf(size, weight);
      return context.measureText(text).width;
    },
  };
  const drawing = draw(letters);
  canvas.width = Math.ceil(drawing.width * pngScale);
  canvas.height = Math.ceil(drawing.height * pngScale);
  context.scale(pngScale, pngScale);
  paint(drawing, context);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!picture) throw new Error('the picture is too large for this browser');
  return picture;
}
