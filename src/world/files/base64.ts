import { textToOctets } from '../../core/grammar/octets.ts';

/** Octets of base64 (RFC 4648 §4); blanks are passed over, undefined where it is none. */
export function base64Octets(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return textToOctets(atob(base64));
  } catch {
    return undefined;
  }
}
