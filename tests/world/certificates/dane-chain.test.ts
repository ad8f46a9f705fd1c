/**
 * Chains made with openssl for this run, matched by our core. What is expected was observed with
 * OpenSSL 3.0.22 (`s_client -dane_tlsa_domain … -dane_ee_no_namechecks -attime`) on the same
 * chains on 24 November 2026; `openssl` names its words where it refused.
 */
import { hexToOctets } from '../../../src/core/grammar/octets.ts';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usableOf } from '../../../src/core/dane/usable.ts';
import { matchDane } from '../../../src/core/dane/match.ts';
import type { Tlsa } from '../../../src/core/dane/tlsa.ts';
import { gatherChainFacts } from '../../../src/world/certificates/chain-facts.ts';

const nowSeconds = 1_795_000_000;
const issuer = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n';
const leaf = 'basicConstraints=CA:FALSE\n';
const host = `${leaf}subjectAltName=DNS:mx.example.nl\n`;
const past = ['20200101000000Z', '20210101000000Z'] as const;
const future = ['20300101000000Z', '20350101000000Z'] as const;

/** name, issuer (or itself), extensions, subject, dates, key */
const certificates: readonly {
  readonly name: string;
  readonly by?: string;
  readonly extensions: string;
  readonly commonName?: string;
  readonly dates?: readonly [string, string];
  readonly key?: 'ED25519' | 'RSA';
}[] = [
  { name: 'root', extensions: issuer },
  { name: 'int', by: 'root', extensions: issuer },
  { name: 'leaf', by: 'int', extensions: host },
  { name: 'cn-only', by: 'int', extensions: leaf, commonName: 'mx.example.nl' },
  { name: 'cn-wild', by: 'int', extensions: leaf, commonName: '*.example.nl' },
  { name: 'wild', by: 'int', extensions: `${leaf}subjectAltName=DNS:*.example.nl\n` },
  { name: 'wild-nl', by: 'int', extensions: `${leaf}subjectAltName=DNS:*.nl\n` },
  {
    name: 'other-name',
    by: 'int',
    extensions: `${leaf}subjectAltName=DNS:other.nl\n`,
    commonName: 'mx.example.nl',
  },
  {
    name: 'address-only',
    by: 'int',
    extensions: `${leaf}subjectAltName=IP:192.0.2.1\n`,
    commonName: 'mx.example.nl',
  },
  { name: 'expired', by: 'int', extensions: host, dates: past },
  { name: 'too-early', by: 'int', extensions: host, dates: future },
  { name: 'client', by: 'int', extensions: `${host}extendedKeyUsage=clientAuth\n` },
  { name: 'both', by: 'int', extensions: `${host}extendedKeyUsage=serverAuth,clientAuth\n` },
  { name: 'critical', by: 'int', extensions: `${host}1.2.3.4=critical,ASN1:NULL\n` },
  { name: 'ed25519', by: 'int', extensions: host, key: 'ED25519' },
  { name: 'rsa', by: 'int', extensions: host, key: 'RSA' },
  { name: 'rsa-root', extensions: issuer, key: 'RSA' },
  { name: 'under-rsa', by: 'rsa-root', extensions: host },
  { name: 'not-ca', by: 'root', extensions: leaf },
  { name: 'under-not-ca', by: 'not-ca', extensions: host },
  {
    name: 'no-sign',
    by: 'root',
    extensions: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n',
  },
  { name: 'under-no-sign', by: 'no-sign', extensions: host },
  { name: 'old-int', by: 'root', extensions: issuer, dates: past },
  { name: 'under-old-int', by: 'old-int', extensions: host },
  { name: 'old-root', extensions: issuer, dates: past },
  { name: 'under-old-root', by: 'old-root', extensions: host },
  { name: 'client-int', by: 'root', extensions: `${issuer}extendedKeyUsage=clientAuth\n` },
  { name: 'under-client-int', by: 'client-int', extensions: host },
  {
    name: 'length-0',
    by: 'root',
    extensions: 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n',
  },
  { name: 'below-length-0', by: 'length-0', extensions: issuer },
  { name: 'too-deep', by: 'below-length-0', extensions: host },
  {
    name: 'limited',
    by: 'root',
    extensions: `${issuer}nameConstraints=critical,permitted;DNS:other.nl\n`,
  },
  { name: 'under-limited', by: 'limited', extensions: host },
  { name: 'self', extensions: host, commonName: 'mx.example.nl' },
];

let folder: string;
const openssl = (...given: string[]): Buffer =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const settings = `[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=optional\n`;

