/** A ZIP archive (PKWARE APPNOTE 6.3): an OpenDocument file is one, and an EPUB. */

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 as in ISO 3309, of octets. */
export function crc32(octets: Uint8Array): number {
  let crc = 0xffffffff;
  for (const octet of octets) crc = (crc >>> 8) ^ (table[(crc ^ octet) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

export interface ZipEntry {
  readonly name: string;
  readonly octets: Uint8Array;
}

const little = (...fields: readonly (readonly [value: number, octets: 2 | 4])[]): number[] =>
  fields.flatMap(([value, octets]) =>
    Array.from({ length: octets }, (_, index) => (value >>> (8 * index)) & 0xff),
  );

/** 1 January 1980, the first day that the format knows: the same content gives the same file. */
const dosDate = 0x21;

/**
 * The archive, in the order given. Names are ASCII. Entries are stored as they are, or as `deflate` (RFC 1951) makes
 * them where that is shorter: a browser has it only by waiting, a command has it at hand.
 */
export function zipOf(
  entries: readonly ZipEntry[],
  deflate: (octets: Uint8Array) => Uint8Array = (octets) => octets,
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const directory: number[] = [];
  let offset = 0;
  for (const { name, octets } of entries) {
    const letters = [...name].map((letter) => letter.charCodeAt(0));
    const shorter = deflate(octets);
    const isDeflated = shorter.length < octets.length;
    const held = isDeflated ? shorter : octets;
    const common = little(
      [20, 2],
      [0, 2],
      [isDeflated ? 8 : 0, 2],
      [0, 2],
      [dosDate, 2],
      [crc32(octets), 4],
      [held.length, 4],
      [octets.length, 4],
      [letters.length, 2],
      [0, 2],
    );
    const head = Uint8Array.from([...little([0x04034b50, 4]), ...common, ...letters]);
    directory.push(
      ...little([0x02014b50, 4], [20, 2]),
      ...common,
      ...little([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
      ...letters,
    );
    parts.push(head, held);
    offset += head.length + held.length;
  }
  const { length } = entries;
  parts.push(
    Uint8Array.from([
      ...directory,
      ...little(
        [0x06054b50, 4],
        [0, 2],
        [0, 2],
        [length, 2],
        [length, 2],
        [directory.length, 4],
        [offset, 4],
        [0, 2],
      ),
    ]),
  );
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
