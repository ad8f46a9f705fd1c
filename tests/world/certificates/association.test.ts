/**
 * Our TLSA records against OpenSSL's arithmetic, on certificates made for this run with RSA, EC and
 * Ed25519 keys. The expected octets come from openssl alone.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposeTlsa } from '../../../src/core/dane/association.ts';
import { formatTlsa, parseTlsa } from '../../../src/core/dane/tlsa.ts';
import { isUsableTlsa } from '../../../src/core/dane/usable.ts';
import { readCertificateFile } from '../../../src/world/certificates/pem.ts';
import { readCertificate } from '../../../src/world/certificates/x509.ts';
import { seeds } from '../../volume.ts';

const digest = (matchingType: 1 | 2, octets: Uint8Array): Uint8Array =>
  new Uint8Array(
    createHash(matchingType === 1 ? 'sha256' : 'sha512')
      .update(octets)
      .digest(),
  );

let folder: string;
const openssl = (...given: string[]): Buffer =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tlsa-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keyKinds = [
  ['ec', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  ['ec384', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ['ed25519', '-algorithm', 'ED25519'],
  ['rsa', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
] as const;
const certificatesPerKind = seeds(15);

describe('TLSA from a certificate equals what openssl computes', () => {
  for (const [kind, ...keyOptions] of keyKinds)
    it(
      `${certificatesPerKind} certificates with ${kind} keys, all usages, selectors and digests`,
      { timeout: 120_000 },
      () => {
        openssl('genpkey', ...keyOptions, '-out', `${kind}.key`);
        const spki = openssl('pkey', '-in', `${kind}.key`, '-pubout', '-outform', 'DER');
        for (let number = 0; number < certificatesPerKind; number += 1) {
          const isIssuer = number % 5 === 0;
          const der = openssl(
            ...['req', '-new', '-x509', '-key', `${kind}.key`, '-outform', 'DER'],
            ...['-subj', `/CN=mx${number}.example.nl`, '-days', String(number + 1)],
            ...['-addext', `subjectAltName=DNS:mx${number}.example.nl,DNS:*.example.net`],
            ...(isIssuer ? [] : ['-addext', 'basicConstraints=critical,CA:FALSE']),
          );
          const read = readCertificate(new Uint8Array(der));
          if (!read.ok) throw new Error(`certificate ${number} not read`);
          const certificate = read.value;
          expect(certificate).toMatchObject({
            dnsNames: [`mx${number}.example.nl`, '*.example.net'],
            commonName: `mx${number}.example.nl`,
            isCa: isIssuer,
          });
          const proposals = proposeTlsa({ kind: 'certificate', certificate }, digest, true);
          expect(proposals).toHaveLength(12);
          for (const { tlsa } of proposals) {
            const octets = tlsa.selector === 0 ? der : spki;
            const expected =
              tlsa.matchingType === 0
                ? octets.toString('hex')
                : createHash(tlsa.matchingType === 1 ? 'sha256' : 'sha512')
                    .update(octets)
                    .digest('hex');
            const line = formatTlsa(tlsa);
            expect(line).toBe(`${tlsa.usage} ${tlsa.selector} ${tlsa.matchingType} ${expected}`);
            expect(parseTlsa(line)).toMatchObject({ ok: true, value: tlsa });
            expect(isUsableTlsa(tlsa)).toBe(true);
          }
        }
      },
    );

  it('openssl itself prints the same digest of the certificate', () => {
    openssl('genpkey', '-algorithm', 'ED25519', '-out', 'one.key');
    openssl(
      ...['req', '-new', '-x509', '-key', 'one.key', '-subj', '/CN=a.example', '-out', 'a.pem'],
      ...['-addext', 'basicConstraints=CA:FALSE'],
    );
    const printed = openssl('x509', '-in', 'a.pem', '-noout', '-fingerprint', '-sha256').toString();
    const fingerprint = (printed.split('=')[1] ?? '').trim().replaceAll(':', '').toLowerCase();
    const blocks = readCertificateFile(new Uint8Array(readFileSync(join(folder, 'a.pem'))));
    if (!blocks.ok) throw new Error('PEM not read');
    const read = readCertificate(blocks.value.certificates[0]!);
    if (!read.ok) throw new Error('certificate not read');
    const lines = proposeTlsa({ kind: 'certificate', certificate: read.value }, digest).map(
      ({ tlsa }) => formatTlsa(tlsa),
    );
    expect(lines[0]).toMatch(/^3 1 1 /);
    expect(lines).toContain(`3 0 1 ${fingerprint}`);
  });

  it('a key alone gives selector 1 only', () => {
    const spki = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05);
    const proposals = proposeTlsa({ kind: 'key', spki }, digest);
    expect(proposals.map(({ tlsa }) => tlsa.selector)).toEqual([1, 1, 1, 1]);
  });
});
