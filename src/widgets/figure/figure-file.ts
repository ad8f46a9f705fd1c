/**
 * The figure on screen, in the state that the reader chose, as a file. Loaded when it is asked for. The
 * drawing is that of the files made when the site is built; here the font is one that the reader's machine has.
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
  const drawing = framed(draw(guessedLetters), credit, guessedLetters, code);
  if (kind === 'svg') save(`${name}.svg`, 'image/svg+xml', svgOf(drawing));
  else save(`${name}.png`, 'image/png', await pngOf(drawing));
}

/** A drawing as pixels, by the browser's own renderer of SVG. */
export async function pngOf(drawing: Drawing): Promise<Blob> {
  const { width, height } = drawing;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(drawing))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * pngScale);
  canvas.height = Math.ceil(height * pngScale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!png) throw new Error('the picture is too large for this browser');
  return png;
}
