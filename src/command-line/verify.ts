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
} from '../world/verify.ts';

const base64Url = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64url');

const edwardsCurves: Readonly<Record<number, { name: string; octets: number }>> = {
  15: { name: 'Ed25519', octets: 32 },
  16: { name: 'Ed448', octets: 57 },
};

const keyFrom = (jwk: Readonly<Record<string, string>>): KeyObject =>
  createPublicKey({ key: jwk, format: 'jwk' });

function importKey(algorithm: number, publicKey: Uint8Array): Imported {
  const rsaHash = rsaHashes[algorithm];
  const curve = curves[algorithm];
  const edwards = edwardsCurves[algorithm];
  try {
    if (rsaHash !== undefined) {
      const parts = readRsaKey(publicKey);
      if (parts === undefined) return 'invalid';
      const { modulus, exponent } = parts;
      const key = keyFrom({ kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) });
      return (signature, data) => verify(rsaHash, data, key, signature);
    }
    if (curve !== undefined) {
      if (publicKey.length !== curve.octets) return 'invalid';
      const [x, y] = [0, 1].map((half) =>
        base64Url(publicKey.subarray((half * curve.octets) / 2, ((half + 1) * curve.octets) / 2)),
      ) as [string, string];
      const key = keyFrom({ kty: 'EC', crv: curve.name, x, y });
      return (signature, data) =>
        verify(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    }
    if (edwards !== undefined) {
      if (publicKey.length !== edwards.octets) return 'invalid';
      const key = keyFrom({ kty: 'OKP', crv: edwards.name, x: base64Url(publicKey) });
      return (signature, data) => verify(null, data, key, signature);
    }
    return 'unsupported';
  } catch {
    // OpenSSL knows all of these: it is the key that is wrong, a point that is not on its curve.
    return 'invalid';
  }
}

/** Answers `verify`. */
export const nodeVerifier = (): Verifier => verifierWith(importKey);
