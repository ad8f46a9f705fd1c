/**
 * Signatures and digests by WebCrypto, so that a browser's own audited code decides.
 *
 * Two exceptions: Ed448, which browsers lack, comes from @noble/curves and is loaded only when a
 * zone uses it (Ed25519 likewise where a browser lacks that); digests come from @noble/hashes, since
 * NSEC3 hashes one name up to 151 times and a promise for each would cost ten times the work.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import type { DigestAsk, VerifyAnswer, VerifyAsk } from '../../core/ask.ts';
import { concatOctets, formatBase64Url } from '../../core/dns/octets.ts';

/** WebCrypto's types refuse shared memory; nothing here is shared. */
const own = (octets: Uint8Array): Uint8Array<ArrayBuffer> => octets as Uint8Array<ArrayBuffer>;

/** A key, ready to check signatures with. */
export type Check = (signature: Uint8Array, data: Uint8Array) => Promise<boolean> | boolean;
/** `invalid`: no key of this algorithm; `unsupported`: a key or an algorithm that cannot be used here. */
export type Imported = Check | 'invalid' | 'unsupported';
export type Verifier = (question: VerifyAsk) => Promise<VerifyAnswer>;

export const rsaHashes: Readonly<Record<number, string>> = {
  5: 'SHA-1',
  7: 'SHA-1',
  8: 'SHA-256',
  10: 'SHA-512',
};

export const curves: Readonly<Record<number, { name: string; hash: string }>> = {
  13: { name: 'P-256', hash: 'SHA-256' },
  14: { name: 'P-384', hash: 'SHA-384' },
};

/** Octets of a key and of a signature, where the algorithm leaves no choice (RFC 6605 §4, RFC 8080 §3, §4). */
const sizes: Readonly<Record<number, { key: number; signature: number }>> = {
  13: { key: 64, signature: 64 },
  14: { key: 96, signature: 96 },
  15: { key: 32, signature: 64 },
  16: { key: 57, signature: 114 },
};

/** Larger keys and exponents make one check cost as much as hundreds (CVE-2023-50387 and its kin). */
const maxModulusOctets = 512;
const maxExponentOctets = 5;

/**
 * Exponent and modulus (RFC 3110 §2), leading zeros gone. `invalid`: no public key of RSA, whose
 * numbers are odd and whose exponent is at least 3 (RFC 8017 §3.1); `unsupported`: out of our bounds.
 */
export const readRsaKey = (
  key: Uint8Array,
): { exponent: Uint8Array; modulus: Uint8Array } | 'invalid' | 'unsupported' => {
  const isLong = key[0] === 0;
  const start = isLong ? 3 : 1;
  const length = isLong ? ((key[1] ?? 0) << 8) | (key[2] ?? 0) : (key[0] ?? 0);
  const trim = (octets: Uint8Array) => {
    const first = octets.findIndex((octet) => octet !== 0);
    return first < 0 ? octets.subarray(octets.length) : octets.subarray(first);
  };
  const exponent = trim(key.subarray(start, start + length));
  const modulus = trim(key.subarray(start + length));
  const isOdd = (octets: Uint8Array) => ((octets.at(-1) ?? 0) & 1) === 1;
  const isOne = exponent.length === 1 && exponent[0] === 1;
  if (!isOdd(exponent) || !isOdd(modulus) || isOne) return 'invalid';
  if (exponent.length > maxExponentOctets || modulus.length > maxModulusOctets)
    return 'unsupported';
  // A page does not judge strength, the zone's owner does; but below 512 bits libraries differ.
  return modulus.length < 64 ? 'unsupported' : { exponent, modulus };
};

const importRsa = async (hash: string, publicKey: Uint8Array): Promise<Imported> => {
  const parts = readRsaKey(publicKey);
  if (typeof parts === 'string') return parts;
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash };
  const jwk = { kty: 'RSA', n: formatBase64Url(parts.modulus), e: formatBase64Url(parts.exponent) };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  return (signature, data) => crypto.subtle.verify(algorithm, key, own(signature), own(data));
};

