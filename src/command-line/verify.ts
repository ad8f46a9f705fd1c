/**
 * Signatures by Node's own OpenSSL, at once. WebCrypto, which a page has to use, hands each signature to
 * another thread and back: for one signature of ECDSA that is more work than checking it.
 */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import {
  curves,
  readRsaKey,
  rsaHashes,
  verifierWith,
  type Imported,
  type Verifier,
} from '../world/live/verify.ts';

const base64Url = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64url');

const edwardsCurves: Readonly<Record<number, string>> = { 15: 'Ed25519', 16: 'Ed448' };

const keyFrom = (jwk: Readonly<Record<string, string>>): KeyObject =>
  createPublicKey({ key: jwk, format: 'jwk' });

function importKey(algorithm: number, publicKey: Uint8Array): Imported {
  const rsaHash = rsaHashes[algorithm];
  const curve = curves[algorithm];
  const edwards = edwardsCurves[algorithm];
  try {
    if (rsaHash !== undefined) {
      const parts = readRsaKey(publicKey);
      if (typeof parts === 'string') return parts;
      const { modulus, exponent } = parts;
      const key = keyFrom({ kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) });
      return (signature, data) => verify(rsaHash, data, key, signature);
    }
    if (curve !== undefined) {
      const half = publicKey.length / 2;
      const [x, y] = [publicKey.subarray(0, half), publicKey.subarray(half)].map(base64Url) as [
        string,
        string,
      ];
      const key = keyFrom({ kty: 'EC', crv: curve.name, x, y });
      return (signature, data) =>
        verify(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    }
    if (edwards !== undefined) {
      const key = keyFrom({ kty: 'OKP', crv: edwards, x: base64Url(publicKey) });
      return (signature, data) => verify(null, data, key, signature);
    }
    return 'unsupported';
  } catch (error) {
    // A point that is not on its curve is the key's fault; what this OpenSSL was built without is not.
    const isKeyAtFault = (error as { code?: unknown }).code === 'ERR_CRYPTO_INVALID_JWK';
    return isKeyAtFault ? 'invalid' : 'unsupported';
  }
}

/** Answers `verify`. */
export const nodeVerifier = (): Verifier => verifierWith(importKey);
