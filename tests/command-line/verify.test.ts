/** Node's own OpenSSL, which the command line asks, and WebCrypto, which a page asks, say the same. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodeVerifier } from '../../src/command-line/verify.ts';
import { signatureVerifier } from '../../src/world/verify.ts';

const data = new TextEncoder().encode('what was signed');
const octets = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

interface Pair {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

const rsa = (hash: string): Pair => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = pair.publicKey.export({ format: 'jwk' });
  const exponent = octets(e);
  return {
    // RFC 3110 §2: the length of the exponent, the exponent, the modulus.
    publicKey: Uint8Array.of(exponent.length, ...exponent, ...octets(n)),
    signature: new Uint8Array(sign(hash, data, pair.privateKey)),
  };
};
const jwkOctets = (key: KeyObject): Uint8Array => {
  const { x, y } = key.export({ format: 'jwk' });
  return Uint8Array.of(...octets(x), ...octets(y));
};
const ecdsa = (namedCurve: string, hash: string): Pair => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const signature = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return { publicKey: jwkOctets(publicKey), signature: new Uint8Array(signature) };
};
const edwards = ({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) => ({
  publicKey: jwkOctets(publicKey),
  signature: new Uint8Array(sign(null, data, privateKey)),
});

const pairs: readonly (readonly [algorithm: number, pair: Pair])[] = [
  [5, rsa('sha1')],
  [7, rsa('sha1')],
  [8, rsa('sha256')],
  [10, rsa('sha512')],
  [13, ecdsa('P-256', 'sha256')],
  [14, ecdsa('P-384', 'sha384')],
  [15, edwards(generateKeyPairSync('ed25519'))],
  [16, edwards(generateKeyPairSync('ed448'))],
];

const flipped = (from: Uint8Array, at: number): Uint8Array =>
  from.map((octet, index) => (index === at ? octet ^ 1 : octet));

/** The same octets each time, so that a disagreement can be looked into. */
const noise = (seed: string, length: number): Uint8Array =>
  new Uint8Array(createHash('shake256', { outputLength: length }).update(seed).digest());

describe.each(pairs)('algorithm %i', (algorithm, { publicKey, signature }) => {
  const both = async (question: Partial<Pair> & { data?: Uint8Array }) => {
    const whole = { ask: 'verify', algorithm, publicKey, signature, data, ...question } as const;
    const node = await nodeVerifier()(whole);
    expect(await signatureVerifier()(whole)).toBe(node);
    return node;
  };

  test('a signature by the key is valid to both', async () => {
    expect(await both({})).toBe('valid');
  });

  test('whatever else is not', async () => {
    const last = signature.length - 1;
    for (const at of [0, last >> 1, last])
      expect(await both({ signature: flipped(signature, at) })).toBe('invalid');
    expect(await both({ data: flipped(data, 3) })).toBe('invalid');
    expect(await both({ data: new Uint8Array() })).toBe('invalid');
    for (const length of [0, 1, last, signature.length + 1])
      expect(await both({ signature: noise('signature', length) })).toBe('invalid');
    for (const at of [4, publicKey.length - 1])
      expect(await both({ publicKey: flipped(publicKey, at) })).toBe('invalid');
    for (const length of [0, 1, publicKey.length - 1, publicKey.length, publicKey.length + 1])
      expect(await both({ publicKey: noise('key', length) })).toBe('invalid');
  });
});

test('an algorithm that DNSSEC has not, or no more, is unsupported to both', async () => {
  for (const algorithm of [0, 1, 3, 6, 12, 17, 253]) {
    const [, pair] = pairs[0]!;
    const question = { ask: 'verify', algorithm, data, ...pair } as const;
    expect(await nodeVerifier()(question)).toBe('unsupported');
    expect(await signatureVerifier()(question)).toBe('unsupported');
  }
});
