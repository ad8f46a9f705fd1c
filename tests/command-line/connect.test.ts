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
import {
  connectAll,
  connectionsJson,
  sayConnections,
  type Connected,
} from '../../src/command-line/connect.ts';
import { headAfterConnecting } from '../../src/command-line/connect-head.ts';
import { printed } from '../../src/command-line/terminal.ts';
import { inspect } from '../../src/core/check/inspect.ts';
import type { Report } from '../../src/core/check/report.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { parseAnchors } from '../../src/world/live/anchor.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { showReport } from '../../src/view/check/report-view.ts';
import { messageFiles, wordFiles } from '../house/words.ts';
import { openLive } from '../../src/world/live/live.ts';
import { runLive } from '../../src/world/run.ts';
import { noPostfixBecause, startPostfix, type RunningPostfix } from '../testbed/postfix.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import type { Signing, ZoneSpec } from '../testbed/zone-spec.ts';
import { speak } from './spoken.ts';
import { starttlsServer } from './starttls-server.ts';

const signing: Signing = { algorithm: 'ECDSAP256SHA256', denial: 'nsec' };
const names = ['mx.post.test', 'mx.anchored.test', 'mx.policy.test', 'mta-sts.policy.test'];
const never = new AbortController().signal;
const english = sayWith(
  Object.assign({}, ...messageFiles().map((room) => wordFiles(room).en)) as Record<string, string>,
  'en',
);
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
      {
        ...{ name: 'three.test', signing },
        records: [
          '@ IN MX 10 mx',
          ...[1, 2, 3].map((last) => `mx IN A 127.0.0.${last}`),
          `_25._tcp.mx IN TLSA 3 1 1 ${digest(spki)}`,
        ],
      },
      zone('unhosted.test', '_mta-sts IN TXT "v=STSv1; id=1"'),
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

const rulesOf = (connected: Connected) =>
  connected.hosts.flatMap(({ told }) => told.map(({ rule }) => rule));

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
  interface Head {
    readonly standing: string;
    readonly dnsStanding: string;
    readonly sentence: string;
    readonly actions: readonly { readonly id: string; readonly who: string }[];
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
    expect(said.out).toContain('post.test is protected by DANE');
    expect(said.out).not.toContain('not checked here');
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
    const { standing, dnsStanding, sentence, actions } = JSON.parse(said.out) as Head;
    expect({ standing, dnsStanding }).toEqual({ standing: 'dane-fails', dnsStanding: 'dane' });
    expect(sentence).toContain('delivers no mail to rolled.test');
    expect(actions[0]).toMatchObject({ id: 'match-tlsa', who: 'you' });
    const { out } = await connect('rolled.test');
    expect(out.split('\n')[0]).toContain(`Critical: ${sentence} Do this: `);
    expect(out).not.toContain('not checked here');
  }, 60_000);

  test('is shown where there is no TLSA record, and nothing is called a match', async () => {
    const said = await connect('bare.test', '--json');
    expect(hostOf(said.out)).toMatchObject({ starttls: true });
    expect(hostOf(said.out)?.dane).toBeUndefined();
  }, 60_000);
});

