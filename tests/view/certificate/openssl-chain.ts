/** A root and a server certificate under it, made by openssl for one run of tests. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OpensslChain {
  readonly leaf: string;
  readonly root: string;
  readonly leafKey: string;
  readonly nextPublic: string;
  /** `3 1 1 …` and `2 0 1 …` as openssl computes them. */
  readonly leafRecord: string;
  readonly rootRecord: string;
  readonly nextRecord: string;
}

export function makeChain(host: string): OpensslChain {
  const folder = mkdtempSync(join(tmpdir(), 'tools-'));
  const openssl = (...given: string[]): Buffer =>
    execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const sha256 = (octets: Buffer) => createHash('sha256').update(octets).digest('hex');
  try {
    for (const name of ['root', 'leaf', 'next'])
      openssl(
        ...['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
        ...['-out', `${name}.key`],
      );
    openssl(
      ...['req', '-new', '-x509', '-key', 'root.key', '-subj', '/O=Test/CN=Root', '-days', '400'],
      ...['-out', 'root.pem'],
    );
    openssl('req', '-new', '-key', 'leaf.key', '-subj', `/CN=${host}`, '-out', 'leaf.csr');
    writeFileSync(join(folder, 'ext'), `subjectAltName=DNS:${host}\nbasicConstraints=CA:FALSE\n`);
    openssl(
      ...['x509', '-req', '-in', 'leaf.csr', '-CA', 'root.pem', '-CAkey', 'root.key'],
      ...['-days', '90', '-extfile', 'ext', '-out', 'leaf.pem'],
    );
    const spki = (name: string) =>
      openssl('pkey', '-in', `${name}.key`, '-pubout', '-outform', 'DER');
    return {
      leaf: openssl('x509', '-in', 'leaf.pem').toString(),
      root: openssl('x509', '-in', 'root.pem').toString(),
      leafKey: openssl('pkey', '-in', 'leaf.key').toString(),
      nextPublic: openssl('pkey', '-in', 'next.key', '-pubout').toString(),
      leafRecord: `3 1 1 ${sha256(spki('leaf'))}`,
      rootRecord: `2 0 1 ${sha256(openssl('x509', '-in', 'root.pem', '-outform', 'DER'))}`,
      nextRecord: `3 1 1 ${sha256(spki('next'))}`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
