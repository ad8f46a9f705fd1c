import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPem } from '../../../src/world/certificates/pem.ts';
import { fixedWidth, isSignedWith } from '../../../src/world/certificates/signature.ts';
import { readCertificate, readSignedCertificate } from '../../../src/world/certificates/x509.ts';

const vectors = JSON.parse(readFileSync('content/vectors/tlsa-match.json', 'utf8')) as {
  readonly certs: Readonly<Record<string, string>>;
};
function der(name: string): Uint8Array {
  const read = readPem(vectors.certs[name] ?? '');
  if (!read.ok) throw new Error(name);
  return read.value.certificates[0]!;
}
function signed(name: string) {
  const read = readSignedCertificate(der(name));
  if (!read.ok) throw new Error(name);
  return read.value;
}

describe('a certificate', () => {
  it('is read into what decisions need', () => {
    expect(readCertificate(der('own-leaf'))).toMatchObject({
      ok: true,
      value: {
        dnsNames: ['mx1.example.nl'],
        commonName: 'mx1.example.nl',
        isCa: false,
        mayServeTls: true,
        notBeforeSeconds: Date.UTC(2026, 0, 1) / 1000,
        notAfterSeconds: Date.UTC(2036, 0, 1) / 1000,
      },
    });
    expect(readCertificate(der('own-int-pl0'))).toMatchObject({
      ok: true,
      value: { isCa: true, pathLength: 0 },
    });
    expect(readCertificate(der('own-leaf-clientonly'))).toMatchObject({
      ok: true,
      value: { mayServeTls: false },
    });
  });

  it('is signed by its issuer and by nobody else', async () => {
    const leaf = signed('own-leaf');
    expect(await isSignedWith(leaf, signed('own-int').certificate.spki)).toBe(true);
    expect(await isSignedWith(leaf, signed('own-int-forged').certificate.spki)).toBe(false);
    expect(await isSignedWith(leaf, leaf.certificate.spki)).toBe(false);
    expect(await isSignedWith(leaf, Uint8Array.of(1, 2, 3))).toBe(false);
  });

  it('with one octet changed is never read wrongly: refused, or its signature fails', async () => {
    const good = der('own-leaf');
    const issuer = signed('own-int').certificate.spki;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const bad = Uint8Array.from(good);
          bad[at] = bad[at]! ^ change;
          const read = readSignedCertificate(bad);
          if (read.ok) expect(await isSignedWith(read.value, issuer)).toBe(false);
        },
      ),
      { seed: 5280, numRuns: 300 },
    );
  });

  it('is never made of other octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(readCertificate(octets)).toMatchObject({ ok: false });
      }),
      { seed: 5280, numRuns: 500 },
    );
  });
});

describe('an ECDSA signature', () => {
  it('comes to fixed width, with zeros in front', () => {
    const encoded = Uint8Array.of(0x30, 0x08, 0x02, 0x02, 0x00, 0x81, 0x02, 0x02, 0x01, 0x02);
    expect(fixedWidth(encoded, 4)).toEqual(Uint8Array.of(0, 0, 0, 0x81, 0, 0, 1, 2));
  });
  it('too long for its curve is none', () => {
    const encoded = Uint8Array.of(0x30, 0x08, 0x02, 0x03, 1, 2, 3, 0x02, 0x01, 0x01);
    expect(fixedWidth(encoded, 2)).toBeUndefined();
  });
});
