/**
 * What administrators have instead of "a PEM file": each kind made by openssl, given to the command line
 * and to both tools of the site, which must say the same; digests by openssl.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTlsa } from '../../src/core/dane/tlsa.ts';
import { compare } from '../../src/widgets/tools/certificate/engine.ts';
import { tlsaOf } from '../../src/widgets/tools/publish/engine.ts';
import { formatPem, readCertificateFile } from '../../src/world/certificates/pem.ts';
import { wordFiles } from '../house/words.ts';
import { speak } from './spoken.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificate-files-'));
const openssl = (...given: string[]): Buffer =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

function issue(name: string, subject: string, by: string | undefined, extensions: string) {
  openssl(
    'genpkey',
    '-algorithm',
    'EC',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-out',
    `${name}.key`,
  );
  openssl('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
  writeFileSync(join(folder, `${name}.ext`), `subjectKeyIdentifier=hash\n${extensions}`);
  openssl(
    ...['x509', '-req', '-in', `${name}.csr`, '-days', '30', '-extfile', `${name}.ext`],
    ...['-out', `${name}.pem`],
    ...(by === undefined
      ? ['-signkey', `${name}.key`]
      : ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial']),
  );
}
const ca = 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n';
const served = 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:mx.example.nl\n';

/** What is expected of a file: records of whose certificates (first the advised), or the code of a fault. */
interface Expected {
  /** `leaf` or `int`: the names of the certificates in the order of the answer. */
  readonly of?: readonly string[];
  readonly fault?: string;
  readonly warnings?: readonly string[];
}
let files: readonly (readonly [name: string, octets: Buffer | string, Expected])[] = [];

const utf16 = (text: string, isBigEndian = false): Buffer => {
  const octets = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBigEndian ? octets.swap16() : octets;
};
const utf32 = (text: string): Buffer =>
  Buffer.concat(Array.from(`\ufeff${text}`, (each) => Buffer.from(`${each}\0`, 'utf16le')));
/** SEQUENCE, context 0 or SET in DER, as BER with an end of contents in place of a length, and all within it. */
const asBer = (der: Buffer): Buffer => {
  const parts: Buffer[] = [];
  for (let at = 0; at < der.length;) {
    const first = der[at + 1]!;
    const start = at + 2 + (first > 0x80 ? first & 0x7f : 0);
    const length = first < 0x80 ? first : der.readUIntBE(at + 2, first & 0x7f);
    const content = der.subarray(start, start + length);
    const isOpened = [0x30, 0x31, 0xa0].includes(der[at]!) && parts.length < 40;
    parts.push(
      isOpened
        ? Buffer.concat([Buffer.from([der[at]!, 0x80]), asBer(content), Buffer.alloc(2)])
        : der.subarray(at, start + length),
    );
    at = start + length;
  }
  return Buffer.concat(parts);
};
/** The same length in more octets than it needs, which BER allows and DER does not. */
const withLongLength = (der: Buffer): Buffer => {
  const octets = der[1]! & 0x7f;
  const length = Buffer.concat([Buffer.alloc(4 - octets), der.subarray(2, 2 + octets)]);
  return Buffer.concat([Buffer.from([0x30, 0x84]), length, der.subarray(2 + octets)]);
};
const bare = (text: string) => text.replace(/-----[^-]+-----/g, '').trim();

