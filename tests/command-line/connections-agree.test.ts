/**
 * Forty ways in which a mail server may behave, each with a TLSA record: what we say of the server is what
 * `openssl s_client` with DANE says of it, and where it does not fit the reason is told in words.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAll, connectionsJson, sayConnections } from '../../src/command-line/connect.ts';
import { schemas } from '../../src/command-line/schemas.ts';
import { printed } from '../../src/command-line/terminal.ts';
import { inspect } from '../../src/core/check/inspect.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { parseAnchors } from '../../src/world/live/anchor.ts';
import { openLive } from '../../src/world/live/live.ts';
import { runLive } from '../../src/world/run.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { run } from '../monitoring/run.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { speak } from './spoken.ts';

const say = sayWith(readWords().en, 'en');
let folder: string;
let bed: Testbed;
const path = (name: string) => join(folder, name);
const openssl = (...given: string[]): Buffer =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const read = (name: string) => readFileSync(path(`${name}.pem`), 'utf8');

/** Certificates of one authority: name, the name in it, key, and dates. */
const certificates = {
  ecdsa: {
    of: 'mx',
    key: ['EC', 'ec_paramgen_curve:P-256'],
    from: '20260101000000Z',
    to: '20350101000000Z',
  },
  p384: {
    of: 'mx',
    key: ['EC', 'ec_paramgen_curve:P-384'],
    from: '20260101000000Z',
    to: '20350101000000Z',
  },
  ed25519: { of: 'mx', key: ['ED25519'], from: '20260101000000Z', to: '20350101000000Z' },
  rsa: {
    of: 'mx',
    key: ['RSA', 'rsa_keygen_bits:2048'],
    from: '20260101000000Z',
    to: '20350101000000Z',
  },
  elsewhere: {
    of: 'other',
    key: ['EC', 'ec_paramgen_curve:P-256'],
    from: '20260101000000Z',
    to: '20350101000000Z',
  },
  expired: {
    of: 'mx',
    key: ['EC', 'ec_paramgen_curve:P-256'],
    from: '20200101000000Z',
    to: '20210101000000Z',
  },
} as const;
type CertificateName = keyof typeof certificates;

/** The zones: one for each record, whose name says what it is of. */
const records: Readonly<Record<string, readonly [string, CertificateName | 'ca']>> = {
  key: ['3 1 1', 'ecdsa'],
  whole: ['3 0 1', 'ecdsa'],
  long: ['3 1 2', 'ecdsa'],
  issuer: ['2 0 1', 'ca'],
  'issuer-key': ['2 1 1', 'ca'],
  'rsa-key': ['3 1 1', 'rsa'],
  'p384-key': ['3 1 1', 'p384'],
  'ed-key': ['3 1 1', 'ed25519'],
  'expired-key': ['3 1 1', 'expired'],
  'elsewhere-key': ['3 1 1', 'elsewhere'],
};
const zoneOf = (record: string) => `${record}.test`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-agree-'));
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...[
      '-days',
      '30',
      '-subj',
      '/CN=Test CA',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-addext',
      'keyUsage=keyCertSign',
    ],
  );
  writeFileSync(
    path('settings'),
    '[ca]\ndefault_ca=d\n[d]\ndatabase=index\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=optional\n',
  );
  writeFileSync(path('serial'), '1000');
  for (const [name, { of, key, from, to }] of Object.entries(certificates)) {
    const [algorithm, option] = key as readonly [string, string?];
    openssl(
      ...['genpkey', '-algorithm', algorithm, ...(option ? ['-pkeyopt', option] : [])],
      ...['-out', `${name}.key`],
    );
    openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    const names = Object.keys(records).map((each) => `DNS:${of}.${zoneOf(each)}`);
    writeFileSync(path(`${name}.ext`), `subjectAltName=${names.join(',')}\n`);
    writeFileSync(path('index'), '');
    openssl(
      ...['ca', '-config', 'settings', '-batch', '-notext', '-in', `${name}.csr`],
      ...['-cert', 'ca.pem', '-keyfile', 'ca.key', '-startdate', from, '-enddate', to],
      ...['-extfile', `${name}.ext`, '-out', `${name}.pem`],
    );
  }
  bed = await startTestbed({
    bare: true,
    zones: Object.keys(records).map((record) => ({
      name: zoneOf(record),
      records: ['@ IN MX 10 mx', 'mx IN A 127.0.0.1', `_25._tcp.mx IN TLSA ${dataOf(record)}`],
      signing: { algorithm: 'ECDSAP256SHA256' },
    })),
  });
}, 180_000);
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** By openssl and not by us: what is compared must not have one source. */
const data = new Map<string, string>();
function dataOf(record: string): string {
  const known = data.get(record);
  if (known !== undefined) return known;
  const [fields, of] = records[record] ?? ['', 'ca'];
  const [, selector, matchingType] = fields.split(' ');
  writeFileSync(path('key.pub'), openssl('x509', '-in', `${of}.pem`, '-noout', '-pubkey'));
  const octets =
    selector === '0'
      ? openssl('x509', '-in', `${of}.pem`, '-outform', 'DER')
      : openssl('pkey', '-pubin', '-in', 'key.pub', '-outform', 'DER');
  const digest = createHash(matchingType === '1' ? 'sha256' : 'sha512')
    .update(octets)
    .digest('hex');
  data.set(record, `${fields} ${digest}`);
  return dataOf(record);
}

