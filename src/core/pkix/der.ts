/**
 * As much DER as is needed to tell a certificate from a key from garbage: tags and lengths, no
 * contents. Reading a certificate is the world's work; this decides only whether octets published
 * in DNS can be one (RFC 7671 §9: malformed association data makes a record unusable).
 */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const sequence = 0x30;
const bitString = 0x03;
const integer = 0x02;
const explicitVersion = 0xa0;

/** The element at `at`, which must end by `limit`; lengths as DER demands: definite and shortest. */
function elementAt(octets: Uint8Array, at: number, limit: number): Element | undefined {
  const tag = octets[at];
  const first = octets[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit) return undefined;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let index = 0; index < count; index += 1)
      length = length * 256 + (octets[start + index] ?? 0);
    if (length < 0x80 || octets[start] === 0) return undefined;
    start += count;
  }
  return start + length <= limit ? { tag, start, end: start + length } : undefined;
}

/** The elements inside one element, or undefined where they do not fill it exactly. */
function inside(octets: Uint8Array, outer: Element): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = outer.start; at < outer.end;) {
    const element = elementAt(octets, at, outer.end);
    if (element === undefined) return undefined;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function whole(octets: Uint8Array): readonly Element[] | undefined {
  const outer = elementAt(octets, 0, octets.length);
  if (outer === undefined || outer.tag !== sequence || outer.end !== octets.length)
    return undefined;
  return inside(octets, outer);
}

const tagsAre = (elements: readonly Element[] | undefined, ...tags: readonly number[]): boolean =>
  elements?.length === tags.length && elements.every(({ tag }, index) => tag === tags[index]);

/** `SubjectPublicKeyInfo ::= SEQUENCE { algorithm SEQUENCE, subjectPublicKey BIT STRING }` (RFC 5280 §4.1). */
export const looksLikeSpki = (octets: Uint8Array): boolean =>
  tagsAre(whole(octets), sequence, bitString);

/** `Certificate ::= SEQUENCE { tbs SEQUENCE, algorithm SEQUENCE, signature BIT STRING }` (RFC 5280 §4.1). */
export function looksLikeCertificate(octets: Uint8Array): boolean {
  const parts = whole(octets);
  const [tbs] = parts ?? [];
  if (!tagsAre(parts, sequence, sequence, bitString) || tbs === undefined) return false;
  const fields = (inside(octets, tbs) ?? []).filter(({ tag }) => tag !== explicitVersion);
  // serial number, signature, issuer, validity, subject, subject public key, then optional ones
  return (
    fields[0]?.tag === integer &&
    fields.length >= 6 &&
    fields.slice(1, 6).every(({ tag }) => tag === sequence)
  );
}
