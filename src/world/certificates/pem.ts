/**
 * The one reader of files and texts with certificates, for page and command line: PEM in whatever
 * surroundings, the output of `openssl s_client -showcerts`, or DER. What is something else is named
 * for what it is. A private key is passed over unread, and nothing of it is kept: not in the result, not
 * in an error.
 */
import { keptIn } from '../../core/once-per.ts';
import { octetsToText } from '../../core/grammar/octets.ts';
import { base64Octets } from '../files/base64.ts';
import { encodingOf } from '../files/encoding.ts';
import type { ParseProblem } from '../../core/parsed.ts';
import { firstElement, kindOfDer, type DerKind } from '../../core/pkix/der.ts';
import { isPrivateKeyDer, withoutPrivateKeys } from './private-key.ts';

/** What stands there instead of a certificate. */
export type PemCode =
  | 'empty'
  | 'too-large'
  | 'no-certificate'
  | 'not-a-certificate'
  | 'broken-base64'
  | 'unfinished'
  | 'private-key'
  | 'encrypted-key'
  | 'certificate-request'
  | 'pkcs7'
  | 'cms-signature'
  | 'cms-message'
  | 'pkcs12'
  | 'java-keystore'
  | 'rsa-public-key'
  | 'ssh-key'
  | 'utf-32'
  | 'packed'
  | 'web-page';

/** What was read all the same, and is told. */
export type PemWarning =
  /** A private key beside a certificate, as Postfix and HAProxy want it: left alone. */
  | 'key-beside'
  | 'other-block'
  /** A public key and no certificate. */
  | 'public-key-only'
  | 'trusted-certificate'
  | 'bare-base64'
  | 'utf-16';

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
      readonly warnings: readonly ParseProblem<PemWarning>[];
    }
  | { readonly ok: false; readonly problems: readonly ParseProblem<PemCode>[] };

/** Of one text: a chain with every root that browsers know has 300,000. */
export const pemCharactersMost = 1_000_000;

/** RFC 4253 §6.6 as OpenSSH writes it in a line, and RFC 4716. */
const sshKey =
  /^(?:.{0,500}[ \t])?(?:sk-)?(?:ssh-|ecdsa-sha2-)[a-z0-9@.-]{1,60}[ \t]+AAAA|^---- BEGIN SSH2 /m;

const begin = /-----BEGIN ([A-Z0-9 ]{1,64})-----/g;
/** Labels with what must be in them; `other`: told by name and skipped. */
const labels: Readonly<Record<string, DerKind | 'rsa-public-key'>> = {
  CERTIFICATE: 'certificate',
  'X509 CERTIFICATE': 'certificate',
  'TRUSTED CERTIFICATE': 'certificate',
  'PUBLIC KEY': 'public-key',
  'CERTIFICATE REQUEST': 'certificate-request',
  'NEW CERTIFICATE REQUEST': 'certificate-request',
  PKCS7: 'pkcs7',
  'PKCS #7 SIGNED DATA': 'pkcs7',
  CMS: 'pkcs7',
  'RSA PUBLIC KEY': 'rsa-public-key',
};

const none = new Uint8Array();
const nowhere = { start: 0, end: 0 };

function fail(code: PemCode, start = 0, end = 0, found?: string): PemResult {
  const problem = { code, at: { start, end }, ...(found !== undefined && { found }) };
  return { ok: false, problems: [problem] };
}

/**
 * Reads PEM blocks out of any text around them; without any, a text that is all base64.
 * Errors: see `PemCode`; the label of a block is in `found`, never its content.
 */
