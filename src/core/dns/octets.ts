/** Octet strings: the few operations that codec and validator share. */

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

export const equalOctets = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && compareOctets(left, right) === 0;

export const formatHex = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** Two octets, most significant first. */
export const uint16 = (octets: Uint8Array, at: number): number =>
  (octets[at]! << 8) | octets[at + 1]!;

/** Four octets, most significant first, as a number from 0 to 2^32 - 1. */
export const uint32 = (octets: Uint8Array, at: number): number =>
  uint16(octets, at) * 0x10000 + uint16(octets, at + 2);

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
