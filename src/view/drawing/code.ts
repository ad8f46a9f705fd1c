/** An address as a square that a telephone's camera reads (QR code, ISO/IEC 18004; medium correction). */
import { encode } from 'uqr';
import type { Code } from './drawing.ts';

/** One path with a rectangle for every run of dark modules. */
export function codeOf(address: string): Code {
  const { data, size } = encode(address, { ecc: 'M', border: 0 });
  const parts: string[] = [];
  for (const [y, row] of data.entries())
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      let end = x;
      while (end < size && row[end]) end += 1;
      parts.push(`M${x} ${y}h${end - x}v1H${x}z`);
      x = end;
    }
  return { d: parts.join(''), size };
}
