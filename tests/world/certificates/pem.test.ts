import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCertificateFile, readPem } from '../../../src/world/certificates/pem.ts';

const body = 'MIIBpzCCAU6gAwIBAgICA+swCgYIKoZIzj0EAwIw';
const block = (label: string, content = body) =>
  `-----BEGIN ${label}-----\n${content}\n-----END ${label}-----\n`;

describe('pasted text with certificates', () => {
  it('is read in order, with anything around the blocks', () => {
    const text = `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = a\n${block('CERTIFICATE')}\n 1 s:CN = b\n${block('CERTIFICATE')}---\n`;
    const result = readPem(text);
    expect(result).toMatchObject({ ok: true, value: { isDialogue: true } });
    expect(result.ok && result.value.certificates).toHaveLength(2);
  });

  const secret = 'c2VjcmV0c2VjcmV0c2VjcmV0';
  for (const label of [
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
  ])
    it(`passes over ${label}, keeps nothing of it, and reads the certificate beside it`, () => {
      const alone = readPem(block(label, secret));
      const code = label === 'ENCRYPTED PRIVATE KEY' ? 'encrypted-key' : 'private-key';
      expect(alone).toMatchObject({ ok: false, problems: [{ code }] });
      const beside = readPem(block(label, secret) + block('CERTIFICATE'));
      expect(beside).toMatchObject({ ok: true, warnings: [{ code: 'key-beside' }] });
      expect(beside.ok && beside.value.certificates).toHaveLength(1);
      for (const result of [alone, beside])
        expect(JSON.stringify(result)).not.toContain(secret.slice(0, 6));
    });

  it('refuses a private key whose frame is damaged', () => {
    const result = readPem(`--BEGIN PRIVATE KEY--\n${secret}\n`);
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'private-key' }] });
  });

  it('refuses a private key in DER', () => {
    const pkcs8 = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05);
    expect(readCertificateFile(pkcs8)).toMatchObject({
      ok: false,
      problems: [{ code: 'private-key' }],
    });
  });

  for (const [why, text, code] of [
    ['nothing', '  \n', 'empty'],
    ['prose', 'hello', 'no-certificate'],
    ['a block without its end', '-----BEGIN CERTIFICATE-----\nMII', 'unfinished'],
    ['a block that is no base64', block('CERTIFICATE', 'M*I'), 'broken-base64'],
    ['only another block', block('X509 CRL'), 'no-certificate'],
    ['only a request', block('CERTIFICATE REQUEST'), 'certificate-request'],
  ] as const)
    it(`tells ${why} by name`, () => {
      expect(readPem(text)).toMatchObject({ ok: false, problems: [{ code }] });
    });

  it('takes no longer than a text is long', () => {
    for (const piece of [':', ':\n', '-----BEGIN X-----\n', '-', 'A', block('CERTIFICATE'), '\n']) {
      const started = performance.now();
      readPem(piece.repeat(100_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });

  it('never throws, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        expect(typeof readCertificateFile(octets).ok).toBe('boolean');
      }),
      { seed: 7672, numRuns: 1000 },
    );
  });
});
