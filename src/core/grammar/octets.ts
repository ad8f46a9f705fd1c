/** Octets and their texts. Not in `dns/octets.ts`, so that a page that needs these does not load the validator's. */

/** Octets as text, one character U+0000 to U+00FF for each octet: nothing is lost, nothing is guessed. */
export const octetsToText = (octets: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < octets.length; at += 8192)
    text += String.fromCharCode(...octets.subarray(at, at + 8192));
  return text;
};

/** Octets of text, one for each character, which must be U+0000 to U+00FF. */
export function textToOctets(text: string): Uint8Array<ArrayBuffer> {
  // No `Uint8Array.from`: it makes a list of all characters first, and a mail has millions.
  const octets = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) octets[at] = text.charCodeAt(at);
  return octets;
}

/** Octets of pairs of hexadecimal digits, in either case; what is no pair is for the caller to refuse. */
export const hexToOctets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
