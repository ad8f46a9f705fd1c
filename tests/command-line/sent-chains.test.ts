/**
 * What a server sends after its own certificate may come in any order, with strangers, doubles and issuers
 * certified twice between (RFC 8446 §4.4.2, RFC 7671 §5.2). Every order is really sent over STARTTLS, in
 * TLS 1.2 and 1.3, and read and judged by us; `openssl s_client` gives the second opinion on the same server.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificatesIn, troubleIn } from '../../src/command-line/handshake-tap.ts';
import { openSmtpWorld } from '../../src/command-line/smtp-world.ts';
import { usableOf } from '../../src/core/dane/usable.ts';
import { matchDane } from '../../src/core/dane/match.ts';
import { parseTlsa, type Tlsa } from '../../src/core/dane/tlsa.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { openChannel } from '../../src/core/smtp/session.ts';
import { runLive } from '../../src/world/run.ts';

const host = 'mx.chain.test';
const issuer = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n';
const served = `basicConstraints=CA:FALSE\nsubjectAltName=DNS:${host}\n`;
const past = ['20200101000000Z', '20210101000000Z'] as const;
const future = ['20400101000000Z', '20410101000000Z'] as const;
const withName = (name: string) => `basicConstraints=CA:FALSE\nsubjectAltName=DNS:${name}\n`;
/** name · extensions · dates, of issuers that the root certified */
const oddIssuers: readonly (readonly [
  string,
  string,
  { readonly dates?: readonly [string, string] }?,
])[] = [
  ['int-expired', issuer, { dates: past }],
  ['int-future', issuer, { dates: future }],
  ['no-ca', 'basicConstraints=CA:FALSE\n'],
  ['no-constraints', 'keyUsage=critical,keyCertSign\n'],
  ['no-sign', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature\n'],
  ['no-usage', 'basicConstraints=CA:TRUE\n'],
  ['short', 'basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n'],
  ['client-ca', `${issuer}extendedKeyUsage=clientAuth\n`],
  ['any-ca', `${issuer}extendedKeyUsage=anyExtendedKeyUsage\n`],
  ['elsewhere', `${issuer}nameConstraints=critical,permitted;DNS:other.test\n`],
  ['inside', `${issuer}nameConstraints=critical,permitted;DNS:chain.test\n`],
  ['not-here', `${issuer}nameConstraints=critical,excluded;DNS:chain.test\n`],
  ['odd-ca', `${issuer}1.2.3.4=critical,ASN1:NULL\n`],
];
/** name · issuer (or itself) · extensions · whose key and name, dates */
const certificates: readonly (readonly [
  name: string,
  by: string | undefined,
  extensions: string,
  more?: { readonly of?: string; readonly dates?: readonly [string, string] },
])[] = [
  ['root', undefined, issuer],
  ['other', undefined, issuer],
  ['int', 'root', issuer],
  ['low', 'int', issuer],
  ['crossed', 'other', issuer, { of: 'int' }],
  ['crossed-old', 'other', issuer, { of: 'int', dates: past }],
  ['stranger', 'other', 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:x.test\n'],
  ['leaf', 'int', served],
  ['deep', 'low', served],
  ['self', undefined, served],
  // Each with one thing wrong, or odd; chains of them are held against OpenSSL below.
  ['expired', 'int', served, { dates: past }],
  ['future', 'int', served, { dates: future }],
  ['other-name', 'int', withName('x.test')],
  ['wild', 'int', withName('*.chain.test')],
  ['wild-deep', 'int', withName('*.test')],
  ['wild-part', 'int', withName('m*.chain.test')],
  ['dotted', 'int', withName('MX.chain.test.')],
  ['address', 'int', 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\n'],
  [host, 'int', 'basicConstraints=CA:FALSE\n'],
  ['client', 'int', `${served}extendedKeyUsage=clientAuth\n`],
  ['any-use', 'int', `${served}extendedKeyUsage=anyExtendedKeyUsage\n`],
  ['agree', 'int', `${served}keyUsage=critical,keyAgreement\n`],
  ['cert-sign', 'int', `${served}keyUsage=critical,keyCertSign\n`],
  ['crl-sign', 'int', `${served}keyUsage=critical,cRLSign\n`],
  ['odd-critical', 'int', `${served}1.2.3.4=critical,ASN1:NULL\n`],
  ['ca-leaf', 'int', `${issuer}subjectAltName=DNS:${host}\n`],
  ...oddIssuers.flatMap(([name, extensions, more = {}]) => [
    [name, 'root', extensions, more] as const,
    [`below-${name}`, name, served] as const,
  ]),
  ['root-expired', undefined, issuer, { dates: past }],
  ['below-root-expired', 'root-expired', served],
  ['under-short', 'short', issuer],
  ['too-deep', 'under-short', served],
];

const oddLeaves = [
  ...['expired', 'future', 'other-name', 'wild', 'wild-deep', 'wild-part', 'dotted', 'address'],
  ...[host, 'client', 'any-use', 'agree', 'cert-sign', 'crl-sign', 'odd-critical', 'ca-leaf'],
];
const oddChains = [
  ...oddLeaves.map((name) => `${name} int root`),
  ...oddIssuers.map(([name]) => `below-${name} ${name} root`),
  ...['below-root-expired root-expired', 'too-deep under-short short root', 'self'],
];

let folder: string;
const path = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(path(`${name}.pem`), 'utf8');
const openssl = (...given: string[]): Buffer =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

let server: net.Server;
let context: tls.SecureContext;
const before = tls.getCACertificates('default');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sent-chains-'));
  writeFileSync(
    path('settings'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=optional\n',
  );
  for (const [number, [name, by, extensions, more = {}]] of certificates.entries()) {
    const key = more.of ?? name;
    if (key === name)
      openssl(
        ...['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
        ...['-out', `${key}.key`],
      );
    openssl('req', '-new', '-key', `${key}.key`, '-subj', `/CN=${key}`, '-out', `${name}.csr`);
    const authority = by === undefined ? '' : 'authorityKeyIdentifier=keyid\n';
    writeFileSync(path(`${name}.ext`), `subjectKeyIdentifier=hash\n${authority}${extensions}`);
    writeFileSync(path('index'), '');
    writeFileSync(path('serial'), String(1000 + number));
    const [from, to] = more.dates ?? ['20250101000000Z', '20350101000000Z'];
    openssl(
      ...['ca', '-config', 'settings', '-batch', '-notext', '-in', `${name}.csr`],
      ...['-out', `${name}.pem`, '-startdate', from, '-enddate', to, '-extfile', `${name}.ext`],
      ...(by === undefined
        ? ['-selfsign', '-keyfile', `${name}.key`]
        : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`]),
    );
  }
  tls.setDefaultCACertificates([read('root')]);
  server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 mx\r\n');
    socket.on('data', function hear(data: Buffer) {
      if (!data.toString().startsWith('STARTTLS'))
        return socket.write('250-mx\r\n250 STARTTLS\r\n');
      socket.off('data', hear);
      return socket.write('220 go\r\n', () => {
        const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
        secure.on('error', () => undefined);
        secure.on('data', () => secure.end());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  tls.setDefaultCACertificates(before);
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const port = () => (server.address() as AddressInfo).port;

/** From now on the server sends these, the first as its own. */
function serve(names: readonly string[], version: 'TLSv1.2' | 'TLSv1.3', ciphers?: string) {
  context = tls.createSecureContext({
    key: readFileSync(path(`${names[0] ?? ''}.key`)),
    cert: names.map(read).join(''),
    minVersion: version,
    maxVersion: version,
    ...(ciphers !== undefined && { ciphers }),
  });
}

function record(text: string): Tlsa {
  const [kind = '', name = ''] = text.split(' of ');
  const { raw, publicKey } = new X509Certificate(read(name));
  const der = kind[2] === '1' ? publicKey.export({ type: 'spki', format: 'der' }) : raw;
  const data =
    kind[4] === '0' ? der.toString('hex') : createHash('sha256').update(der).digest('hex');
  const parsed = parseTlsa(`${kind} ${data}`);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

const nowSeconds = Math.floor(Date.now() / 1000);

async function seen(records: readonly string[]) {
  const tlsa = records.map(record);
  const world = openSmtpWorld({
    ...{ port: port(), tlsa, nowSeconds },
    signal: new AbortController().signal,
  });
  const trace = await runLive(openChannel(nameOf(host), '127.0.0.1', nameOf(host)), world);
  world.close();
  const { result } = trace;
  if (result.kind !== 'encrypted') throw new Error(JSON.stringify(trace.events));
  const { presented } = result;
  const usable = usableOf(tlsa);
  const match =
    usable &&
    matchDane(
      { tlsa: usable, chain: presented.chain, referenceNames: [host], nowSeconds },
      presented.facts,
    );
  return { presented, match };
}

/** Does OpenSSL take the same server? */
const opensslTakes = (...more: string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(
      'openssl',
      [
        ...[
          's_client',
          '-starttls',
          'smtp',
          '-connect',
          `127.0.0.1:${port()}`,
          '-servername',
          host,
        ],
        ...['-verify_return_error', '-brief', '-no-CApath', '-no-CAstore', ...more],
      ],
      { cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end('QUIT\n');
    child.once('close', (code) => resolve(code === 0));
  });

const opensslMatches = (records: readonly string[]): Promise<boolean> =>
  opensslTakes(
    '-no-CAfile',
    ...['-dane_tlsa_domain', host, '-dane_ee_no_namechecks'],
    ...records.flatMap((text) => {
      const { usage, selector, matchingType, association } = record(text);
      const hex = Buffer.from(association).toString('hex');
      return ['-dane_tlsa_rrdata', `${usage} ${selector} ${matchingType} ${hex}`];
    }),
  );

function* orders(names: readonly string[]): Generator<readonly string[]> {
  if (names.length === 0) yield [];
  for (const [index, name] of names.entries())
    for (const rest of orders(names.toSpliced(index, 1))) yield [name, ...rest];
}

describe('a chain in every order', () => {
  const bags: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['three', ['leaf', 'int', 'root'], ['2 1 1 of root']],
    ['three with a stranger between', ['leaf', 'int', 'root', 'stranger'], ['2 0 1 of root']],
    ['four', ['deep', 'low', 'int', 'root'], ['2 1 1 of root']],
    ['with an issuer certified twice', ['leaf', 'int', 'crossed', 'root'], ['2 0 1 of root']],
    ['whose other way has expired', ['leaf', 'int', 'crossed-old', 'root'], ['2 1 1 of root']],
  ];
  for (const [why, [leaf = '', ...others], records] of bags)
    test(`${why}: all is seen, DANE and the trusted root are found`, async () => {
      let isNew = false;
      for (const order of orders(others)) {
        isNew = !isNew;
        serve([leaf, ...order], isNew ? 'TLSv1.3' : 'TLSv1.2');
        const { presented, match } = await seen(records);
        const sent = presented.chain.map(({ der }) => Buffer.from(der).toString('base64'));
        expect(sent, order.join(' ')).toEqual(
          [leaf, ...order].map((name) => read(name).replace(/-----[^-]+-----|\s/g, '')),
        );
        expect(match?.kind, order.join(' ')).toBe('authenticated');
        expect(presented.leadsToTrustedRoot, order.join(' ')).toBe(true);
        // OpenSSL follows one path only, the first; where that is not the right one, we say so.
        const isFirst = !match?.notes.includes('other-path-first');
        expect(await opensslMatches(records), order.join(' ')).toBe(isFirst);
        expect(await opensslTakes('-CAfile', 'root.pem'), order.join(' ')).toBe(
          presented.isPathHidden !== true,
        );
        expect(isFirst || order.indexOf('crossed') < order.indexOf('int')).toBe(true);
      }
    }, 120_000);

  test.each(['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'])(
    'is read out of TLS 1.3 with %s',
    async (suite) => {
      serve(['leaf', 'root', 'stranger', 'int', 'int', 'leaf'], 'TLSv1.3', suite);
      const { presented, match } = await seen(['2 0 1 of root']);
      expect(presented.chain).toHaveLength(6);
      expect(match).toMatchObject({ kind: 'authenticated', depth: 2 });
    },
  );
});

/** records · what is sent · our verdict · OpenSSL's */
const cases: readonly (readonly [string, string, Readonly<Record<string, unknown>>, boolean])[] = [
  ['2 1 1 of root', 'leaf int', { fault: 'no-match', notes: ['anchor-not-sent'] }, false],
  ['2 1 1 of int', 'leaf', { fault: 'no-match', notes: ['anchor-not-sent'] }, false],
  ['2 1 1 of int', 'leaf crossed stranger', { kind: 'authenticated', depth: 1 }, true],
  ['2 0 1 of int', 'leaf crossed', { fault: 'no-match', notes: ['anchor-not-sent'] }, false],
  ['2 0 1 of other', 'leaf crossed other', { kind: 'authenticated', depth: 2 }, true],
  ['2 0 1 of other', 'leaf crossed-old other', { fault: 'expired' }, false],
  ['2 0 1 of stranger', 'leaf int stranger', { fault: 'no-match', notes: [] }, false],
  [
    '2 1 0 of root',
    'leaf int',
    { kind: 'authenticated', notes: ['key-without-certificate'] },
    true,
  ],
  ['2 1 0 of root', 'leaf root int', { kind: 'authenticated', notes: [] }, true],
  [
    '3 1 1 of leaf, 3 0 1 of root',
    'leaf int',
    { kind: 'authenticated', notes: ['kind-without-match'] },
    true,
  ],
  ['3 1 1 of leaf', 'leaf', { kind: 'authenticated', depth: 0, notes: [] }, true],
  ['3 1 1 of int', 'leaf int', { fault: 'no-match', notes: [] }, false],
];

describe('what fits and what was not sent', () => {
  test.each(cases)('%s with %s', async (records, sent, expected, theirs) => {
    serve(sent.split(' '), 'TLSv1.3');
    const { match } = await seen(records.split(', '));
    expect(match).toMatchObject(expected);
    expect(await opensslMatches(records.split(', '))).toBe(theirs);
  });
});

describe('why a chain leads to no trusted root', () => {
  test.each([
    ['leaf', 'issuer-missing', 'CN=int'],
    ['leaf stranger', 'issuer-missing', 'CN=int'],
    ['leaf crossed', 'issuer-missing', 'CN=other'],
    ['leaf crossed other', 'unknown-root', 'CN=other'],
    ['self', 'self-signed', 'CN=self'],
    ['deep int', 'issuer-missing', 'CN=low'],
  ])('%s: %s', async (sent, fault, name) => {
    serve(sent.split(' '), 'TLSv1.2');
    const { presented } = await seen([]);
    expect(presented).toMatchObject({ leadsToTrustedRoot: false, untrusted: { fault, name } });
    expect(await opensslTakes('-CAfile', 'root.pem')).toBe(false);
  });
});

describe('trust in another root, held against OpenSSL', () => {
  test.each([
    ['leaf crossed', {}],
    ['leaf int crossed', {}],
    ['leaf root int stranger crossed', {}],
    ['leaf crossed-old', { fault: 'expired' }],
    ['leaf int', { fault: 'issuer-missing' }],
    ['leaf int root', { fault: 'unknown-root' }],
    ['stranger', {}],
  ])('%s', async (sent, { fault }: { readonly fault?: string }) => {
    tls.setDefaultCACertificates([read('other')]);
    serve(sent.split(' '), 'TLSv1.3');
    const { presented } = await seen([]);
    tls.setDefaultCACertificates([read('root')]);
    expect(presented.untrusted?.fault).toBe(fault);
    const isFound = presented.leadsToTrustedRoot && presented.isPathHidden !== true;
    expect(await opensslTakes('-CAfile', 'other.pem')).toBe(isFound);
  });
});

describe('a chain with one thing odd, held against OpenSSL with each record that could fit', () => {
  /** A name with a part behind an asterisk is refused, one with a dot at its end is read: our choices. */
  const oursAlone = (sent: string, record: string): boolean =>
    /^(?:wild-part|dotted) /.test(sent) &&
    record.startsWith('2') &&
    !record.includes(sent.split(' ')[0] ?? '');
  test.each(oddChains)(
    '%s',
    async (sent) => {
      const chain = sent.split(' ');
      serve(chain, 'TLSv1.3');
      for (const [depth, name] of chain.entries())
        for (const kind of depth === 0
          ? ['3 1 1', '3 0 1', '2 0 1']
          : ['2 0 1', '2 1 1', '2 0 0', '2 1 0']) {
          const record = `${kind} of ${name}`;
          const { match } = await seen([record]);
          const isOurs = match?.kind === 'authenticated';
          const isTheirs = await opensslMatches([record]);
          expect([record, isOurs]).toEqual([record, isTheirs !== oursAlone(sent, record)]);
        }
      const { presented } = await seen([]);
      // The dates of the server's own certificate are for the policy to judge.
      if (/^(?:expired|future) /.test(sent)) return;
      expect(presented.leadsToTrustedRoot).toBe(await opensslTakes('-CAfile', 'root.pem'));
    },
    30_000,
  );
});

describe('octets of a handshake', () => {
  test('that are none, or cut off, hold no certificates and never throw', () => {
    const plain = Buffer.from('1603030006010000020303', 'hex');
    for (let length = 0; length <= plain.length; length += 1)
      expect(certificatesIn(plain.subarray(0, length), undefined)).toBeUndefined();
    for (let seed = 0; seed < 500; seed += 1) {
      const noise = createHash('sha512').update(String(seed)).digest();
      const record = Buffer.concat([Buffer.from([22, 3, 3, 0, 64 + 4, 11, 0, 0, 64]), noise]);
      expect(() => certificatesIn(record, noise)).not.toThrow();
      expect(() => certificatesIn(noise, noise)).not.toThrow();
    }
  });

  test.each([
    ['a named alert', '15030300020228', undefined, { kind: 'alert', alert: 'handshake_failure' }],
    ['an alert without a name', '150303000202fe', undefined, { kind: 'alert', alert: '254' }],
    ['TLS 1.0', '160301000602000002 0301', undefined, { kind: 'old-version', version: 'TLS 1.0' }],
    ['words', '3530322068656c6c6f', undefined, { kind: 'not-tls' }],
    ['nothing', '', 'ECONNRESET', { kind: 'closed' }],
    ['nothing wrong', '', 'ERR_SSL_X', { kind: 'refused-here', code: 'ERR_SSL_X' }],
  ] as const)('tell of %s', (_, hex, code, trouble) => {
    expect(troubleIn(Buffer.from(hex.replaceAll(' ', ''), 'hex'), code)).toEqual(trouble);
  });
});
