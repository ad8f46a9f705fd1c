/**
 * gzip as RFC 1952 §2.2 has it: one member or several, one after another. A DecompressionStream takes
 * one and calls the rest damaged, in Node as in browsers, and none of them says where a member ends. So
 * the ends are looked up here (RFC 1951, without keeping what is unpacked), and each member is given to
 * a stream of its own: that one checks lengths and sums.
 */
import { concatOctets } from '../../core/dns/octets.ts';
import { throughBounded } from '../bounds.ts';

/** Tools that pack in blocks make one for each 64 KiB; a million empty ones would only cost time. */
const membersMost = 1024;

export type Unpacked =
  | {
      readonly ok: true;
      readonly octets: Uint8Array;
      /** Octets after the last member that are neither gzip nor padding with zeros. */
      readonly trailingOctets: number;
    }
  | { readonly ok: false; readonly situation: 'gzip' | 'gzip-members' | 'too-large' };

export const isGzip = (octets: Uint8Array, at = 0): boolean =>
  octets[at] === 0x1f && octets[at + 1] === 0x8b;

/**
 * Unpacks all members, to `octetsMost` together.
 * Errors: `gzip` (damaged or cut off), `gzip-members` (too many), `too-large` (unpacked).
 */
export async function unpackGzip(octets: Uint8Array, octetsMost: number): Promise<Unpacked> {
  const parts: Uint8Array[] = [];
  let left = octetsMost;
  let at = 0;
  do {
    if (parts.length === membersMost) return { ok: false, situation: 'gzip-members' };
    const end = memberEnd(octets, at);
    if (end === undefined) {
      // A cut bomb is a bomb first: nobody needs the rest of it.
      const isLarge = await isLarger(octets.subarray(at), left);
      return { ok: false, situation: isLarge ? 'too-large' : 'gzip' };
    }
    try {
      const stream = new DecompressionStream('gzip');
      const part = await throughBounded(octets.subarray(at, end), stream, left);
      if (part === undefined) return { ok: false, situation: 'too-large' };
      parts.push(part);
      left -= part.length;
    } catch {
      return { ok: false, situation: 'gzip' };
    }
    at = end;
    while (octets[at] === 0) at += 1;
  } while (isGzip(octets, at));
  return { ok: true, octets: concatOctets(parts), trailingOctets: octets.length - at };
}

async function isLarger(octets: Uint8Array, octetsMost: number): Promise<boolean> {
  try {
    const stream = new DecompressionStream('gzip');
    return (await throughBounded(octets, stream, octetsMost)) === undefined;
  } catch {
    return false;
  }
}

/** Where the member that begins at `start` ends, its trailer included (RFC 1952 §2.3). */
function memberEnd(octets: Uint8Array, start: number): number | undefined {
  const flags = octets[start + 3] ?? 0;
  if (!isGzip(octets, start) || octets[start + 2] !== 8 || flags > 0x1f) return undefined;
  let at = start + 10;
  if (flags & 4) at += 2 + (octets[at] ?? 0) + 256 * (octets[at + 1] ?? 0);
  for (const flag of [8, 16])
    if (flags & flag) {
      const zero = octets.indexOf(0, at);
      if (zero < 0) return undefined;
      at = zero + 1;
    }
  if (flags & 2) at += 2;
  const end = deflateEnd(octets, at);
  return end === undefined || end + 8 > octets.length ? undefined : end + 8;
}

/** Canonical Huffman codes (RFC 1951 §3.2.2): how many of each length, and the symbols in their order. */
interface Codes {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

const codeBitsMost = 15;

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Array<number>(codeBitsMost + 1).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((one, other) => one.length - other.length || one.symbol - other.symbol)
    .map(({ symbol }) => symbol);
  return { counts, symbols };
}

const repeated = (length: number, times: number): readonly number[] =>
  new Array<number>(times).fill(length);
