/**
 * As much DER as is needed to tell a certificate from a key from garbage: tags and lengths, no
 * contents. Reading a certificate is the world's work; this decides only whether octets published
 * in DNS can be one (RFC 7671 §9: malformed association data makes a record unusable).
 */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
}

const sequence = 0x30;
const bitString = 0x03;
const integer = 0x02;
const explicitVersion = 0xa0;

/** Elements within elements that are followed in BER. CMS has eight where its signers stand. */
const depthMost = 12;

/**
 * The element at `at`, which must end by `limit`; lengths as DER demands: definite and shortest. With a
 * depth as BER allows them too (X.690 §8.1.3): any number of octets, or up to an end of contents, to that
 * depth.
 */
function elementAt(octets: Uint8Array, at: number, limit: number, depth = 0): Element | undefined {
  const tag = octets[at];
  const first = octets[at + 1];
  if (tag === undefined || first === undefined || at + 2 > limit) return undefined;
  if (first === 0x80 && depth > 0) {
    let end = at + 2;
    while (end + 2 <= limit && !(octets[end] === 0 && octets[end + 1] === 0)) {
      const each = elementAt(octets, end, limit, depth - 1);
      if (each === undefined) return undefined;
      end = each.next;
    }
    return end + 2 <= limit ? { tag, start: at + 2, end, next: end + 2 } : undefined;
  }
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return undefined;
    length = 0;
    for (let index = 0; index < count; index += 1)
      length = length * 256 + (octets[start + index] ?? 0);
    if (depth === 0 && (length < 0x80 || octets[start] === 0)) return undefined;
    start += count;
  }
  const end = start + length;
  return end <= limit ? { tag, start, end, next: end } : undefined;
}

/** The elements inside one element, or undefined where they do not fill it exactly. */
function inside(
  octets: Uint8Array,
  outer: Pick<Element, 'start' | 'end'>,
  depth = 0,
): readonly Element[] | undefined {
  const elements: Element[] = [];
  for (let at = outer.start; at < outer.end;) {
    const element = elementAt(octets, at, outer.end, depth);
    if (element === undefined) return undefined;
    elements.push(element);
    at = element.next;
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

/** What DER (or BER) can be that somebody has instead of a certificate. */
export type DerKind =
  | 'certificate'
  | 'public-key'
  /** PKCS #10, RFC 2986. */
  | 'certificate-request'
  /** SignedData of PKCS #7 or CMS: a bag of certificates. */
  | 'pkcs7'
  /** SignedData with somebody's signature (RFC 5652 §5.1). */
  | 'cms-signature'
  /** Any other content of CMS: encrypted, packed, digested (RFC 5652 §6 to §9, RFC 3274). */
  | 'cms-message'
  /** PKCS #12: certificates with their key. */
  | 'pkcs12'
  /** PKCS #8 under a password. */
  | 'encrypted-key'
  /** PKCS #1, SEC 1 or PKCS #8. */
  | 'private-key';

const objectId = 0x06;
const octetString = 0x04;
const explicitContent = 0xa0;
const setOf = 0x31;
/** 1.2.840.113549.1.7, of PKCS #7, and 1.9.16.1 beside it, of S/MIME; what follows says which content it is. */
const contentIds = [
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07],
  [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01],
];
const signedData = 2;

/**
 * PKCS #7 and CMS, in DER or BER, by the identifier that they begin with. A bag of certificates has the
 * same shape as a signature, and nobody in the set of signers, which is last.
 */
function kindOfCms(octets: Uint8Array): DerKind | undefined {
  const limit = octets.length;
  // Of what is not whole, only the beginning is looked at.
  const start = elementAt(octets, 0, limit, depthMost)?.start ?? startOf(octets);
  const id = octets[0] === sequence ? elementAt(octets, start, limit) : undefined;
  if (id?.tag !== objectId) return undefined;
  const known = contentIds.find(
    (each) =>
      id.end === id.start + each.length + 1 &&
      each.every((octet, index) => octets[id.start + index] === octet),
  );
  if (known === undefined) return undefined;
  if (known !== contentIds[0] || octets[id.end - 1] !== signedData) return 'cms-message';
  const last = (outer: Element | undefined, depth: number) =>
    outer && inside(octets, outer, depth)?.at(-1);
  const content = last(elementAt(octets, 0, limit, depthMost), depthMost - 1);
  const signers = last(last(content, depthMost - 2), depthMost - 3);
  return signers?.tag === setOf && signers.end > signers.start ? 'cms-signature' : 'pkcs7';
}

/** Where the content of the first element begins, however long it says that it is. */
const startOf = ([, first = 0]: Uint8Array): number => (first > 0x80 ? 2 + (first & 0x7f) : 2);

/** By its outer shape; undefined where it is none of these. */
export function kindOfDer(octets: Uint8Array): DerKind | undefined {
  if (looksLikeCertificate(octets)) return 'certificate';
  if (looksLikeSpki(octets)) return 'public-key';
  const cms = kindOfCms(octets);
  if (cms !== undefined) return cms;
  const parts = whole(octets);
  const [first, second] = parts ?? [];
  if (first?.tag === integer && first.end === first.start + 1) {
    if (octets[first.start] === 3 && second?.tag === sequence) return 'pkcs12';
    if (second !== undefined) return 'private-key';
  }
  if (first === undefined) return undefined;
  const fields = inside(octets, first) ?? [];
  if (tagsAre(parts, sequence, octetString) && fields[0]?.tag === objectId) return 'encrypted-key';
  const [version, name, spki, ...rest] = fields;
  const isRequest =
    tagsAre(parts, sequence, sequence, bitString) &&
    version?.tag === integer &&
    tagsAre(
      [name, spki].filter((each) => each !== undefined),
      sequence,
      sequence,
    ) &&
    rest.every(({ tag }) => tag === explicitContent);
  return isRequest ? 'certificate-request' : undefined;
}

/** The first element of several, whole; undefined where there is none. */
export function firstElement(octets: Uint8Array): Uint8Array | undefined {
  const element = elementAt(octets, 0, octets.length);
  return element && octets.subarray(0, element.end);
}
