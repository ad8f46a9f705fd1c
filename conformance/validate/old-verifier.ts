/**
 * A verifier for recorded scenarios only: RSA from 512 bits with any hash, by OpenSSL, and DSA in whole-number
 * arithmetic. Scenario files from 2003 on use both; no page and no zone of today may.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { VerifyAnswer, VerifyAsk } from '../../src/core/ask.ts';

const toNumber = (octets: Uint8Array): bigint =>
  octets.length === 0 ? 0n : BigInt(`0x${Buffer.from(octets).toString('hex')}`);

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};

/** A key is the length of the exponent, in one octet or three, the exponent, and the modulus (RFC 3110 §2). */
const verifyRsa = (hash: string, { publicKey, signature, data }: VerifyAsk): boolean => {
  const octets = Buffer.from(publicKey);
  try {
    const [start, length] = octets[0] === 0 ? [3, octets.readUInt16BE(1)] : [1, octets.readUInt8()];
    const jwk = {
      kty: 'RSA',
      e: octets.toString('base64url', start, start + length),
      n: octets.toString('base64url', start + length),
    };
    return verify(hash, data, createPublicKey({ key: jwk, format: 'jwk' }), signature);
  } catch {
    // No key at all.
    return false;
  }
};

/** R and S of a signature: T, R, S (RFC 2536 §3), or the DER sequence that old signers wrote. */
const readDsaSignature = (octets: Uint8Array): [bigint, bigint] | undefined => {
  if (octets.length === 41)
    return [toNumber(octets.subarray(1, 21)), toNumber(octets.subarray(21))];
  const first = octets[3] ?? 0;
  const second = octets[5 + first] ?? 0;
  const isSequence = octets[0] === 0x30 && octets[2] === 2 && octets[4 + first] === 2;
  if (!isSequence || octets.length !== 6 + first + second) return undefined;
  return [toNumber(octets.subarray(4, 4 + first)), toNumber(octets.subarray(6 + first))];
};

/** A key is T, Q (20 octets), then P, G, Y of 64 + 8 T octets each (RFC 2536 §2). */
const verifyDsa = ({ publicKey: key, signature, data }: VerifyAsk): boolean => {
  const size = 64 + 8 * (key[0] ?? 0);
  const pair = readDsaSignature(signature);
  if (key[0]! > 8 || key.length !== 21 + 3 * size || pair === undefined) return false;
  const q = toNumber(key.subarray(1, 21));
  const [p, g, y] = [0, 1, 2].map((at) =>
    toNumber(key.subarray(21 + at * size, 21 + (at + 1) * size)),
  ) as [bigint, bigint, bigint];
  const [r, s] = pair;
  if (r <= 0n || r >= q || s <= 0n || s >= q || p === 0n) return false;
  const digest = toNumber(createHash('sha1').update(data).digest());
  const inverse = power(s, q - 2n, q);
  const value = (power(g, (digest * inverse) % q, p) * power(y, (r * inverse) % q, p)) % p;
  return value % q === r;
};

const rsaHashes: Readonly<Record<number, string>> = {
  1: 'md5',
  5: 'sha1',
  7: 'sha1',
  8: 'sha256',
  10: 'sha512',
};

/** Undefined where the verifier of the site should answer. */
export const verifyOld = (question: VerifyAsk): VerifyAnswer | undefined => {
  const hash = rsaHashes[question.algorithm];
  if (hash !== undefined) return verifyRsa(hash, question) ? 'valid' : 'invalid';
  if (question.algorithm === 3 || question.algorithm === 6)
    return verifyDsa(question) ? 'valid' : 'invalid';
  return undefined;
};
