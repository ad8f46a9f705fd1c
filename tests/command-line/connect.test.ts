/**
 * `--connect` against a real Postfix with STARTTLS, and against servers that do what none should.
 * Certificates by openssl, names by the signed test bed; nothing leaves the loopback.
 */
import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAll, type Connected } from '../../src/command-line/connect.ts';
import { inspect } from '../../src/core/check/inspect.ts';
import type { Report } from '../../src/core/check/report.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { parseAnchors } from '../../src/world/anchor.ts';
import { openLive } from '../../src/world/live.ts';
import { runLive } from '../../src/world/run.ts';
import { noPostfixBecause, startPostfix, type RunningPostfix } from '../testbed/postfix.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import type { Signing, ZoneSpec } from '../testbed/zone-spec.ts';
import { speak } from './spoken.ts';

const signing: Signing = { algorithm: 'ECDSAP256SHA256', denial: 'nsec' };
const names = ['mx.post.test', 'mx.anchored.test', 'mx.policy.test', 'mta-sts.policy.test'];
const never = new AbortController().signal;
let folder: string;
let bed: Testbed;
let leaf: X509Certificate;
let authority: X509Certificate;

const openssl = (...given: string[]) =>
  execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
const path = (name: string) => join(folder, name);
const digest = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-connect-'));
  chmodSync(folder, 0o755);
  const curve = ['-pkeyopt', 'ec_paramgen_curve:P-256'];
  openssl(
    ...['req', '-x509', '-newkey', 'ec', ...curve, '-nodes', '-days', '30', '-subj', '/CN=Test CA'],
    ...['-keyout', 'ca.key', '-out', 'ca.pem', '-addext', 'keyUsage=keyCertSign'],
  );
  openssl(
    ...['req', '-newkey', 'ec', ...curve, '-nodes', '-subj', '/CN=mx.post.test'],
    ...['-keyout', 'leaf.key', '-out', 'leaf.csr'],
  );
  writeFileSync(path('ext'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`);
  openssl(
    ...['x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '20'],
    ...['-extfile', 'ext', '-out', 'leaf.pem'],
  );
  const read = (name: string) => readFileSync(path(name), 'utf8');
  writeFileSync(path('chain.pem'), read('leaf.key') + read('leaf.pem') + read('ca.pem'));
  leaf = new X509Certificate(read('leaf.pem'));
  authority = new X509Certificate(read('ca.pem'));
  const spki = leaf.publicKey.export({ type: 'spki', format: 'der' });
  const host = ['@ IN MX 10 mx', 'mx IN A 127.0.0.1'];
  const zone = (name: string, ...records: string[]): ZoneSpec => ({
    name,
    records: [...host, ...records],
    signing,
  });
  bed = await startTestbed({
    bare: true,
    zones: [
      zone('post.test', `_25._tcp.mx IN TLSA 3 1 1 ${digest(spki)}`),
      zone('anchored.test', `_25._tcp.mx IN TLSA 2 0 1 ${digest(authority.raw)}`),
      zone('misnamed.test', `_25._tcp.mx IN TLSA 2 0 1 ${digest(authority.raw)}`),
      zone('rolled.test', `_25._tcp.mx IN TLSA 3 1 1 ${'00'.repeat(32)}`),
      zone('bare.test'),
      zone('policy.test', '_mta-sts IN TXT "v=STSv1; id=1"', 'mta-sts IN A 127.0.0.1'),
    ],
  });
}, 60_000);

afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function reportOf(domain: string): Promise<Report> {
  const anchors = parseAnchors(bed.anchors.join('\n'));
  if (!anchors.ok) throw new Error('the test bed gave no anchors');
  const live = openLive({ address: bed.doh, anchors: anchors.value });
  return (await runLive(inspect(nameOf(domain)), live)).result;
}

const rulesOf = (connected: Connected) => connected.hosts.flatMap(({ rules }) => rules);

describe.skipIf(noPostfixBecause() !== undefined)('a real Postfix with STARTTLS', () => {
  let postfix: RunningPostfix;
  beforeAll(async () => {
    postfix = await startPostfix(path('chain.pem'));
  }, 60_000);
  afterAll(() => postfix.stop());

  const connect = (domain: string, ...more: string[]) =>
    speak([
      ...['check', domain, '--connect', '--port', String(postfix.port), '--lang', 'en'],
      ...['--resolver', bed.doh, '--anchor', bed.anchorFile, ...more],
    ]);
  interface Said {
    readonly connect: {
      readonly hosts: readonly {
        readonly starttls: boolean;
        readonly protocol: string;
        readonly dialogue: readonly string[];
        readonly chain: readonly { readonly names: readonly string[] }[];
        readonly dane?: { readonly authenticated: boolean; readonly fault?: string };
      }[];
    };
  }
  const hostOf = (out: string) => (JSON.parse(out) as Said).connect.hosts[0];

  test('shows its certificate, which fits the TLSA record of the key', async () => {
    const said = await connect('post.test', '--json');
    const host = hostOf(said.out);
    expect(host).toMatchObject({ starttls: true, dane: { authenticated: true } });
    expect(host?.protocol).toMatch(/^TLSv1\.[23]$/);
    expect(host?.chain[0]?.names).toEqual(names);
    expect(host?.chain).toHaveLength(2);
    expect(host?.dialogue.join('\n')).toContain('Postfix');
    expect(host?.dialogue.join('\n')).not.toMatch(/^(?:MAIL|RCPT|DATA)/m);
    expect(said.code).toBe(0);
  }, 60_000);

  test('is told in words too', async () => {
    const said = await connect('post.test');
    expect(said.out).toContain('The certificate matches a proven TLSA record.');
    expect(said.out).toContain('Certificate 0: mx.post.test');
    expect(said.code).toBe(0);
  }, 60_000);

  test('fits the TLSA record of its issuer', async () => {
    const said = await connect('anchored.test', '--json');
    expect(hostOf(said.out)?.dane).toMatchObject({ authenticated: true, depth: 1 });
    expect(said.code).toBe(0);
  }, 60_000);

  test('does not fit when the issuer is right and the name is not', async () => {
    const said = await connect('misnamed.test', '--json');
    expect(hostOf(said.out)?.dane).toMatchObject({ authenticated: false, fault: 'name' });
    expect(said.code).toBe(1);
  }, 60_000);

  test('does not fit the TLSA record of another key', async () => {
    const said = await connect('rolled.test', '--json');
    expect(hostOf(said.out)?.dane).toMatchObject({ authenticated: false, fault: 'no-match' });
    expect(said.code).toBe(1);
  }, 60_000);

  test('is shown where there is no TLSA record, and nothing is called a match', async () => {
    const said = await connect('bare.test', '--json');
    expect(hostOf(said.out)).toMatchObject({ starttls: true });
    expect(hostOf(said.out)?.dane).toBeUndefined();
  }, 60_000);
});

describe('a server that does what none should', () => {
  /** Says `script[n]` at the nth line it hears; the first is the greeting. */
  const serverOf = (script: readonly string[], atTls?: (socket: net.Socket) => void) =>
    new Promise<net.Server>((resolve) => {
      const server = net.createServer((socket) => {
        let at = 0;
        const say = () => {
          const line = script[at++];
          if (line === undefined) socket.destroy();
          else socket.write(line);
        };
        socket.on('error', () => undefined);
        say();
        const hear = (data: Buffer) => {
          if (atTls && data.toString().startsWith('STARTTLS')) {
            socket.off('data', hear);
            socket.write('220 go\r\n', () => atTls(socket));
          } else say();
        };
        socket.on('data', hear);
      });
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  const portOf = (server: net.Server) => (server.address() as AddressInfo).port;

  test.each([
    [
      'offers no STARTTLS',
      ['220 hi\r\n', '250-hi\r\n250 SIZE\r\n'],
      'smtp.starttls-not-offered',
      1,
    ],
    [
      'refuses STARTTLS',
      ['220 hi\r\n', '250 STARTTLS\r\n', '454 no\r\n'],
      'smtp.handshake-failed',
      1,
    ],
    [
      'slips in words before the handshake',
      ['220 hi\r\n', '250 STARTTLS\r\n', '220 go\r\n250 forged\r\n'],
      'smtp.handshake-failed',
      1,
    ],
    ['hangs up', ['220 hi\r\n', '250 STARTTLS\r\n', '220 go\r\n'], 'smtp.handshake-failed', 1],
    ['turns us away', ['554 not you\r\n'], 'smtp.host-unreachable', 3],
    ['talks without end', [`220-${'x'.repeat(40_000)}`], 'smtp.host-unreachable', 3],
  ] as const)(
    'one that %s',
    async (_, script, rule, code) => {
      const server = await serverOf(script);
      const connected = await connectAll(await reportOf('post.test'), portOf(server), never);
      server.close();
      expect(rulesOf(connected)).toContain(rule);
      expect(connected.hosts[0]?.dane).toBeUndefined();
      expect(connected.code).toBe(code);
    },
    60_000,
  );

  test('one that is not there', async () => {
    const server = await serverOf([]);
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    const connected = await connectAll(await reportOf('post.test'), port, never);
    expect(rulesOf(connected)).toEqual(['smtp.host-unreachable']);
    expect(connected.code).toBe(3);
  }, 60_000);

  test('one whose roots this machine would add is judged by what it sent', async () => {
    // Only the leaf is sent: the issuer named by TLSA is then not part of the proof (RFC 7671 §5.2.2).
    const context = tls.createSecureContext({
      key: readFileSync(path('leaf.key')),
      cert: readFileSync(path('leaf.pem')),
    });
    const server = await serverOf(['220 hi\r\n', '250 STARTTLS\r\n'], (socket) => {
      new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on(
        'error',
        () => undefined,
      );
    });
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([readFileSync(path('ca.pem'), 'utf8')]);
    try {
      const connected = await connectAll(await reportOf('anchored.test'), portOf(server), never);
      expect(connected.hosts[0]?.presented?.chain).toHaveLength(1);
      expect(connected.hosts[0]?.presented?.leadsToTrustedRoot).toBe(true);
      expect(connected.hosts[0]?.dane).toMatchObject({ kind: 'not-authenticated' });
    } finally {
      tls.setDefaultCACertificates(before);
      server.close();
    }
  }, 60_000);
});

describe('the policy', () => {
  const good = 'version: STSv1\r\nmode: enforce\r\nmx: mx.policy.test\r\nmax_age: 86400\r\n';
  const servePolicy = (status: number, headers: Record<string, string>, body: string) =>
    new Promise<https.Server>((resolve) => {
      const server = https.createServer(
        { key: readFileSync(path('leaf.key')), cert: readFileSync(path('leaf.pem')) },
        (_, response) => response.writeHead(status, headers).end(body),
      );
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  const text = { 'content-type': 'text/plain' };

  test.each([
    ['that is right', true, 200, text, good, 'mta-sts.policy-fetched'],
    [
      'whose host nobody vouches for',
      false,
      200,
      text,
      good,
      'mta-sts.policy-host-not-authenticated',
    ],
    [
      'that is elsewhere',
      true,
      302,
      { location: 'https://mta-sts.policy.test/x' },
      '',
      'mta-sts.policy-not-found',
    ],
    [
      'that is a web page',
      true,
      200,
      { 'content-type': 'text/html' },
      '<html>',
      'mta-sts.policy-not-text',
    ],
    [
      'with NULs',
      true,
      200,
      text,
      good.replace('enforce', 'enforce\0'),
      'mta-sts.policy-malformed',
    ],
    [
      'that is larger than allowed',
      true,
      200,
      text,
      `${good}x: ${'y'.repeat(70_000)}`,
      'mta-sts.policy-too-large',
    ],
  ] as const)(
    'one %s',
    async (_, isTrusted, status, headers, body, rule) => {
      const server = await servePolicy(status, { ...headers }, body);
      const before = tls.getCACertificates('default');
      if (isTrusted) tls.setDefaultCACertificates([readFileSync(path('ca.pem'), 'utf8')]);
      try {
        // Nobody listens for mail at port 1: here it is about the policy.
        const connected = await connectAll(
          await reportOf('policy.test'),
          1,
          never,
          (server.address() as AddressInfo).port,
        );
        expect(connected.policy?.rules).toContain(rule);
        expect(connected.policy?.fetched.kind).toBe(
          rule === 'mta-sts.policy-fetched' ? 'policy' : 'none',
        );
      } finally {
        tls.setDefaultCACertificates(before);
        server.close();
      }
    },
    60_000,
  );
});
