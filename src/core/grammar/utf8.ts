/** UTF-8 in the core, which has no TextDecoder: what is malformed stays visible as U+FFFD. */

/** Decodes octets as UTF-8 (RFC 3629 §4); each octet that fits nothing becomes one U+FFFD. */
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
