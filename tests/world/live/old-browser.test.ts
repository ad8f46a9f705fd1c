/** What the check does in a browser that lacks parts of what it uses. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { digest, signatureVerifier } from '../../../src/world/live/verify.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const data = new TextEncoder().encode('what was signed');
const { x = '' } = publicKey.export({ format: 'jwk' });
const question = {
  ask: 'verify',
  algorithm: 15,
  publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
  signature: new Uint8Array(sign(null, data, privateKey)),
  data,
} as const;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('without Ed25519 in the browser the same signature is as valid, and a wrong one as invalid', async () => {
  const imported = vi
    .spyOn(crypto.subtle, 'importKey')
    .mockRejectedValue(new DOMException('no such algorithm', 'NotSupportedError'));
  const verify = signatureVerifier();
  expect(await verify(question)).toBe('valid');
  expect(await verify({ ...question, data: data.toReversed() })).toBe('invalid');
  expect(imported).toHaveBeenCalledOnce();
});

test('an algorithm that neither the browser nor we have is said to be unsupported, not invalid', async () => {
  const missing = new DOMException('no such algorithm', 'NotSupportedError');
  vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(missing);
  const key = new Uint8Array(64);
  expect(await signatureVerifier()({ ...question, algorithm: 13, publicKey: key })).toBe(
    'unsupported',
  );
});

describe('a key that the browser refuses', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { n = '' } = rsa.publicKey.export({ format: 'jwk' });
  const modulus = new Uint8Array(Buffer.from(n, 'base64url'));
  const rsaQuestion = { ...question, algorithm: 8, publicKey: Uint8Array.of(1, 3, ...modulus) };
  const refusing = (error: Error) => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(error);
    return { verify: signatureVerifier(), importKey };
  };
  const point = { ...question, algorithm: 13, publicKey: new Uint8Array(64) };

  // What Chromium says to an exponent of more than 33 bits, Firefox to what it does not like, and so on.
  test.each(['OperationError', 'DataError', 'NotSupportedError', 'UnknownError'])(
    'with %s: a whole key of RSA is one that it cannot use, and no wrong signature',
    async (name) => {
      expect(await refusing(new DOMException('', name)).verify(rsaQuestion)).toBe('unsupported');
    },
  );

  test.each([
    ['DataError', 'invalid'],
    ['OperationError', 'unsupported'],
    ['NotSupportedError', 'unsupported'],
  ])('with %s: a point that may not be on its curve is %s', async (name, expected) => {
    expect(await refusing(new DOMException('', name)).verify(point)).toBe(expected);
  });

  test('because code did not load, or a hash is switched off: it cannot be checked here', async () => {
    expect(await refusing(new TypeError('failed to fetch')).verify(point)).toBe('unsupported');
    vi.restoreAllMocks();
    vi.spyOn(crypto.subtle, 'verify').mockRejectedValue(new DOMException('', 'OperationError'));
    expect(await signatureVerifier()(rsaQuestion)).toBe('unsupported');
  });

  test('a signature or a key of the wrong length is wrong, and no browser is asked', async () => {
    const { verify, importKey } = refusing(new DOMException('', 'NotSupportedError'));
    for (const wrong of [
      { signature: new Uint8Array(63) },
      { signature: new Uint8Array(65) },
      { publicKey: new Uint8Array(63) },
    ])
      expect(await verify({ ...point, ...wrong })).toBe('invalid');
    expect(importKey).not.toHaveBeenCalled();
  });
});

test('digests need no 64-bit integers of the browser', () => {
  for (const name of ['BigInt64Array', 'BigUint64Array']) vi.stubGlobal(name, undefined);
  for (const name of ['getBigUint64', 'setBigUint64', 'getBigInt64', 'setBigInt64'] as const)
    vi.spyOn(DataView.prototype, name).mockImplementation(() => {
      throw new TypeError(`${name} is not a function`);
    });
  const abc = new TextEncoder().encode('abc');
  const hex = (algorithm: 'sha-1' | 'sha-256' | 'sha-384') =>
    Buffer.from(digest({ ask: 'digest', algorithm, data: abc })).toString('hex');
  // FIPS 180-4, the example of one block.
  expect(hex('sha-1')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  expect(hex('sha-256')).toMatch(/^ba7816bf8f01cfea/);
  expect(hex('sha-384')).toMatch(/^cb00753f45a35e8b/);
});
