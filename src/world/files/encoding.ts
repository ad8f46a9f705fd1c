/** In which encoding a file of text is saved: spreadsheets and shells of Windows write more than UTF-8. */

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

const isAscii = (octet: number): boolean =>
  (octet > 0x08 && octet < 0x0e) || (octet > 0x1f && octet < 0x7f);

/** By its byte order mark; without one by the zeros around the first two characters, where they are ASCII. */
export function encodingOf(octets: Uint8Array): TextEncoding {
  // That of UTF-32 first: the mark of UTF-16 begins it.
  const [a = -1, b = -1, c = -1, d = -1] = octets;
  const zeros = [a, b, c, d]
    .map((octet) => (octet === 0 ? '0' : isAscii(octet) ? 'x' : '-'))
    .join('');
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || zeros === 'x000') return 'utf-32le';
  if ((a === 0 && b === 0 && c === 0xfe && d === 0xff) || zeros === '000x') return 'utf-32be';
  if ((a === 0xff && b === 0xfe) || zeros === 'x0x0') return 'utf-16le';
  return (a === 0xfe && b === 0xff) || zeros === '0x0x' ? 'utf-16be' : 'utf-8';
}

/** `TextDecoder` knows no UTF-32. What is no character, or was cut off, is shown as U+FFFD. */
class Utf32Decoder {
  #rest = new Uint8Array();
  readonly #isLittleEndian: boolean;
  constructor(isLittleEndian: boolean) {
    this.#isLittleEndian = isLittleEndian;
  }

  decode(chunk = new Uint8Array(), { stream = false } = {}): string {
    const octets = new Uint8Array(this.#rest.length + chunk.length);
    octets.set(this.#rest);
    octets.set(chunk, this.#rest.length);
    const view = new DataView(octets.buffer);
    const end = octets.length - (octets.length % 4);
    let text = '';
    for (let at = 0; at < end; at += 4) {
      const code = view.getUint32(at, this.#isLittleEndian);
      text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    }
    this.#rest = octets.slice(stream ? end : octets.length);
    return stream || end === octets.length ? text : `${text}\ufffd`;
  }
}

/** Decodes a file that begins with these octets, in pieces with `stream`. Never throws. */
export function decoderOf(octets: Uint8Array): Pick<TextDecoder, 'decode'> {
  const encoding = encodingOf(octets);
  return encoding === 'utf-32le' || encoding === 'utf-32be'
    ? new Utf32Decoder(encoding === 'utf-32le')
    : new TextDecoder(encoding);
}