const ders = new Map<string, Uint8Array>();
const keys = new Map<string, Uint8Array>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chain-'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('settings', settings);
  for (const [number, { name, by, extensions, commonName, dates, key }] of certificates.entries()) {
    const kind =
      key === undefined
        ? ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']
        : ['-algorithm', key];
    openssl('genpkey', ...kind, '-out', `${name}.key`);
    openssl(
      ...['req', '-new', '-key', `${name}.key`, '-subj', `/CN=${commonName ?? name}`],
      ...['-out', `${name}.csr`],
    );
    const authority = by === undefined ? '' : 'authorityKeyIdentifier=keyid\n';
    write(`${name}.ext`, `subjectKeyIdentifier=hash\n${authority}${extensions}`);
    write('index', '');
    write('serial', String(1000 + number));
    const [from, to] = dates ?? ['20250101000000Z', '20350101000000Z'];
    openssl(
      ...['ca', '-config', 'settings', '-batch', '-notext', '-in', `${name}.csr`],
      ...['-out', `${name}.pem`, '-startdate', from, '-enddate', to, '-extfile', `${name}.ext`],
      ...(by === undefined
        ? ['-selfsign', '-keyfile', `${name}.key`]
        : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`]),
    );
    ders.set(name, new Uint8Array(openssl('x509', '-in', `${name}.pem`, '-outform', 'DER')));
    keys.set(
      name,
      new Uint8Array(openssl('pkey', '-in', `${name}.key`, '-pubout', '-outform', 'DER')),
    );
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `201 int`: usage 2, selector 0, matching type 1, of the certificate `int`; `201 -`: of nothing. */
function record(text: string): Tlsa {
  const [digits = '', name = ''] = text.split(' ');
  const [usage = 0, selector = 0, matchingType = 0] = [...digits].map(Number);
  const octets = (selector === 0 ? ders : keys).get(name) ?? new Uint8Array(0);
  const algorithm = matchingType === 1 ? 'sha256' : 'sha512';
  const association =
    matchingType === 0 ? octets : hexToOctets(createHash(algorithm).update(octets).digest('hex'));
  return { usage, selector, matchingType, association };
}

/** tlsa · chain · expected: the depth of the match, or the fault */
const cases: readonly (readonly [string, string, number | string])[] = [
  ['201 int', 'leaf int', 1],
  ['210 root', 'leaf int', 1],
  ['200 root', 'leaf int', 2],
  ['201 root', 'leaf int', 'no-match'],
  ['201 root', 'leaf root int', 2],
  ['201 root', 'leaf root', 'no-match'],
  ['200 int', 'leaf', 1],
  ['200 root, 200 int', 'leaf', 1],
  ['201 root, 201 int', 'leaf int root', 1],
  ['201 int', 'leaf rsa-root int self', 1],
  ['201 int', 'cn-only int', 1],
  ['201 int', 'cn-wild int', 1],
  ['201 int', 'wild int', 1],
  ['201 int', 'wild-nl int', 'name'],
  ['311 wild-nl', 'wild-nl int', 0],
  ['201 int', 'other-name int', 'name'],
  ['201 int', 'address-only int', 1],
  ['201 int', 'expired int', 'expired'],
  ['210 root', 'expired int', 'expired'],
  ['311 expired', 'expired int', 0],
  ['201 int', 'too-early int', 'not-yet-valid'],
  ['201 int', 'client int', 'purpose'],
  ['311 client', 'client int', 0],
  ['201 int', 'both int', 1],
  ['201 int', 'critical int', 'critical-extension'],
  ['311 critical', 'critical int', 0],
  ['201 int', 'ed25519 int', 1],
  ['201 int', 'rsa int', 1],
  ['201 rsa-root', 'under-rsa rsa-root', 1],
  ['210 rsa-root', 'under-rsa', 0],
  ['201 not-ca', 'under-not-ca not-ca', 'not-a-ca'],
  ['210 not-ca', 'under-not-ca', 0],
  ['201 root', 'under-not-ca not-ca root', 'not-a-ca'],
  ['201 no-sign', 'under-no-sign no-sign', 'not-a-ca'],
  ['201 old-int', 'under-old-int old-int', 1],
  ['201 root', 'under-old-int old-int root', 'expired'],
  ['201 old-root', 'under-old-root old-root', 'expired'],
  ['210 old-root', 'under-old-root', 0],
  ['201 client-int', 'under-client-int client-int', 'purpose'],
  ['201 root', 'too-deep below-length-0 length-0 root', 'path-length'],
  ['210 length-0', 'too-deep below-length-0', 1],
  ['201 limited', 'under-limited limited', 'name-constraint'],
  ['201 root', 'under-limited limited root', 'name-constraint'],
  ['200 self', 'self', 'no-match'],
  ['201 self', 'self', 'no-match'],
  ['211 self', 'self', 'no-match'],
  ['210 self', 'self', 0],
  ['300 self', 'self', 0],
  ['201 leaf', 'leaf int', 'no-match'],
  ['210 leaf', 'leaf int', 'no-match'],
  ['200 leaf', 'leaf int', 'no-match'],
  ['201 int, 202 -', 'leaf int', 'no-match'],
  ['201 int, 212 -', 'leaf int', 1],
  ['310 leaf, 312 -', 'leaf int', 0],
];

describe('a chain against TLSA records, as OpenSSL decides it', () => {
  for (const [tlsa, chain, expected] of cases)
    it(`${tlsa} › ${chain} → ${typeof expected === 'number' ? `matches at depth ${expected}` : expected}`, async () => {
      const records = tlsa.split(', ').map(record);
      const sent = chain.split(' ').map((name) => ders.get(name)!);
      const { certificates: read, facts } = await gatherChainFacts(sent, records);
      const match = matchDane(
        { tlsa: usableOf(records)!, chain: read, referenceNames: ['mx.example.nl'], nowSeconds },
        facts,
      );
      expect(match).toMatchObject(
        typeof expected === 'number'
          ? { kind: 'authenticated', depth: expected }
          : { kind: 'not-authenticated', fault: expected },
      );
    });
});