export function readPem(given: string): PemResult {
  if (given.trim() === '') return fail('empty', 0, given.length);
  if (given.length > pemCharactersMost) return fail('too-large', 0, given.length);
  // First of all: keys go. Nothing else is read before.
  const { text, hadKey } = withoutPrivateKeys(given);
  const starts = [...text.matchAll(begin)];
  const certificates: Uint8Array[] = [];
  const publicKeys: Uint8Array[] = [];
  const warnings: ParseProblem<PemWarning>[] = [];
  /** Blocks that are no certificate: what they are, where nothing better is found. */
  const others: PemCode[] = [];
  const endOf = endings(text);
  // A beginning inside what was decoded is part of its header, and read once.
  let decodedTo = 0;
  for (const match of starts) {
    const [opening, label = ''] = match;
    const start = match.index;
    if (start < decodedTo) continue;
    const bodyStart = start + opening.length;
    const end = endOf(label, bodyStart);
    if (end === undefined) return fail('unfinished', start, bodyStart, label);
    const kind = Object.hasOwn(labels, label) ? labels[label] : undefined;
    if (kind !== 'certificate' && kind !== 'public-key') {
      warnings.push({ code: 'other-block', at: { start, end: bodyStart }, found: label });
      const is = kind === 'pkcs7' && kindOfDer(decodeBase64(text.slice(bodyStart, end)) ?? none);
      if (kind !== undefined)
        others.push(is === 'cms-signature' || is === 'cms-message' ? is : kind);
      continue;
    }
    const octets = decodeBase64(text.slice(bodyStart, end));
    if (octets === undefined) return fail('broken-base64', bodyStart, end, label);
    decodedTo = end;
    if (label === 'TRUSTED CERTIFICATE') {
      // OpenSSL puts settings of its own behind the certificate (`openssl x509 -trustout`).
      warnings.push({ code: 'trusted-certificate', at: { start, end: bodyStart } });
      certificates.push(firstElement(octets) ?? octets);
      continue;
    }
    const is = kindOfDer(octets);
    if (is === 'encrypted-key' || is === 'pkcs12') return fail(is, start, bodyStart, label);
    if (isPrivateKeyDer(octets)) return fail('private-key', start, bodyStart, label);
    // What is damaged is told by whoever reads it, with its place.
    if (
      kind === 'certificate' &&
      (is === 'pkcs7' ||
        is === 'cms-signature' ||
        is === 'cms-message' ||
        is === 'certificate-request')
    )
      return fail(is, start, bodyStart, label);
    (kind === 'certificate' ? certificates : publicKeys).push(octets);
  }
  if (hadKey) warnings.push({ code: 'key-beside', at: nowhere });
  const isDialogue = /^CONNECTED\(|^Certificate chain/m.test(text);
  if (certificates.length > 0)
    return { ok: true, value: { certificates, publicKeys, isDialogue }, warnings };
  const [other] = others;
  if (hadKey) return fail(keyCodeOf(given));
  if (publicKeys.length > 0) {
    warnings.push({ code: 'public-key-only', at: nowhere });
    return { ok: true, value: { certificates, publicKeys, isDialogue }, warnings };
  }
  if (other !== undefined) return fail(other);
  if (/PRIVATE KEY/.test(text)) return fail('private-key');
  if (starts.length === 0) {
    const bare = decodeBase64(text);
    if (bare !== undefined && kindOfDer(bare) !== undefined) {
      const read = readDer(bare);
      const warning = { code: 'bare-base64', at: { start: 0, end: text.length } } as const;
      return read.ok ? { ...read, warnings: [...read.warnings, warning] } : read;
    }
    if (/^\s*<(?:!doctype|html|head|body)\b/i.test(text)) return fail('web-page', 0, text.length);
    if (sshKey.test(text)) return fail('ssh-key', 0, text.length);
  }
  return fail('no-certificate', 0, text.length);
}

/** Where the block of a label ends; asked from left to right, so that the text is looked through once. */
function endings(text: string): (label: string, from: number) => number | undefined {
  const places = new Map<string, number[]>();
  for (const { 1: label = '', index } of text.matchAll(/-----END ([A-Z0-9 ]{1,64})-----/g))
    keptIn(places, label, () => []).push(index);
  const passed = new Map<string, number>();
  return (label, from) => {
    const ends = places.get(label) ?? [];
    let next = passed.get(label) ?? 0;
    while (next < ends.length && (ends[next] ?? 0) < from) next += 1;
    passed.set(label, next);
    return ends[next];
  };
}

/** Which kind of key filled a text in which nothing else stood. */
function keyCodeOf(text: string): PemCode {
  if (/BEGIN PKCS ?#?12/.test(text)) return 'pkcs12';
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) return 'encrypted-key';
  const bare = decodeBase64(text);
  const kind = bare && kindOfDer(bare);
  return kind === 'pkcs12' || kind === 'encrypted-key' ? kind : 'private-key';
}

/** One certificate in DER, or several one after another, as `cat` puts them together. */
function certificatesOfDer(octets: Uint8Array): readonly Uint8Array[] | undefined {
  const found: Uint8Array[] = [];
  for (let at = 0; at < octets.length;) {
    const der = firstElement(octets.subarray(at));
    if (der === undefined || kindOfDer(der) !== 'certificate') return undefined;
    found.push(der);
    at += der.length;
  }
  return found.length > 0 ? found : undefined;
}

function readDer(octets: Uint8Array): PemResult {
  const blocks = { certificates: [], publicKeys: [], isDialogue: false };
  const certificates = certificatesOfDer(octets);
  if (certificates !== undefined)
    return { ok: true, value: { ...blocks, certificates }, warnings: [] };
  const kind = kindOfDer(octets);
  if (kind === 'public-key')
    return {
      ok: true,
      value: { ...blocks, publicKeys: [octets] },
      warnings: [{ code: 'public-key-only', at: nowhere }],
    };
  if (kind !== undefined && kind !== 'certificate') return fail(kind);
  return fail(isPrivateKeyDer(octets) ? 'private-key' : 'not-a-certificate');
}

/** A file: text with PEM, or certificates or one public key in DER. */
export function readCertificateFile(octets: Uint8Array): PemResult {
  const isZip = octets[0] === 0x50 && octets[1] === 0x4b && (octets[2] ?? 9) < 9;
  const isGzip = octets[0] === 0x1f && octets[1] === 0x8b;
  if (isZip || isGzip) return fail('packed');
  const mark = octets.length < 4 ? 0 : new DataView(octets.buffer, octets.byteOffset).getUint32(0);
  // JKS, and JCEKS beside it.
  if (mark === 0xfeedfeed || mark === 0xcececece) return fail('java-keystore');
  const encoding = encodingOf(octets);
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return fail('utf-32');
  const text = new TextDecoder(encoding).decode(octets);
  // A text may begin with "0", which is how every SEQUENCE begins; PEM is never DER.
  const isBinary = octets[0] === 0x30 && /[\x00-\x08\ufffd]/.test(text);
  const read = isBinary && !text.includes('-----BEGIN') ? readDer(octets) : readPem(text);
  return encoding !== 'utf-8' && read.ok
    ? { ...read, warnings: [...read.warnings, { code: 'utf-16', at: nowhere }] }
    : read;
}

function decodeBase64(body: string): Uint8Array | undefined {
  // Header lines (RFC 1421) end at an empty line. In steps: one expression for it would be quadratic.
  const colon = body.indexOf(':');
  const empty = colon < 0 ? null : /\r?\n\r?\n/.exec(body.slice(colon));
  const start = empty === null ? 0 : colon + empty.index + empty[0].length;
  const base64 = body.slice(start).replace(/\s+/g, '');
  if (base64 === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  return base64Octets(base64);
}

/** DER of a certificate as a PEM block, so that a dropped file can stand in a field as text. */
export function formatPem(label: 'CERTIFICATE' | 'PUBLIC KEY', der: Uint8Array): string {
  const lines = btoa(octetsToText(der)).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
