/** Fira Sans as outlines, for files that may be opened where the font is not. Build only. */
import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkitten';
import type { Letters } from '../../view/drawing/drawing.ts';

const folder = 'node_modules/@fontsource/fira-sans/files';

const load = (weight: 400 | 700): Font => {
  const font = create(readFileSync(`${folder}/fira-sans-latin-${weight}-normal.woff2`));
  if (font.isCollection) throw new Error(`${folder}: a collection, not a font`);
  return font;
};

const fonts: Partial<Record<'plain' | 'strong', Font>> = {};
const fontOf = (isStrong = false): Font =>
  isStrong ? (fonts.strong ??= load(700)) : (fonts.plain ??= load(400));

const round = (value: number): string => String(Number(value.toFixed(2)));

/** Font units have their y upward, and stand where the pen is. */
function outlineOf(text: string, size: number, isStrong?: boolean): string {
  const font = fontOf(isStrong);
  const scale = size / font.unitsPerEm;
  let pen = 0;
  const parts: string[] = [];
  for (const glyph of font.glyphsForString(text)) {
    for (const { command, args } of glyph.path.commands) {
      const points: string[] = [];
      for (let index = 0; index < args.length; index += 2)
        points.push(
          `${round((pen + (args[index] ?? 0)) * scale)} ${round(-(args[index + 1] ?? 0) * scale)}`,
        );
      parts.push(`${signOf[command]}${points.join(' ')}`);
    }
    pen += glyph.advanceWidth;
  }
  return parts.join('');
}

const signOf: Readonly<Record<string, string>> = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
};

const widthOf = (text: string, size: number, isStrong?: boolean): number => {
  const font = fontOf(isStrong);
  return (
    (font.glyphsForString(text).reduce((sum, { advanceWidth }) => sum + advanceWidth, 0) * size) /
    font.unitsPerEm
  );
};

export const firaSans: Letters = { widthOf, outlineOf };