beforeAll(() => {
  issue('root', '/CN=Test Root', undefined, ca);
  issue('int', '/O=Test/CN=Issuing CA 1', 'root', ca);
  issue('leaf', '/CN=mx.example.nl', 'int', served);
  issue('self', '/CN=mx.example.nl', undefined, `${ca}subjectAltName=DNS:mx.example.nl\n`);
  const [leaf, int, root, key] = ['leaf.pem', 'int.pem', 'root.pem', 'leaf.key'].map(read) as [
    string,
    string,
    string,
    string,
  ];
  const der = openssl('x509', '-in', 'leaf.pem', '-outform', 'DER');
  const p7 = (...more: string[]) =>
    openssl('crl2pkcs7', '-nocrl', '-certfile', 'leaf.pem', '-certfile', 'int.pem', ...more);
  const signed = (form: string, ...more: string[]) =>
    openssl(
      ...[
        'cms',
        '-sign',
        '-binary',
        '-in',
        'leaf.ext',
        '-signer',
        'leaf.pem',
        '-inkey',
        'leaf.key',
      ],
      ...['-outform', form, ...more],
    );
  const encrypted = (form: string, ...more: string[]) =>
    openssl('cms', '-encrypt', '-aes128', '-in', 'leaf.ext', '-outform', form, ...more, 'leaf.pem');
  const locked = openssl(
    ...['pkey', '-in', 'leaf.key', '-aes256', '-passout', 'pass:x'],
  ).toString();
  const all = ['leaf', 'int', 'root'];
  const beside = { of: ['leaf', 'int'], warnings: ['key-beside'] };
  files = [
    ['full-chain', leaf + int, { of: ['leaf', 'int'] }],
    ['chain-upside-down', root + int + leaf, { of: all }],
    ['chain-in-the-middle', int + leaf + root, { of: all }],
    ['doubled', leaf + leaf + int + leaf, { of: ['leaf', 'int'] }],
    ['issuer-alone', int, { of: ['int'] }],
    ['root-alone', root, { of: ['root'] }],
    ['self-signed-issuer-with-a-name', read('self.pem'), { of: ['self'] }],
    ['postfix-chain-file', key + leaf + int, beside],
    ['haproxy', leaf + key + int, beside],
    ['key-last', leaf + int + key, beside],
    ['locked-key-beside', locked + leaf + int, beside],
    [
      'carriage-returns-and-mark',
      `\ufeff${(leaf + int).replaceAll('\n', '\r\n')}`,
      { of: ['leaf', 'int'] },
    ],
    ['der', der, { of: ['leaf'] }],
    [
      'trusted',
      openssl('x509', '-in', 'leaf.pem', '-trustout', '-addtrust', 'serverAuth'),
      { of: ['leaf'], warnings: ['trusted-certificate'] },
    ],
    ['utf-16-little', utf16(leaf + int), { of: ['leaf', 'int'], warnings: ['utf-16'] }],
    ['utf-16-big', utf16(leaf, true), { of: ['leaf'], warnings: ['utf-16'] }],
    ['bare-base64', bare(leaf), { of: ['leaf'], warnings: ['bare-base64'] }],
    [
      'public-key',
      openssl('pkey', '-in', 'leaf.key', '-pubout'),
      { of: ['leaf key'], warnings: ['public-key-only'] },
    ],
    [
      'public-key-der',
      openssl('pkey', '-in', 'leaf.key', '-pubout', '-outform', 'DER'),
      { of: ['leaf key'], warnings: ['public-key-only'] },
    ],
    ['pkcs7', p7(), { fault: 'pkcs7' }],
    ['pkcs7-der', p7('-outform', 'DER'), { fault: 'pkcs7' }],
    [
      'pkcs7-labelled-certificate',
      p7().toString().replaceAll('PKCS7', 'CERTIFICATE'),
      { fault: 'pkcs7' },
    ],
    [
      'pkcs12',
      openssl('pkcs12', '-export', '-in', 'leaf.pem', '-inkey', 'leaf.key', '-passout', 'pass:x'),
      { fault: 'pkcs12' },
    ],
    ['request', read('leaf.csr'), { fault: 'certificate-request' }],
    [
      'request-der',
      openssl('req', '-in', 'leaf.csr', '-outform', 'DER'),
      { fault: 'certificate-request' },
    ],
    ['key', key, { fault: 'private-key' }],
    ['key-der', openssl('pkey', '-in', 'leaf.key', '-outform', 'DER'), { fault: 'private-key' }],
    [
      'key-labelled-certificate',
      key.replaceAll('PRIVATE KEY', 'CERTIFICATE'),
      { fault: 'private-key' },
    ],
    ['locked-key', locked, { fault: 'encrypted-key' }],
    [
      'locked-key-der',
      openssl('pkcs8', '-topk8', '-in', 'leaf.key', '-outform', 'DER', '-passout', 'pass:x'),
      { fault: 'encrypted-key' },
    ],
    ['two-der', Buffer.concat([der, derOf('int')]), { of: ['leaf', 'int'] }],
    ['three-der-upside-down', Buffer.concat(['root', 'int', 'leaf'].map(derOf)), { of: all }],
    [
      'der-with-more-behind',
      Buffer.concat([der, Buffer.from('x')]),
      { fault: 'not-a-certificate' },
    ],
    ['cms-signature', signed('PEM'), { fault: 'cms-signature' }],
    ['cms-signature-with-text', signed('PEM', '-nodetach'), { fault: 'cms-signature' }],
    ['cms-signature-der', signed('DER'), { fault: 'cms-signature' }],
    [
      'cms-signature-labelled-pkcs7',
      signed('PEM').toString().replaceAll('CMS', 'PKCS7'),
      { fault: 'cms-signature' },
    ],
    ['cms-signature-ber', signed('DER', '-nodetach', '-stream'), { fault: 'cms-signature' }],
    ['cms-signature-ber-pem', signed('PEM', '-nodetach', '-stream'), { fault: 'cms-signature' }],
    ['cms-signature-all-ber', asBer(signed('DER')), { fault: 'cms-signature' }],
    ['cms-signature-long-length', withLongLength(signed('DER')), { fault: 'cms-signature' }],
    ['pkcs7-ber', asBer(p7('-outform', 'DER')), { fault: 'pkcs7' }],
    ['pkcs7-long-length', withLongLength(p7('-outform', 'DER')), { fault: 'pkcs7' }],
    ['cms-encrypted', encrypted('PEM'), { fault: 'cms-message' }],
    ['cms-encrypted-der', encrypted('DER'), { fault: 'cms-message' }],
    ['cms-encrypted-ber', encrypted('DER', '-stream'), { fault: 'cms-message' }],
    [
      'cms-digest',
      openssl('cms', '-digest_create', '-in', 'leaf.ext', '-outform', 'DER'),
      { fault: 'cms-message' },
    ],
    ['pkcs7-labelled-cms', p7().toString().replaceAll('PKCS7', 'CMS'), { fault: 'pkcs7' }],
    ['jks', Buffer.from('feedfeed0000000200000001', 'hex'), { fault: 'java-keystore' }],
    ['jceks', Buffer.from('cececece0000000200000001', 'hex'), { fault: 'java-keystore' }],
    ['ssh', `ssh-ed25519 AAAA${bare(leaf).slice(0, 64)} me@host`, { fault: 'ssh-key' }],
    ['ssh-ecdsa', 'ecdsa-sha2-nistp256 AAAAE2VjZHNh', { fault: 'ssh-key' }],
    ['ssh-sk', 'sk-ssh-ed25519@openssh.com AAAAGnNr me', { fault: 'ssh-key' }],
    ['ssh-with-options', 'no-pty,from="a" ssh-rsa AAAAB3NzaC1yc2E= me', { fault: 'ssh-key' }],
    ['ssh2', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END', { fault: 'ssh-key' }],
    ['utf-32-little', utf32(leaf), { fault: 'utf-32' }],
    ['utf-32-big', utf32(leaf).swap32(), { fault: 'utf-32' }],
    ['utf-32-without-mark', utf32(leaf).subarray(4), { fault: 'utf-32' }],
    ['utf-32-big-without-mark', utf32(leaf).swap32().subarray(4), { fault: 'utf-32' }],
    ['zip', Buffer.from('504b0304140000000800', 'hex'), { fault: 'packed' }],
    ['gzip', gzipSync(leaf), { fault: 'packed' }],
    ['web-page', '<!doctype html><html><body>Not found</body></html>', { fault: 'web-page' }],
    ['words', 'hello', { fault: 'no-certificate' }],
    ['cut-off', leaf.slice(0, 200), { fault: 'unfinished' }],
    ['damaged', leaf.replace('\nMII', '\nM*I'), { fault: 'broken-base64' }],
    ['damaged-der', der.subarray(0, 100), { fault: 'not-a-certificate' }],
    ['empty', '', { fault: 'empty' }],
  ];
  for (const [name, octets] of files) writeFileSync(join(folder, name), octets);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (octets: Buffer) => createHash('sha256').update(octets).digest('hex');
const once = new Map<string, Buffer>();
/** What openssl makes of a file that does not change any more. */
const derFrom = (...given: string[]): Buffer => {
  const words = given.join(' ');
  const octets = once.get(words) ?? openssl(...given, '-outform', 'DER');
  once.set(words, octets);
  return octets;
};
const spkiOf = (name: string) => derFrom('pkey', '-in', `${name}.key`, '-pubout');
const derOf = (name: string) => derFrom('x509', '-in', `${name}.pem`);

interface Made {
  readonly file: string;
  readonly role: string;
  readonly records: readonly {
    readonly record: string;
    readonly advice: string;
    readonly canMatch: boolean;
  }[];
}

describe('a file', () => {
  test('is read by the command line, or named for what it is', async () => {
    const paths = files.map(([name]) => join(folder, name));
    const { out, err } = await speak(['tlsa', ...paths, '--json', '--lang', 'en']);
    const words = wordFiles('pem').en;
    const made = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Made);
    for (const [name, , { of = [], fault, warnings = [] }] of files) {
      const path = join(folder, name);
      const mine = made.filter(({ file }) => file === path);
      expect(mine, name).toHaveLength(of.length);
      for (const [index, owner] of of.entries()) {
        const [key = ''] = owner.split(' ');
        const lines = mine[index]?.records.map(({ record }) => record) ?? [];
        expect(lines, name).toContain(`3 1 1 ${sha256(spkiOf(key))}`);
        if (!owner.endsWith(' key')) expect(lines, name).toContain(`2 0 1 ${sha256(derOf(key))}`);
      }
      const told = err.split('\n').filter((line) => line.startsWith(`${path}: `));
      for (const code of [...warnings, ...(fault === undefined ? [] : [fault])])
        expect(told.join('\n'), name).toContain(words[`situation.pem.${code}`]);
      if (fault === undefined && warnings.length === 0) expect(told, name).toEqual([]);
    }
    for (const key of ['leaf.key', 'self.key'])
      expect(out + err).not.toContain(read(key).split('\n')[1]);
  }, 60_000);

  test('never has usage 3 of an issuer advised, nor said to match', async () => {
    const paths = ['full-chain', 'chain-upside-down', 'issuer-alone', 'root-alone'];
    const { out } = await speak(['tlsa', ...paths.map((name) => join(folder, name)), '--json']);
    const made = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Made);
    for (const { role, records } of made)
      for (const { record, advice, canMatch } of records) {
        const isOfServer = record.startsWith('3');
        expect(canMatch).toBe(isOfServer === (role === 'server'));
        if (!canMatch) expect(advice).toBe('never');
      }
    const text = await speak(['tlsa', join(folder, 'chain-upside-down'), '--lang', 'en']);
    expect(text.out.split('\n').filter((line) => line.includes('recommended'))).toEqual([
      `3 1 1 ${sha256(spkiOf('leaf'))} ; recommended: first choice`,
    ]);
  }, 60_000);

  test('of a server that signed itself and may issue has nothing advised, and both ways are told', async () => {
    const path = join(folder, 'self-signed-issuer-with-a-name');
    const { out, err } = await speak(['tlsa', path, '--lang', 'en']);
    expect(out).not.toMatch(/recommended|choice|match/);
    expect(err).toContain('If the mail server presents it as its own, publish 3 1 1.');
  }, 60_000);

  test('of a certificate that has expired gives its records, and the date is told', async () => {
    writeFileSync(
      join(folder, 'settings'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=optional\n',
    );
    writeFileSync(join(folder, 'index'), '');
    writeFileSync(join(folder, 'serial'), '1000');
    openssl(
      ...['ca', '-config', 'settings', '-batch', '-notext', '-in', 'leaf.csr', '-out', 'old.pem'],
      ...['-startdate', '20200101000000Z', '-enddate', '20210101000000Z', '-extfile', 'leaf.ext'],
      ...['-cert', 'int.pem', '-keyfile', 'int.key'],
    );
    const { out, err, code } = await speak(['tlsa', join(folder, 'old.pem'), '--lang', 'en']);
    expect(out).toContain(`3 1 1 ${sha256(spkiOf('leaf'))} ; recommended: first choice`);
    expect(err).toContain('has expired (valid from 2020-01-01 to 2021-01-01)');
    expect(code).toBe(0);
  }, 60_000);

  test('is taken by both tools of the site as by the command line', async () => {
    for (const [name, octets, { of, fault }] of files) {
      const file = readCertificateFile(new Uint8Array(Buffer.from(octets)));
      if (fault !== undefined) {
        expect(file, name).toMatchObject({ ok: false, problems: [{ code: fault }] });
        if (typeof octets === 'string')
          expect(await tlsaOf(octets, '3 1 1'), name).toEqual({
            ok: false,
            fault: { key: `situation.pem.${fault}` },
          });
        continue;
      }
      if (!file.ok) throw new Error(name);
      const text = [
        ...file.value.certificates.map((der) => formatPem('CERTIFICATE', der)),
        ...file.value.publicKeys.map((der) => formatPem('PUBLIC KEY', der)),
      ].join('');
      const [first = ''] = of ?? [];
      const [owner = ''] = first.split(' ');
      const maker = await tlsaOf(text, '3 1 1');
      const isIssuer = owner === 'int' || owner === 'root';
      expect(maker.ok ? formatTlsa(maker.tlsa) : maker.fault.key, name).toBe(
        isIssuer ? 'tools.fault.only-issuer' : `3 1 1 ${sha256(spkiOf(owner))}`,
      );
      const compared = await compare({
        ...{ text, tlsa: [], host: '', domain: '' },
        nowSeconds: Math.floor(Date.now() / 1000),
      });
      if (first.endsWith(' key')) expect(compared).toMatchObject({ ok: false });
      else {
        if (!compared.ok) throw new Error(name);
        expect(compared.view.proposals[0]?.text.slice(0, 1), name).toBe(isIssuer ? '2' : '3');
        expect(compared.view.certificates, name).toHaveLength(of?.length ?? 0);
      }
    }
  }, 60_000);
});