const fixedLengths = codesOf([
  ...repeated(8, 144),
  ...repeated(9, 112),
  ...repeated(7, 24),
  ...repeated(8, 8),
]);
const fixedDistances = codesOf(repeated(5, 30));

/** Bits that follow a length symbol (257 and up) or a distance symbol (RFC 1951 §3.2.5). */
const bitsOfLength = (symbol: number): number =>
  symbol < 265 || symbol > 284 ? 0 : (symbol - 261) >> 2;
const bitsOfDistance = (symbol: number): number => (symbol < 4 ? 0 : (symbol - 2) >> 1);

/** The order in which lengths of the code for code lengths are sent (RFC 1951 §3.2.7). */
const orderOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Reads past the end as zeros; whoever reads looks at `isOver`, so that no loop outlives the octets. */
class Bits {
  readonly #octets: Uint8Array;
  #bit: number;
  constructor(octets: Uint8Array, at: number) {
    this.#octets = octets;
    this.#bit = at * 8;
  }
  get isOver(): boolean {
    return this.#bit > this.#octets.length * 8;
  }
  get octet(): number {
    return Math.ceil(this.#bit / 8);
  }
  skipOctets(count: number): void {
    this.#bit = (this.octet + count) * 8;
  }
  take(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1, this.#bit += 1)
      value |= (((this.#octets[this.#bit >>> 3] ?? 0) >> (this.#bit & 7)) & 1) << index;
    return value;
  }
  /** The next symbol; undefined where the bits are the code of none. */
  symbol({ counts, symbols }: Codes): number | undefined {
    let code = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= codeBitsMost; length += 1) {
      code |= this.take(1);
      const count = counts[length] ?? 0;
      if (code - first < count) return symbols[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return undefined;
  }
}

/** The octet after the DEFLATE data that begin at `start`; undefined where they are damaged or cut off. */
function deflateEnd(octets: Uint8Array, start: number): number | undefined {
  const bits = new Bits(octets, start);
  for (;;) {
    const isLast = bits.take(1) === 1;
    const type = bits.take(2);
    if (bits.isOver || type === 3) return undefined;
    if (type === 0) {
      bits.skipOctets(0);
      const length = bits.take(16);
      bits.skipOctets(2 + length);
    } else if (!skipBlock(bits, type === 1 ? [fixedLengths, fixedDistances] : dynamicCodes(bits)))
      return undefined;
    if (bits.isOver) return undefined;
    if (isLast) return bits.octet;
  }
}

/** RFC 1951 §3.2.7. */
function dynamicCodes(bits: Bits): readonly [Codes, Codes] | undefined {
  const lengthCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  const orderCount = bits.take(4) + 4;
  const lengthsOfLengths = new Array<number>(19).fill(0);
  for (const place of orderOfLengths.slice(0, orderCount)) lengthsOfLengths[place] = bits.take(3);
  const codes = codesOf(lengthsOfLengths);
  const lengths: number[] = [];
  while (lengths.length < lengthCount + distanceCount) {
    const symbol = bits.symbol(codes);
    if (symbol === undefined || bits.isOver) return undefined;
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...repeated(lengths.at(-1) ?? 0, 3 + bits.take(2)));
    else lengths.push(...repeated(0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)));
  }
  return [codesOf(lengths.slice(0, lengthCount)), codesOf(lengths.slice(lengthCount))];
}

/** To the end of the block (symbol 256); false where there is none. */
function skipBlock(bits: Bits, codes: readonly [Codes, Codes] | undefined): boolean {
  if (codes === undefined) return false;
  const [lengths, distances] = codes;
  while (!bits.isOver) {
    const symbol = bits.symbol(lengths);
    if (symbol === undefined) return false;
    if (symbol === 256) return true;
    if (symbol < 256) continue;
    bits.take(bitsOfLength(symbol));
    const distance = bits.symbol(distances);
    if (distance === undefined) return false;
    bits.take(bitsOfDistance(distance));
  }
  return false;
}
