/** Of a file, by its byte order mark: spreadsheets save "Unicode text" as UTF-16. */
export function encodingOfList(octets: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = octets;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