describe('a server that does what none should', () => {
  /** Says `script[n]` at the nth line it hears; the first is the greeting. */
  const serverOf = (
    script: readonly string[],
    atTls?: (socket: net.Socket) => void,
    staysOpen = false,
  ) =>
    new Promise<net.Server>((resolve) => {
      const server = net.createServer((socket) => {
        let at = 0;
        const say = () => {
          const line = script[at++];
          if (line !== undefined) socket.write(line);
          else if (!staysOpen) socket.end();
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

  const plain = ['220 hi\r\n', '250 STARTTLS\r\n'] as const;
  const brokenTls = (octets: string) => (socket: net.Socket) =>
    void socket.once('data', () => socket.end(Buffer.from(octets, 'hex')));
  const oldTls = (socket: net.Socket) => {
    const context = tls.createSecureContext({
      key: readFileSync(path('leaf.key')),
      cert: readFileSync(path('leaf.pem')),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    new tls.TLSSocket(socket, { isServer: true, secureContext: context }).on(
      'error',
      () => undefined,
    );
  };
  /** What it says (`…`: nothing more, and the line stays open) · the cause, in English · the exit code. */
  test.each<
    [string, readonly string[], ((socket: net.Socket) => void) | undefined, string, number]
  >([
    ['554', ['554-no\r\n554 not you\r\n'], undefined, 'turns us away: 554-no 554 not you', 3],
    ['a web server', ['HTTP/1.1 400 Bad\r\n'], undefined, 'It sends: “HTTP/1.1 400 Bad”', 3],
    ['an empty line', ['\r\n'], undefined, 'does not greet as a mail server does', 3],
    ['a reply to something else', ['250 ok\r\n'], undefined, 'It sends: “250 ok”', 3],
    ['421', ['421 too busy\r\n'], undefined, 'turns us away: 421 too busy', 3],
    ['554 without an end', ['554 go away'], undefined, 'turns us away: 554 go away', 3],
    ['nothing', ['…'], undefined, 'sends no greeting within 1 seconds', 3],
    ['half a greeting', ['220-wait\r\n…'], undefined, 'sends no greeting within 1 seconds', 3],
    ['nothing, and hangs up', [], undefined, 'closes it before sending a greeting', 3],
    ['all day long', [`220-${'x'.repeat(40_000)}`], undefined, 'greeting does not end', 3],
    ['nothing to EHLO', ['220 hi\r\n', '…'], undefined, 'does not answer EHLO', 3],
    ['no more after EHLO', ['220 hi\r\n'], undefined, 'closes the connection after EHLO', 3],
    [
      '502 to EHLO',
      ['220 hi\r\n', '502 what\r\n'],
      undefined,
      'not accept EHLO. It answers: 502 what',
      1,
    ],
    [
      '454 to STARTTLS',
      [...plain, '454 later\r\n'],
      undefined,
      'not accept STARTTLS. It answers: 454 later',
      1,
    ],
    ['nothing to STARTTLS', [...plain, '…'], undefined, 'said nothing for 1 seconds', 1],
    ['more than 220', [...plain, '220 go\r\n250 x\r\n'], undefined, 'could come from anyone', 1],
    ['words for TLS', plain, brokenTls('3530322077686174'), 'is not TLS', 1],
    ['an alert', plain, brokenTls('15030300020228'), 'the alert handshake_failure', 1],
    ['that TLS is too new', plain, brokenTls('15030100020246'), 'will not use TLS 1.2', 1],
    ['TLS 1.0', plain, oldTls, 'TLS 1.2', 1],
    ['no more in TLS', plain, brokenTls(''), 'closed during the TLS handshake', 1],
  ])(
    'says %s, and that is told',
    async (_, script, atTls, says, code) => {
      const server = await serverOf(
        script.map((line) => line.replace('…', '')),
        atTls,
        script.some((line) => line.endsWith('…')),
      );
      const connected = await connectAll(await reportOf('post.test'), portOf(server), never, {
        seconds: 1,
      });
      server.close();
      expect(printed(sayConnections(english, connected))).toContain(says);
      expect(JSON.stringify(connectionsJson(english, connected))).toContain(says);
      expect(connected.code).toBe(code);
      // "No connection" is never said of a server that did answer.
      if (code === 3)
        expect(printed(sayConnections(english, connected))).not.toContain('No connection');
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

describe('each address and each kind of certificate', () => {
  let rsa: { readonly key: Buffer; readonly cert: Buffer };
  beforeAll(() => {
    openssl(
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '30',
        '-subj',
        '/CN=mx.three.test',
      ],
      ...['-keyout', 'rsa.key', '-out', 'rsa.pem'],
    );
    rsa = { key: readFileSync(path('rsa.key')), cert: readFileSync(path('rsa.pem')) };
  });
  const ecdsa = (): Pair => ({
    key: readFileSync(path('leaf.key')),
    cert: readFileSync(path('leaf.pem')),
  });
  interface Pair {
    readonly key: Buffer;
    readonly cert: Buffer;
  }

  /** A mail server with these certificates at one address; the port is that of the first one. */
  const mailServer = (address: string, port: number, pairs: readonly Pair[]) => {
    const context = tls.createSecureContext({
      key: pairs.map(({ key }) => key),
      cert: pairs.map(({ cert }) => cert),
    });
    const server = starttlsServer(context);
    return new Promise<net.Server>((resolve) =>
      server.listen(port, address, () => resolve(server)),
    );
  };

  /** `addresses`: what stands at 127.0.0.1, .2 and .3; undefined: nothing answers. */
  async function seen(
    addresses: readonly (readonly Pair[] | undefined)[],
    manner: Parameters<typeof connectAll>[3],
  ) {
    const servers: net.Server[] = [];
    let port = 0;
    for (const [index, pairs] of addresses.entries()) {
      if (pairs === undefined) continue;
      const server = await mailServer(`127.0.0.${index + 1}`, port, pairs);
      port = (server.address() as AddressInfo).port;
      servers.push(server);
    }
    const connected = await connectAll(await reportOf('three.test'), port, never, {
      seconds: 5,
      ...manner,
    });
    for (const server of servers) server.close();
    const sessions = connectionsJson(english, connected).hosts.map(
      ({ address, certificates, channel, dane }) => [
        address?.slice(-1),
        certificates,
        channel,
        dane?.authenticated,
      ],
    );
    return { connected, sessions: sessions.toSorted() };
  }

  test('the first that answers is enough unless each is asked for', async () => {
    const { sessions, connected } = await seen([undefined, [ecdsa()], undefined], {});
    expect(sessions).toEqual([['2', undefined, 'encrypted', true]]);
    expect(connected.code).toBe(0);
  }, 60_000);

  test('one address of three that does not answer is no answer about it', async () => {
    const { sessions, connected } = await seen([[ecdsa()], undefined, [ecdsa()]], {
      everyAddress: true,
    });
    expect(sessions).toEqual([
      ['1', undefined, 'encrypted', true],
      ['2', undefined, 'not-reached', undefined],
      ['3', undefined, 'encrypted', true],
    ]);
    expect(connected.verdict).toEqual({
      ...{ standing: 'not-reached', hosts: ['mx.three.test'], outcome: 'unknown' },
    });
    expect(connected.code).toBe(3);
  }, 60_000);

  test('one address with another certificate is found, and named', async () => {
    const { connected } = await seen([[ecdsa()], [rsa], [ecdsa()]], { everyAddress: true });
    expect(connected.verdict).toMatchObject({ standing: 'dane-fails-some', outcome: 'fault' });
    expect(connected.code).toBe(1);
    const report = await reportOf('three.test');
    const head = headAfterConnecting(english, showReport(report, new Map()), report, connected);
    expect(JSON.stringify(head.cards)).toContain('mx.three.test (127.0.0.2)');
    expect(head.actions.filter(({ id }) => id === 'match-tlsa')).toHaveLength(1);
  }, 60_000);

  test('a second certificate that fits no record is found only when it is asked for', async () => {
    const both = [rsa, ecdsa()];
    const without = await seen([both], {});
    const kinds = ['rsa', 'ecdsa'] as const;
    const { sessions, connected } = await seen([both], { kinds });
    expect(without.connected.code).toBe(0);
    expect(sessions).toEqual([
      ['1', 'ecdsa', 'encrypted', true],
      ['1', 'rsa', 'encrypted', false],
    ]);
    expect(connected.code).toBe(1);
  }, 60_000);

  test('a kind that the server does not have is no fault', async () => {
    const { sessions, connected } = await seen([[ecdsa()]], { kinds: ['rsa', 'ecdsa'] });
    expect(sessions).toEqual([
      ['1', 'ecdsa', 'encrypted', true],
      ['1', 'rsa', 'no-such-certificate', undefined],
    ]);
    expect(connected.code).toBe(0);
    expect(printed(sayConnections(english, connected))).toContain('no certificate of this kind');
  }, 60_000);

  test('alone, a kind that the server does not have is a server without encryption', async () => {
    const { connected } = await seen([[ecdsa()]], { kinds: ['rsa'] });
    expect(connected.verdict.standing).toBe('dane-fails');
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

  /** A policy host on its own: what it does once TLS stands, or before. */
  const hostOf = (onSecure: (socket: tls.TLSSocket) => void) =>
    new Promise<tls.Server>((resolve) => {
      const server = tls.createServer(
        { key: readFileSync(path('leaf.key')), cert: readFileSync(path('leaf.pem')) },
        (socket) => {
          socket.on('error', () => undefined);
          socket.once('data', () => onSecure(socket));
        },
      );
      server.listen(0, '127.0.0.1', () => resolve(server));
    });
  const answering =
    (text_: string, isEnd = true) =>
    (socket: tls.TLSSocket) =>
      void (isEnd ? socket.end(text_) : socket.write(text_));
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\n';
  const change = 'HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n';

  test.each<[string, (socket: tls.TLSSocket) => void, string]>([
    ['says nothing', () => undefined, 'has TLS, but gives no complete answer within 1 seconds'],
    ['drips', answering(`${head}ver`, false), 'has TLS, but gives no complete answer within 1'],
    ['is cut off', answering(`${head}ver`), 'has TLS, but the connection ended before the answer'],
    ['hangs up', answering(''), 'has TLS, but the connection ended before the answer did'],
    ['speaks no HTTP', answering('220 mail\r\n'), 'has TLS, but what follows is not usable HTTP'],
    [
      'has a huge header',
      answering(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(90_000)}`, false),
      'has TLS, but what follows is not usable HTTP',
    ],
    // An answer, so that what is looked at first is the certificate: one of a test.
    ['changes to another protocol', answering(change, false), 'certificate is not valid'],
    ['changes, and hangs up', answering(change), 'certificate is not valid'],
  ])(
    'whose host %s is not called one without TLS',
    async (_, onSecure, says) => {
      const server = await hostOf(onSecure);
      const connected = await connectAll(await reportOf('policy.test'), 1, never, {
        ...{ policyPort: (server.address() as AddressInfo).port, seconds: 1 },
      });
      server.close();
      expect(printed(sayConnections(english, connected))).toContain(says);
    },
    60_000,
  );

  test('whose host is no TLS at all is told so, and so is one that is not there', async () => {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.resume();
      socket.end('220 mail\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const policyPort = (server.address() as AddressInfo).port;
    const report = await reportOf('policy.test');
    const spoken = await connectAll(report, 1, never, { policyPort, seconds: 1 });
    expect(printed(sayConnections(english, spoken))).toContain('is not TLS');
    await new Promise((resolve) => server.close(resolve));
    const absent = await connectAll(report, 1, never, { policyPort, seconds: 1 });
    expect(printed(sayConnections(english, absent))).toContain('port 443 is closed');
  }, 60_000);

  test('that is announced by a domain without a policy host cannot be had, which the DNS tells too', async () => {
    const report = await reportOf('unhosted.test');
    const stsOf = (of: Report) => showReport(of).cards.find(({ id }) => id === 'mta-sts')?.standing;
    expect(stsOf(report)).toBe('no-policy-host');
    expect(stsOf(await reportOf('policy.test'))).toBe('found');
    const connected = await connectAll(report, 1, never);
    expect(printed(sayConnections(english, connected))).toContain('The policy host has no address');
    expect(connected.verdict.standing).toBe('policy-fails');
  }, 60_000);

  test('that is right and helps nobody is told so', async () => {
    const short = 'version: STSv1\r\nmode: enforce\r\nmx: 192.0.2.1\r\nmax_age: 60\r\n';
    const server = await servePolicy(200, text, short);
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([readFileSync(path('ca.pem'), 'utf8')]);
    try {
      const policyPort = (server.address() as AddressInfo).port;
      const connected = await connectAll(await reportOf('policy.test'), 1, never, { policyPort });
      const told = printed(sayConnections(english, connected));
      for (const says of ['Line 3, character 5: This is an IP address', 'shorter than a day'])
        expect(told).toContain(says);
    } finally {
      tls.setDefaultCACertificates(before);
      server.close();
    }
  }, 60_000);

  /** status, headers, body, certificate of · what is told, as far as the roots are trusted */
  test.each<[number, Record<string, string>, string, boolean, readonly string[]]>([
    [301, { location: 'https://x.test/p' }, '', true, ['status 301', 'https://x.test/p']],
    [404, text, 'no', true, ['status 404']],
    [200, { 'content-type': 'text/html' }, good, true, ['says that the file is text/html']],
    [200, {}, good, true, ['does not say what kind of file']],
    [200, text, good.replace('enforce', 'Enforce'), true, ['Line 2, character 7', 'mean enforce?']],
    [200, text, `\ufeff${good}`, true, ['Line 1, character 1', 'BOM']],
    [200, text, good.replace('max_age', 'max-age'), true, ['Line 4', 'mean max_age?']],
    [200, text, good, false, ['issuer CN=Test CA was not sent']],
  ])(
    'with status %i, %j and %j tells why not',
    async (status, headers, body, isTrusted, says) => {
      const server = await servePolicy(status, headers, body);
      const before = tls.getCACertificates('default');
      if (isTrusted) tls.setDefaultCACertificates([readFileSync(path('ca.pem'), 'utf8')]);
      try {
        const report = await reportOf('policy.test');
        const connected = await connectAll(report, 1, never, {
          policyPort: (server.address() as AddressInfo).port,
        });
        const told = printed(sayConnections(english, connected));
        for (const each of says) expect(told).toContain(each);
        expect(connected.verdict).toMatchObject({ standing: 'policy-fails', outcome: 'fault' });
        const top = headAfterConnecting(english, showReport(report), report, connected);
        expect(top.sentence.key).toBe('cli.head.policy-fails');
        const card = top.cards.find(({ id }) => id === 'mta-sts');
        expect(JSON.stringify(card)).toContain(says[0]);
        expect(JSON.stringify(top)).not.toContain('not-checkable');
      } finally {
        tls.setDefaultCACertificates(before);
        server.close();
      }
    },
    60_000,
  );

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
        const connected = await connectAll(await reportOf('policy.test'), 1, never, {
          policyPort: (server.address() as AddressInfo).port,
        });
        expect(connected.policy?.told.map(({ rule: each }) => each)).toContain(rule);
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
