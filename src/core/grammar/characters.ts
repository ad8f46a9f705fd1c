/** Character classes of RFC 5234 Appendix B.1, on single characters; `undefined` is the end of the text. */
type Character = string | undefined;

const between = (character: Character, first: number, last: number): boolean => {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  return code >= first && code <= last;
};

/** DIGIT. */
export const isDigit = (character: Character): boolean => between(character, 0x30, 0x39);

/** ALPHA: ASCII letters only, of either case. */
export const isAlpha = (character: Character): boolean =>
  between(character, 0x41, 0x5a) || between(character, 0x61, 0x7a);

/** ALPHA or DIGIT. */
export const isAlphanumeric = (character: Character): boolean =>
  isAlpha(character) || isDigit(character);

/** HEXDIG, also in lower case. */
export const isHexDigit = (character: Character): boolean =>
  isDigit(character) || between(character, 0x41, 0x46) || between(character, 0x61, 0x66);

/** WSP: space or horizontal tab. */
export const isBlank = (character: Character): boolean => character === ' ' || character === '\t';

/** Where the blanks from here on end. */
export function afterBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at += 1;
  return at;
}

/** Where the blanks before `end` begin, not before `start`; written out, because `/[ \t]+$/` tries anew at every blank. */
export function beforeBlanks(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text[at - 1])) at -= 1;
  return at;
}

/** CTL: U+0000 to U+001F and U+007F. */
export const isControl = (character: Character): boolean =>
  between(character, 0x00, 0x1f) || character === '\x7f';

/** Octets as UTF-8 (RFC 3629 §4), for a core without TextDecoder; each octet that fits nothing becomes one U+FFFD. */
export function utf8ToText(octets: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < octets.length) {
    const [code, length] = decodeOne(octets, at);
    text += String.fromCodePoint(code);
    at += length;
  }
  return text;
}

const replacement: readonly [number, number] = [0xfffd, 1];

function decodeOne(octets: Uint8Array, at: number): readonly [code: number, length: number] {
  const first = octets[at] ?? 0;
  if (first < 0x80) return [first, 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > octets.length) return replacement;
  let code = first & (0x7f >> length);
  for (let next = at + 1; next < at + length; next += 1) {
    const octet = octets[next] ?? 0;
    if ((octet & 0xc0) !== 0x80) return replacement;
    code = (code << 6) | (octet & 0x3f);
  }
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code < least || code > 0x10ffff || isSurrogate ? replacement : [code, length];
}
