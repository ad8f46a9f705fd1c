/** Octet strings: the few operations that codec, validator and what carries their messages share. */

/** The parts one after another, in a new array. */
export const concatOctets = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Order as unsigned octets, the shorter first where one begins the other (RFC 4034 §6.3). */
export const compareOctets = (left: Uint8Array, right: Uint8Array): number => {
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = left[at]! - right[at]!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

/** Not in constant time: nothing secret is compared here. */
export const equalOctets = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && compareOctets(left, right) === 0;

/** Two lower-case digits for each octet, without separators. */
export const formatHex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** Two octets, most significant first. */
export const uint16 = (octets: Uint8Array, at: number): number =>
  (octets[at]! << 8) | octets[at + 1]!;

/** Four octets, most significant first, as a number from 0 to 2^32 - 1. */
export const uint32 = (octets: Uint8Array, at: number): number =>
  uint16(octets, at) * 0x10000 + uint16(octets, at + 2);

/** A time to live in seconds; with its top bit set it counts as zero (RFC 2181 §8). */
export const timeToLive = (octets: Uint8Array, at: number): number => {
  const seconds = uint32(octets, at);
  return seconds > 0x7fffffff ? 0 : seconds;
};

const base32HexDigits = '0123456789abcdefghijklmnopqrstuv';

/** Base 32 with extended hex alphabet, lower case, no padding: owner names of NSEC3 (RFC 5155 §3.3). */
export const formatBase32Hex = (octets: Uint8Array): string => {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const octet of octets) {
    held = ((held << 8) | octet) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += base32HexDigits[(held >> bits) & 31]!;
    }
  }
  return bits > 0 ? text + base32HexDigits[(held << (5 - bits)) & 31]! : text;
};

/** Of base64url without padding (RFC 4648 §5); written out, for the core has no `btoa`. */
const base64UrlDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Without padding; `parseBase64Url` reads it back (RFC 4648 §5). */
export function formatBase64Url(octets: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const octet of octets) {
    held = ((held << 8) | octet) & 0xffff;
    bits += 8;
    for (; bits >= 6; bits -= 6) text += base64UrlDigits[(held >> (bits - 6)) & 63];
  }
  return bits === 0 ? text : text + base64UrlDigits[(held << (6 - bits)) & 63];
}

/** Undefined where a character is not of the alphabet. */
export function parseBase64Url(text: string): Uint8Array | undefined {
  const octets: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    const value = base64UrlDigits.indexOf(character);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    octets.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(octets);
}
