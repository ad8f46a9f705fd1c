/**
 * Finds private keys in what somebody pasted or dropped, and takes them out before anything else
 * looks at it. Whoever sees a private key can pose as the server, so a page that repeats one, keeps
 * one or lets it stand in a field has made the mistake worse. What stands beside the key is kept.
 */

export interface TextWithoutKeys {
  /** The text without them; unchanged where there were none. */
  readonly text: string;
  readonly hadKey: boolean;
}

// Any label that speaks of a private key, also of kinds not yet named; PKCS #12 files hold one too.
const secret = '(?:[^\\n]{0,64}?PRIVATE KEY|PKCS ?#?12)';
/** What begins a stretch that must go, and what may end it. */
const stretches: readonly RegExp[] = [
  // A block with its end; without one, everything to the next block.
  new RegExp(
    `-----BEGIN ${secret}[\\s\\S]*?(?:-----END ${secret}[^\\n]{0,64}?-----|(?=-----BEGIN )|$)`,
    'gi',
  ),
  // The second half of a block, copied without its beginning.
  new RegExp(
    `(?:(?<=-----END [^\\n-]{1,64}-----)|^)(?:(?!-----)[\\s\\S])*-----END ${secret}[^\\n]*`,
    'gi',
  ),
  // What `openssl pkey -text` prints, and the file of PuTTY.
  /(?:private-key: \(|PuTTY-User-Key-File|Private-Lines:)[\s\S]*?(?=-----BEGIN |$)/gi,
  // A JSON Web Key with its private part.
  /\{[^{}]*"kty"[^{}]*"d"\s*:[^{}]*\}|\{[^{}]*"d"\s*:[^{}]*"kty"[^{}]*\}/g,
  // Whatever else says so.
  /^[^\n]*?PRIVATE KEY[\s\S]*?(?=-----BEGIN |$(?![\s\S]))/gim,
];

const mayHoldKey = /private[- ]|PKCS ?#?12|PuTTY-User|"kty"/i;

export function withoutPrivateKeys(given: string): TextWithoutKeys {
  let text = given;
  if (mayHoldKey.test(text)) for (const stretch of stretches) text = text.replace(stretch, '');
  const bare = decodeBareBase64(text);
  if (bare !== undefined && isPrivateKeyDer(bare)) text = '';
  if (text === given) return { text, hadKey: false };
  return { text: text.trim() === '' ? '' : text, hadKey: true };
}

/** Base64 without a PEM frame, and nothing else. */
function decodeBareBase64(text: string): Uint8Array | undefined {
  const base64 = text.replace(/\s+/g, '');
  if (base64.length < 32 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The object identifiers of password-based encryption (PKCS #5, PKCS #12), as they begin. */
const encryptionIds: readonly (readonly number[])[] = [
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05],
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c],
];

/**
 * Whether DER is a private key: PKCS #1, SEC 1 and PKCS #8 begin with a SEQUENCE and a version of 0 or 1,
 * PKCS #12 with version 3, an encrypted PKCS #8 with the identifier of its encryption.
 */
export function isPrivateKeyDer(octets: Uint8Array): boolean {
  if (octets[0] !== 0x30) return false;
  const at = contentStart(octets, 0);
  if (octets[at] === 0x02 && octets[at + 1] === 0x01)
    return [0, 1, 3].includes(octets[at + 2] ?? 9);
  if (octets[at] !== 0x30) return false;
  const id = contentStart(octets, at);
  return (
    octets[id] === 0x06 &&
    encryptionIds.some((known) => known.every((octet, index) => octets[id + 2 + index] === octet))
  );
}

const contentStart = (octets: Uint8Array, at: number): number => {
  const length = octets[at + 1] ?? 0;
  return at + 2 + (length > 0x80 ? length & 0x7f : 0);
};
