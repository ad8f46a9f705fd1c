import { afterBlanks, beforeBlanks } from './characters.ts';

/** The parts between commas, each with where it begins; blanks around a comma are its own, those at both ends stay. */
export function splitAtCommas(
  text: string,
): readonly { readonly part: string; readonly start: number }[] {
  const pieces = text.split(',');
  let start = 0;
  return pieces.map((piece, index) => {
    const from = index > 0 ? afterBlanks(piece, 0) : 0;
    const to = index < pieces.length - 1 ? beforeBlanks(piece, from, piece.length) : piece.length;
    const found = { part: piece.slice(from, to), start: start + from };
    start += piece.length + 1;
    return found;
  });
}