interface Behaviour {
  readonly shows?: readonly CertificateName[];
  /** The issuer with it; so it is unless said otherwise. */
  readonly alone?: boolean;
  readonly version?: tls.SecureVersion;
  readonly greeting?: string;
  readonly greetingAfterSeconds?: number;
  readonly ehlo?: string;
  readonly starttls?: string;
  /** Instead of TLS. */
  readonly garbage?: string;
}

function serve(behaviour: Behaviour): Promise<net.Server> {
  const { shows = ['ecdsa'], alone = false, version, greetingAfterSeconds = 0 } = behaviour;
  const {
    garbage,
    greeting = '220 mx',
    ehlo = '250-mx\r\n250 STARTTLS',
    starttls = '220 go',
  } = behaviour;
  const context = tls.createSecureContext({
    key: shows.map((name) => readFileSync(path(`${name}.key`))),
    cert: shows.map((name) => read(name) + (alone ? '' : read('ca'))),
    ...(version && { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' }),
  });
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    const greet = () => socket.write(`${greeting}\r\n`);
    if (greetingAfterSeconds > 0) setTimeout(greet, greetingAfterSeconds * 1000);
    else greet();
    if (!greeting.startsWith('220')) return void socket.end();
    const hear = (data: Buffer) => {
      if (/^QUIT/i.test(data.toString())) return void socket.end('221 bye\r\n');
      if (!/^STARTTLS/i.test(data.toString())) return void socket.write(`${ehlo}\r\n`);
      socket.off('data', hear);
      if (!starttls.startsWith('220')) return void socket.end(`${starttls}\r\n`);
      socket.write(`${starttls}\r\n`, () => {
        if (garbage !== undefined) return void socket.once('data', () => socket.end(garbage));
        new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on(
          'error',
          () => undefined,
        );
      });
    };
    socket.on('data', hear);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const fits = '';
/** What the server does · the record · the reason where it does not fit, in English. */
const cases: readonly (readonly [string, Behaviour, string, string])[] = [
  ...Object.keys(records)
    .filter((record) => ['key', 'whole', 'long', 'issuer', 'issuer-key'].includes(record))
    .flatMap((record) => [
      [`an ECDSA certificate`, {}, record, fits] as const,
      [`TLS 1.2 only`, { version: 'TLSv1.2' }, record, fits] as const,
      [`TLS 1.3 only`, { version: 'TLSv1.3' }, record, fits] as const,
    ]),
  ['an RSA certificate', { shows: ['rsa'] }, 'rsa-key', fits],
  ['a P-384 certificate', { shows: ['p384'] }, 'p384-key', fits],
  ['an Ed25519 certificate', { shows: ['ed25519'] }, 'ed-key', fits],
  ['another key', { shows: ['rsa'] }, 'key', "None of the server's certificates matches"],
  [
    'another certificate',
    { shows: ['p384'] },
    'whole',
    "None of the server's certificates matches",
  ],
  ['both kinds, of which ECDSA fits', { shows: ['rsa', 'ecdsa'] }, 'key', fits],
  ['the leaf alone', { alone: true }, 'key', fits],
  ['the leaf alone', { alone: true }, 'issuer', 'does not send'],
  ['an expired certificate', { shows: ['expired'] }, 'expired-key', fits],
  ['an expired certificate', { shows: ['expired'] }, 'issuer', 'expired'],
  ['a certificate in another name', { shows: ['elsewhere'] }, 'elsewhere-key', fits],
  ['a certificate in another name', { shows: ['elsewhere'] }, 'issuer', 'name'],
  ['a greeting of several lines', { greeting: '220-mx\r\n220 mx' }, 'key', fits],
  ['STARTTLS in lower case', { ehlo: '250-mx\r\n250 starttls' }, 'key', fits],
  ['STARTTLS among others', { ehlo: '250-mx\r\n250-STARTTLS\r\n250 SIZE 1' }, 'issuer', fits],
  ['a greeting after two seconds', { greetingAfterSeconds: 2 }, 'key', fits],
  ['a greeting after two seconds', { greetingAfterSeconds: 2 }, 'issuer', fits],
  ['554', { greeting: '554 not you' }, 'key', 'turns us away: 554 not you'],
  ['421', { greeting: '421 too busy' }, 'issuer', 'turns us away: 421 too busy'],
  [
    '454 to STARTTLS',
    { starttls: '454 later' },
    'key',
    'does not accept STARTTLS. It answers: 454 later',
  ],
  [
    '502 to EHLO',
    { ehlo: '502 what', starttls: '502 no' },
    'key',
    'does not accept EHLO. It answers: 502 what',
  ],
  [
    'no STARTTLS',
    { ehlo: '250-mx\r\n250 SIZE 1', starttls: '502 no' },
    'key',
    'sees no offer of STARTTLS',
  ],
  ['words for TLS', { garbage: 'hello there' }, 'key', 'is not TLS'],
  ['TLS 1.0 only', { version: 'TLSv1' }, 'key', 'TLS 1.2'],
  ['TLS 1.1 only', { version: 'TLSv1.1' }, 'issuer', 'TLS 1.2'],
];

describe('we and openssl say the same of a server', () => {
  test('there are forty of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  test.each(cases)(
    'with %s (%#)',
    async (_, behaviour, record, reason) => {
      const server = await serve(behaviour);
      const { port } = server.address() as AddressInfo;
      const anchors = parseAnchors(bed.anchors.join('\n'));
      if (!anchors.ok) throw new Error('the test bed gave no anchors');
      const live = openLive({ address: bed.doh, anchors: anchors.value });
      const { result } = await runLive(inspect(nameOf(zoneOf(record))), live);
      const connected = await connectAll(result, port, new AbortController().signal, {
        seconds: 5,
      });
      const { stdout, stderr } = await run('openssl', [
        ...['s_client', '-starttls', 'smtp', '-connect', `127.0.0.1:${port}`, '-brief'],
        ...['-dane_tlsa_domain', `mx.${zoneOf(record)}`, '-dane_tlsa_rrdata', dataOf(record)],
        // RFC 7671 §5.1: with usage 3 no name is looked at; by default this program does.
        ...[
          '-dane_ee_no_namechecks',
          '-verify_return_error',
          '-servername',
          `mx.${zoneOf(record)}`,
        ],
      ]);
      server.close();
      const isFine = (stdout + stderr).includes('Verification: OK');
      expect(isFine, stderr).toBe(reason === fits);
      expect(connected.hosts.map(({ seen }) => seen.dane === 'recognised')).toEqual([isFine]);
      expect(printed(sayConnections(say, connected))).toContain(reason);
      expect(connected.code === 0).toBe(isFine);
      const json: unknown = JSON.parse(JSON.stringify(connectionsJson(say, connected)));
      const { error } = schemas.check.shape.connect.safeParse(json);
      expect(error?.issues).toBeUndefined();
    },
    60_000,
  );

  test('a greeting that comes later than we wait for is no answer, and one word more finds it', async () => {
    const server = await serve({ greetingAfterSeconds: 2 });
    const { port } = server.address() as AddressInfo;
    const once = (seconds: string) =>
      speak([
        ...['check', zoneOf('key'), '--connect', '--quiet'],
        ...['--port', String(port), '--timeout', seconds, '--lang', 'en'],
        ...['--resolver', bed.doh, '--anchor', bed.anchorFile],
      ]);
    const short = await once('1');
    expect([short.code, short.out]).toEqual([3, expect.stringMatching(/^Unknown: We could not/)]);
    expect((await once('5')).code).toBe(0);
    server.close();
  }, 60_000);
});