const importEcdsa = async (
  curve: { name: string; hash: string },
  publicKey: Uint8Array,
): Promise<Check> => {
  const point = own(concatOctets([Uint8Array.of(4), publicKey]));
  const algorithm = { name: 'ECDSA', namedCurve: curve.name };
  const key = await crypto.subtle.importKey('raw', point, algorithm, false, ['verify']);
  const scheme = { name: 'ECDSA', hash: curve.hash };
  return (signature, data) => crypto.subtle.verify(scheme, key, own(signature), own(data));
};

const importEd25519 = async (publicKey: Uint8Array): Promise<Check> => {
  try {
    const key = await crypto.subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']);
    return (signature, data) => crypto.subtle.verify('Ed25519', key, own(signature), own(data));
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotSupportedError') throw error;
    const { ed25519 } = await import('@noble/curves/ed25519.js');
    return (signature, data) => ed25519.verify(signature, data, publicKey);
  }
};

const importEd448 = async (publicKey: Uint8Array): Promise<Check> => {
  const { ed448 } = await import('@noble/curves/ed448.js');
  return (signature, data) => ed448.verify(signature, data, publicKey);
};

const importKey = async (algorithm: number, publicKey: Uint8Array): Promise<Imported> => {
  const rsa = rsaHashes[algorithm];
  const curve = curves[algorithm];
  try {
    if (rsa !== undefined) return await importRsa(rsa, publicKey);
    if (curve !== undefined) return await importEcdsa(curve, publicKey);
    if (algorithm === 15) return await importEd25519(publicKey);
    if (algorithm === 16) return await importEd448(publicKey);
    return 'unsupported';
  } catch (error) {
    // A point that is not on its curve is a DataError, and the key's fault. All else is this browser's:
    // no such algorithm, code that did not load, an exponent of more than 33 bits in Chromium.
    const isKeyAtFault =
      rsa === undefined && error instanceof DOMException && error.name === 'DataError';
    return isKeyAtFault ? 'invalid' : 'unsupported';
  }
};

/** Answers `verify`. A key that comes again as the same octets, as in one visit, is imported once. */
export const verifierWith = (
  importKey: (algorithm: number, publicKey: Uint8Array) => Promise<Imported> | Imported,
): Verifier => {
  const kept = new WeakMap<Uint8Array, Map<number, ReturnType<typeof importKey>>>();
  return async ({ algorithm, publicKey, signature, data }) => {
    const size = sizes[algorithm];
    if (size && (publicKey.length !== size.key || signature.length !== size.signature))
      return 'invalid';
    const forKey = kept.get(publicKey) ?? new Map<number, ReturnType<typeof importKey>>();
    kept.set(publicKey, forKey);
    const imported = forKey.get(algorithm) ?? importKey(algorithm, publicKey);
    forKey.set(algorithm, imported);
    const check = await imported;
    if (typeof check === 'string') return check;
    try {
      return (await check(signature, data)) ? 'valid' : 'invalid';
    } catch {
      // A wrong signature is false and no exception; a hash may be switched off on this machine.
      return 'unsupported';
    }
  };
};

/** Answers `verify` by WebCrypto. */
export const signatureVerifier = (): Verifier => verifierWith(importKey);

const hashes = { 'sha-1': sha1, 'sha-256': sha256, 'sha-384': sha384 };

/** Answers `digest`, at once. */
export const digest = ({ algorithm, data, salt, iterations }: DigestAsk): Uint8Array => {
  const hash = hashes[algorithm];
  const tail = salt ?? new Uint8Array();
  let octets: Uint8Array = hash(concatOctets([data, tail]));
  for (let round = 0; round < (iterations ?? 0); round++)
    octets = hash(concatOctets([octets, tail]));
  return octets;
};
