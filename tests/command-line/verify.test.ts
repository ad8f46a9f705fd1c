/** Node's own OpenSSL, which the command line asks, and WebCrypto, which a page asks, say the same. */
import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { nodeVerifier } from '../../src/command-line/verify.ts';
import { signatureVerifier } from '../../src/world/live/verify.ts';

const data = new TextEncoder().encode('what was signed');
const octets = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));

interface Pair {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

/** One for all: to make it takes longer than to use it a hundred times. */
const rsaKey = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsa = (hash: string): Pair => {
  const { n, e } = rsaKey.publicKey.export({ format: 'jwk' });
  const exponent = octets(e);
  return {
    // RFC 3110 §2: the length of the exponent, the exponent, the modulus.
    publicKey: Uint8Array.of(exponent.length, ...exponent, ...octets(n)),
    signature: new Uint8Array(sign(hash, data, rsaKey.privateKey)),
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

describe('a key of RSA', () => {
  const jwk = rsaKey.privateKey.export({ format: 'jwk' });
  const number = (text = '') => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);
  const inOctets = (value: bigint): Uint8Array => {
    const hex = value.toString(16);
    return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
  };
  const text = (value: bigint): string => Buffer.from(inOctets(value)).toString('base64url');
  const [p, q] = [number(jwk.p), number(jwk.q)];
  const inverse = (value: bigint, modulus: bigint): bigint => {
    let [before, after, left, right] = [0n, 1n, modulus, value % modulus];
    for (; right !== 0n; [left, right] = [right, left % right])
      [before, after] = [after, before - (left / right) * after];
    return ((before % modulus) + modulus) % modulus;
  };
  const gcd = (one: bigint, other: bigint): bigint =>
    other === 0n ? one : gcd(other, one % other);
  const order = (p - 1n) * (q - 1n);

  /** The same modulus under another exponent: our own signer, for no tool makes all of these. */
  const withExponent = (bits: number): Pair => {
    let e = 2n ** BigInt(bits - 1) + 1n;
    while (gcd(e, order) !== 1n) e += 2n;
    const d = inverse(e, order);
    const parts = { e: text(e), d: text(d), dp: text(d % (p - 1n)), dq: text(d % (q - 1n)) };
    const key = createPrivateKey({ key: { ...jwk, ...parts }, format: 'jwk' });
    const [exponent, modulus] = [inOctets(e), octets(jwk.n)];
    return {
      publicKey: Uint8Array.of(exponent.length, ...exponent, ...modulus),
      signature: new Uint8Array(sign('sha256', data, key)),
    };
  };
  const both = async (publicKey: Uint8Array, signature: Uint8Array) => {
    const question = { ask: 'verify', algorithm: 8, publicKey, signature, data } as const;
    const node = await nodeVerifier()(question);
    expect(await signatureVerifier()(question)).toBe(node);
    return node;
  };

  test.each([
    [2, 'valid'],
    [17, 'valid'],
    [32, 'valid'],
    [33, 'valid'],
    [34, 'valid'],
    [35, 'valid'],
    [40, 'valid'],
    [41, 'unsupported'],
    [64, 'unsupported'],
    [65, 'unsupported'],
    [128, 'unsupported'],
  ] as const)('with an exponent of %i bits is %s', async (bits, expected) => {
    const { publicKey, signature } = withExponent(bits);
    expect(await both(publicKey, signature)).toBe(expected);
    const wrong = expected === 'valid' ? 'invalid' : expected;
    expect(await both(publicKey, flipped(signature, 9))).toBe(wrong);
  });

  const modulusOf = (length: number): Uint8Array => {
    const modulus = noise('modulus', length);
    if (length > 0) [modulus[0], modulus[length - 1]] = [0xff, modulus[length - 1]! | 1];
    return modulus;
  };
  test.each([
    ['with a modulus of 504 bits', [1, 3, ...modulusOf(63)], 'unsupported'],
    ['with a modulus of 512 bits and no signature of it', [1, 3, ...modulusOf(64)], 'invalid'],
    ['with a modulus of 4096 bits and no signature of it', [1, 3, ...modulusOf(512)], 'invalid'],
    ['with a modulus of 4104 bits', [1, 3, ...modulusOf(513)], 'unsupported'],
    ['with a modulus of 8192 bits', [1, 3, ...modulusOf(1024)], 'unsupported'],
    ['with a length in three octets', [0, 0, 1, 3, ...modulusOf(128)], 'invalid'],
    ['with an exponent of 1, by which anybody signs', [1, 1, ...modulusOf(128)], 'invalid'],
    ['with an exponent of 0', [1, 0, ...modulusOf(128)], 'invalid'],
    ['with an even exponent', [1, 4, ...modulusOf(128)], 'invalid'],
    ['with an even modulus', [1, 3, ...modulusOf(128), 2], 'invalid'],
    ['without a modulus', [1, 3], 'invalid'],
    ['that ends within its exponent', [5, 1, 0], 'invalid'],
    ['of zeros', [1, 0, 0, 0, 0], 'invalid'],
    ['that is empty', [], 'invalid'],
  ] as const)('%s is not valid', async (_, publicKey, expected) => {
    expect(await both(Uint8Array.from(publicKey), noise('signature', 128))).toBe(expected);
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
