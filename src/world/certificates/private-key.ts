/**
 * Finds private keys in what somebody pasted or dropped, and takes them out before anything else
 * looks at it. Whoever sees a private key can pose as the server, so a page that repeats one, keeps
 * one or lets it stand in a field has made the mistake worse. What stands beside the key is kept.
 */
import { base64Octets } from '../files/base64.ts';

export interface TextWithoutKeys {
  /** The text without them; unchanged where there were none. */
  readonly text: string;
  readonly hadKey: boolean;
}

/** A part of a text, from and to. */
type Stretch = readonly [start: number, end: number];

// Any label that speaks of a private key, also of kinds not yet named; PKCS #12 files hold one too.
const secret = '(?:[^\\n]{0,64}?PRIVATE KEY|PKCS ?#?12)';
// Each is tried at one place only, and its repetitions are bounded: the text may be made to be slow.
const beginsSecret = new RegExp(`-----BEGIN ${secret}`, 'iy');
const endsSecret = new RegExp(`-----END ${secret}[^\\n]{0,64}?-----`, 'iy');
const halfOfSecret = new RegExp(`-----END ${secret}`, 'iy');
const endsOther = /-----END [^\n-]{1,64}-----/iy;
const anyBegin = /-----BEGIN /gi;

/** Where an expression that is tried at one place ends there; -1 where it does not fit. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : -1;
}

/** Where the next block begins, or the text ends. */
function nextBegin(text: string, from: number): number {
  anyBegin.lastIndex = from;
  return anyBegin.exec(text)?.index ?? text.length;
}

const lineEnd = (text: string, from: number): number => {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed;
};

/** Every place with five dashes. */
function* dashes(text: string, from = 0): Generator<number> {
  for (let at = text.indexOf('-----', from); at >= 0; at = text.indexOf('-----', at + 1)) yield at;
}

/** A block with its end; without one, everything to the next block. */
function* blocks(text: string): Generator<Stretch> {
  let done = 0;
  for (const start of dashes(text)) {
    if (start < done) continue;
    const inside = endOf(beginsSecret, text, start);
    if (inside < 0) continue;
    done = nextBegin(text, inside);
    for (const at of dashes(text, inside)) {
      if (at >= done) break;
      const end = endOf(endsSecret, text, at);
      if (end < 0) continue;
      done = end;
      break;
    }
    yield [start, done];
  }
}

/** The second half of a block, copied without its beginning. */
function* halves(text: string): Generator<Stretch> {
  let start: number | undefined = 0;
  let done = 0;
  for (const at of dashes(text)) {
    if (at < done) continue;
    const half = endOf(halfOfSecret, text, at);
    const other = endOf(endsOther, text, at);
    if (half >= 0 && start !== undefined) {
      done = lineEnd(text, half);
      yield [start, done];
      start = /-----END [^\n-]{1,64}-----$/i.test(text.slice(Math.max(0, done - 80), done))
        ? done
        : undefined;
    } else if (other >= 0) start = done = other;
    else start = undefined;
  }
}

/** From where something says that it is a key to the next block. */
function* dumps(text: string): Generator<Stretch> {
  // What `openssl pkey -text` prints, and the file of PuTTY.
  const beginning = /private-key: \(|PuTTY-User-Key-File|Private-Lines:/gi;
  for (let found = beginning.exec(text); found !== null; found = beginning.exec(text)) {
    beginning.lastIndex = nextBegin(text, found.index);
    yield [found.index, beginning.lastIndex];
  }
}

/** A JSON Web Key with its private part. */
function* webKeys(text: string): Generator<Stretch> {
  let start = -1;
  for (const { 0: brace, index } of text.matchAll(/[{}]/g)) {
    const inside = brace === '}' && start >= 0 ? text.slice(start, index) : '';
    if (inside.includes('"kty"') && /"d"\s*:/.test(inside)) yield [start, index + 1];
    start = brace === '{' ? index : -1;
  }
}

/** Whatever else says so: from the beginning of its line to the next block. */
function* others(text: string): Generator<Stretch> {
  const words = /PRIVATE KEY/gi;
  let done = 0;
  for (let found = words.exec(text); found !== null; found = words.exec(text)) {
    let start = found.index;
    while (start > done && text[start - 1] !== '\n') start -= 1;
    done = words.lastIndex = nextBegin(text, words.lastIndex);
    yield [start, done];
  }
}

/** What must go, in this order: each sees what those before it left. */
const searches = [blocks, halves, dumps, webKeys, others];

function without(text: string, stretches: Iterable<Stretch>): string {
  let kept = '';
  let at = 0;
  for (const [start, end] of stretches) {
    kept += text.slice(at, start);
    at = end;
  }
  return kept + text.slice(at);
}

const mayHoldKey = /private[- ]|PKCS ?#?12|PuTTY-User|"kty"/i;

export function withoutPrivateKeys(given: string): TextWithoutKeys {
  let text = given;
  if (mayHoldKey.test(text)) for (const search of searches) text = without(text, search(text));
  const bare = decodeBareBase64(text);
  if (bare !== undefined && isPrivateKeyDer(bare)) text = '';
  if (text === given) return { text, hadKey: false };
  return { text: text.trim() === '' ? '' : text, hadKey: true };
}

/** Base64 without a PEM frame, and nothing else. */
function decodeBareBase64(text: string): Uint8Array | undefined {
  const base64 = text.replace(/\s+/g, '');
  if (base64.length < 32 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return base64Octets(base64);
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
