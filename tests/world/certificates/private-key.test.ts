/** Every way in which a private key gets into a text or a file, made by Node's own cryptography. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readCertificateFile, readPem, formatPem } from '../../../src/world/certificates/pem.ts';
import {
  isPrivateKeyDer,
  withoutPrivateKeys,
} from '../../../src/world/certificates/private-key.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ed25519 = generateKeyPairSync('ed25519');
const pem = (key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1'): string =>
  key.export({ format: 'pem', type }).toString();
const encrypted = ec.privateKey
  .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString();
const publicPem = ec.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const bare = (text: string): string => text.replace(/-----[^-]+-----/g, '').trim();
const body = (text: string): string => bare(text).split('\n')[1] ?? bare(text);

const keys: readonly (readonly [string, string])[] = [
  ['PKCS #8', pem(ec.privateKey, 'pkcs8')],
  ['SEC 1', pem(ec.privateKey, 'sec1')],
  ['PKCS #1', pem(rsa.privateKey, 'pkcs1')],
  ['Ed25519', pem(ed25519.privateKey, 'pkcs8')],
  ['an encrypted one', encrypted],
  [
    'one for OpenSSH',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n',
  ],
];

describe('a private key in a text', () => {
  for (const [kind, key] of keys) {
    it(`is taken out: ${kind}`, () => {
      expect(withoutPrivateKeys(key)).toMatchObject({ hadKey: true });
      expect(withoutPrivateKeys(key).text.trim()).toBe('');
    });
    it(`is taken out and leaves what stands around it: ${kind}`, () => {
      const { text, hadKey } = withoutPrivateKeys(`before\n${publicPem}${key}${publicPem}after`);
      expect(hadKey).toBe(true);
      expect(text.replace(/\s+/g, ' ')).toBe(
        `before\n${publicPem}${publicPem}after`.replace(/\s+/g, ' '),
      );
      expect(text).not.toContain(body(key));
    });
    it(`is taken out where its end is missing: ${kind}`, () => {
      const cut = key.slice(0, key.lastIndexOf('-----END'));
      const { text, hadKey } = withoutPrivateKeys(`${cut}\n${publicPem}`);
      expect(hadKey).toBe(true);
      expect(text.trim()).toBe(publicPem.trim());
    });
    it(`is taken out where its beginning is missing: ${kind}`, () => {
      const cut = key.slice(key.indexOf('\n') + 1);
      const { text, hadKey } = withoutPrivateKeys(`${publicPem}${cut}`);
      expect(hadKey).toBe(true);
      expect(text).not.toContain(body(key));
      expect(text).toContain(body(publicPem));
    });
  }

  for (const [kind, key] of [
    ['PKCS #8', pem(rsa.privateKey, 'pkcs8')],
    ['an encrypted one', encrypted],
    ['SEC 1', pem(ec.privateKey, 'sec1')],
  ] as const)
    it(`is known without its frame: ${kind}`, () => {
      expect(withoutPrivateKeys(bare(key))).toEqual({ text: '', hadKey: true });
    });

  it('is known as openssl prints it, as PuTTY and as a JSON Web Key', () => {
    for (const text of [
      'Private-Key: (256 bit)\npriv:\n    00:11:22',
      'PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA',
      JSON.stringify(ec.privateKey.export({ format: 'jwk' })),
      '—–BEGIN PRIVATE KEY–—\nAAAA',
      '-----BEGIN PRIVATE KEY',
      '-----BEGIN PKCS12-----\nAAAA\n-----END PKCS12-----',
    ])
      expect(withoutPrivateKeys(text).hadKey, text).toBe(true);
  });

  it('is not seen where there is none', () => {
    for (const text of [
      '',
      publicPem,
      'CONNECTED(00000003)\ndepth=0 CN = x',
      bare(publicPem),
      '{"kty":"EC","x":"1"}',
    ])
      expect(withoutPrivateKeys(text)).toEqual({ text, hadKey: false });
  });

  it('leaves nothing that the reader of PEM would still refuse', () => {
    for (const [, key] of keys) {
      const read = readPem(withoutPrivateKeys(`${publicPem}${key}`).text);
      expect(read.ok && read.value.publicKeys.length).toBe(1);
    }
  });

  it('is looked for in time that grows with the text, not with its square', () => {
    const long = `${'-----BEGIN x'.repeat(20_000)} private ${'A'.repeat(200_000)}`;
    const start = performance.now();
    withoutPrivateKeys(long);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a private key in a file', () => {
  it('is known in DER, of every kind', () => {
    for (const [key, type] of [
      [ec.privateKey, 'pkcs8'],
      [ec.privateKey, 'sec1'],
      [rsa.privateKey, 'pkcs1'],
      [ed25519.privateKey, 'pkcs8'],
    ] as const)
      expect(isPrivateKeyDer(new Uint8Array(key.export({ format: 'der', type })))).toBe(true);
    const locked = rsa.privateKey.export({
      format: 'der',
      type: 'pkcs8',
      cipher: 'aes-128-cbc',
      passphrase: 'x',
    });
    expect(isPrivateKeyDer(new Uint8Array(locked))).toBe(true);
    expect(readCertificateFile(new Uint8Array(locked))).toMatchObject({
      problems: [{ code: 'encrypted-key' }],
    });
  });

  it('is no public key', () => {
    for (const { publicKey } of [ec, rsa, ed25519])
      expect(
        isPrivateKeyDer(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }))),
      ).toBe(false);
  });
});

it('a certificate of a file becomes text that is read back', () => {
  const der = new Uint8Array(ec.publicKey.export({ format: 'der', type: 'spki' }));
  const read = readPem(formatPem('PUBLIC KEY', der));
  expect(read.ok && read.value.publicKeys).toEqual([der]);
});
