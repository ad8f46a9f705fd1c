/** Character classes of RFC 5234 Appendix B.1, on single characters; `undefined` is the end of the text. */
type Character = string | undefined;

const between = (character: Character, first: number, last: number): boolean => {
  if (character === undefined) return false;
  const code = character.charCodeAt(0);
  return code >= first && code <= last;
};

export const isDigit = (character: Character): boolean => between(character, 0x30, 0x39);

export const isAlpha = (character: Character): boolean =>
  between(character, 0x41, 0x5a) || between(character, 0x61, 0x7a);

export const isAlphanumeric = (character: Character): boolean =>
  isAlpha(character) || isDigit(character);

export const isHexDigit = (character: Character): boolean =>
  isDigit(character) || between(character, 0x41, 0x46) || between(character, 0x61, 0x66);

/** WSP: space or horizontal tab. */
export const isBlank = (character: Character): boolean => character === ' ' || character === '\t';

/** Without the blanks before it. */
export function withoutBlanksBefore(text: string): string {
  let start = 0;
  while (isBlank(text[start])) start += 1;
  return text.slice(start);
}

/** Without the blanks after it; written out, because `/[ \t]+$/` tries anew at every blank inside. */
export function withoutBlanksAfter(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

/** CTL: U+0000 to U+001F and U+007F. */
export const isControl = (character: Character): boolean =>
  between(character, 0x00, 0x1f) || character === '\x7f';

/** Octets as text, one character U+0000 to U+00FF for each octet: nothing is lost, nothing is guessed. */
export const octetsToText = (octets: Uint8Array): string => {
  let text = '';
  for (const octet of octets) text += String.fromCharCode(octet);
  return text;
};
