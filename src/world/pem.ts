/**
 * Reads what administrators paste: PEM, the output of `openssl s_client -showcerts`, or a file of
 * DER. A private key pasted by mistake is refused by its name, and nothing of it is kept: not in
 * the result, not in an error.
 */
import type { ParseProblem } from '../core/parsed.ts';
import { isPrivateKeyDer } from './private-key.ts';

export type PemCode =
  | 'empty'
  | 'too-large'
  | 'private-key'
  | 'no-certificate'
  | 'broken-base64'
  | 'unfinished'
  | 'other-block';

export interface PemBlocks {
  /** DER of the certificates, in the order of the text. */
  readonly certificates: readonly Uint8Array[];
  /** DER of public keys (`BEGIN PUBLIC KEY`): SubjectPublicKeyInfo. */
  readonly publicKeys: readonly Uint8Array[];
  /** True where the text is what `openssl s_client` prints. */
  readonly isDialogue: boolean;
}

export type PemResult =
  | {
      readonly ok: true;
      readonly value: PemBlocks;
      readonly warnings: readonly ParseProblem<PemCode>[];
    }
  | { readonly ok: false; readonly problems: readonly ParseProblem<PemCode>[] };

/** Of one text: a chain with every root that browsers know has 300,000. */
export const pemCharactersMost = 1_000_000;

const begin = /-----BEGIN ([A-Z0-9 ]{1,64})-----/g;
// Any label that speaks of a private key, also of kinds not yet named.
const isPrivate = (label: string): boolean => label.includes('PRIVATE KEY');
const certificateLabels: readonly string[] = [
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
];

/**
 * Reads PEM blocks out of any text around them.
 * Errors: `empty`; `private-key` (its label in `found`, never its content); `unfinished` (no END);
 * `broken-base64`; `no-certificate` (no block that we use).
 */
export function readPem(text: string): PemResult {
  const fail = (code: PemCode, start: number, end: number, found?: string): PemResult => ({
    ok: false,
    problems: [{ code, at: { start, end }, ...(found !== undefined && { found }) }],
  });
  if (text.trim() === '') return fail('empty', 0, text.length);
  if (text.length > pemCharactersMost) return fail('too-large', 0, text.length);
  const starts = [...text.matchAll(begin)];
  // First of all: is there a key anywhere? Nothing else is read before that is known.
  const secret = starts.find(([, label = '']) => isPrivate(label));
  if (secret !== undefined)
    return fail('private-key', secret.index, secret.index + secret[0].length, secret[1]);
  if (/PRIVATE KEY/.test(text)) return fail('private-key', 0, 0, 'PRIVATE KEY');

  const certificates: Uint8Array[] = [];
  const publicKeys: Uint8Array[] = [];
  const warnings: ParseProblem<PemCode>[] = [];
  const end = endings(text);
  for (const [opening, label = '', ...rest] of starts.map(
    (match) => [match[0], match[1], match.index] as const,
  )) {
    const start = rest[0] ?? 0;
    const bodyStart = start + opening.length;
    const bodyEnd = end(label, bodyStart);
    if (bodyEnd === undefined) return fail('unfinished', start, bodyStart, label);
    const kept = certificateLabels.includes(label)
      ? certificates
      : label === 'PUBLIC KEY'
        ? publicKeys
        : undefined;
    if (kept === undefined) {
      warnings.push({ code: 'other-block', at: { start, end: bodyStart }, found: label });
      continue;
    }
    const octets = decodeBase64(text.slice(bodyStart, bodyEnd));
    if (octets === undefined) return fail('broken-base64', bodyStart, bodyEnd, label);
    kept.push(octets);
  }
  if (certificates.length + publicKeys.length === 0) return fail('no-certificate', 0, text.length);
  const isDialogue = /^CONNECTED\(|^Certificate chain/m.test(text);
  return { ok: true, value: { certificates, publicKeys, isDialogue }, warnings };
}

/** Where the block of a label ends; asked from left to right, so that the text is looked through once. */
function endings(text: string): (label: string, from: number) => number | undefined {
  const places = new Map<string, number[]>();
  for (const { 1: label = '', index } of text.matchAll(/-----END ([A-Z0-9 ]{1,64})-----/g)) {
    const known = places.get(label);
    if (known) known.push(index);
    else places.set(label, [index]);
  }
  const passed = new Map<string, number>();
  return (label, from) => {
    const ends = places.get(label) ?? [];
    let next = passed.get(label) ?? 0;
    while (next < ends.length && (ends[next] ?? 0) < from) next += 1;
    passed.set(label, next);
    return ends[next];
  };
}

/** A file: PEM where it reads as text with a PEM block, else one certificate or key in DER. */
export function readCertificateFile(octets: Uint8Array): PemResult {
  const text = new TextDecoder('utf-8', { fatal: false }).decode(octets);
  if (text.includes('-----BEGIN')) return readPem(text);
  if (octets[0] !== 0x30) return readPem(text);
  if (isPrivateKeyDer(octets))
    return {
      ok: false,
      problems: [{ code: 'private-key', at: { start: 0, end: 0 }, found: 'PRIVATE KEY' }],
    };
  const value = { certificates: [octets], publicKeys: [], isDialogue: false };
  return { ok: true, value, warnings: [] };
}

function decodeBase64(body: string): Uint8Array | undefined {
  // Header lines (RFC 1421) end at an empty line.
  const colon = body.indexOf(':');
  const emptyLine = /\r?\n\r?\n/g;
  emptyLine.lastIndex = Math.max(colon, 0);
  const start = colon >= 0 && emptyLine.test(body) ? emptyLine.lastIndex : 0;
  const base64 = body.slice(start).replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** DER of a certificate as a PEM block, so that a dropped file can stand in a field as text. */
export function formatPem(label: 'CERTIFICATE' | 'PUBLIC KEY', der: Uint8Array): string {
  let characters = '';
  for (const octet of der) characters += String.fromCharCode(octet);
  const lines = btoa(characters).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
