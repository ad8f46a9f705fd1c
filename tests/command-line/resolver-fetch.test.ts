/** DNS services by the version of HTTP they speak. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolverFetch } from '../../src/command-line/resolver-fetch.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { openDoh } from '../../src/world/live/doh.ts';

const folder = mkdtempSync(join(tmpdir(), 'sts-dane-http2-'));
const trusted = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
let server: http2.Http2SecureServer;
let connections = 0;
let origin = '';

beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const made = ['-keyout', key, '-out', cert, '-subj', '/CN=localhost', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...made], { stdio: 'ignore' });
  server = http2.createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) });
  server.on('session', () => (connections += 1));
  server.on('stream', (stream, headers) => {
    const path = headers[':path'] ?? '';
    if (path === '/silent') return;
    const status = Number(/^\/status\/(\d+)/.exec(path)?.[1]);
    if (status > 0) {
      stream.respond({ ':status': status, location: 'http://192.0.2.1/' });
      stream.end();
      return;
    }
    const isBusy = headers[':path'] === '/busy';
    stream.respond({ ':status': isBusy ? 429 : 200, 'content-type': 'application/dns-message' });
    stream.end(`${headers[':path']} ${String(headers['accept'])}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // The certificate is nobody's; who may be trusted is not what is tested here.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
});
afterAll(() => {
  if (trusted === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = trusted;
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a DNS service with HTTP/2 only', () => {
  test('is refused by the fetch of Node, and answers ours over one connection', async () => {
    await expect(globalThis.fetch(`${origin}/plain`)).rejects.toThrow('fetch failed');
    const fetch = resolverFetch();
    const accept = { headers: { accept: 'application/dns-message' } };
    const first = await fetch(`${origin}/dns-query?dns=AAAB`, accept);
    expect([first.status, first.headers.get('content-type')]).toEqual([
      200,
      'application/dns-message',
    ]);
    expect(await first.text()).toBe('/dns-query?dns=AAAB application/dns-message');
    const before = connections;
    const more = await Promise.all(
      Array.from({ length: 20 }, (_, index) => fetch(`${origin}/${index}`, accept)),
    );
    expect(await Promise.all(more.map((each) => each.text()))).toHaveLength(20);
    expect(connections).toBe(before);
  });

  test('that says "too many" is heard, and one that says nothing can be left', async () => {
    const fetch = resolverFetch();
    expect((await fetch(`${origin}/busy`)).status).toBe(429);
    await expect(
      fetch(`${origin}/silent`, { signal: AbortSignal.timeout(200) }),
    ).rejects.toBeDefined();
    expect((await fetch(`${origin}/again`)).status).toBe(200);
  });
});

test('whatever status HTTP/2 brings is an answer or an error, and a redirect is not followed', async () => {
  const fetch = resolverFetch();
  for (const status of [204, 205, 301, 303, 304, 307, 308, 599])
    expect((await fetch(`${origin}/status/${status}`)).status).toBe(status);
  const doh = openDoh({ address: `${origin}/status/307`, fetch });
  expect(await doh.ask({ ask: 'message', name: nameOf('a.nl'), type: 'MX' })).toMatchObject({
    transport: { kind: 'redirected' },
  });
});

test('a service that is not there is unreachable, as before', async () => {
  await expect(resolverFetch()('https://127.0.0.1:9/dns-query')).rejects.toThrow('ECONNREFUSED');
});

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('what a service packs unasked as %s is not unpacked', async (coding, pack) => {
  const packed = pack(Buffer.alloc(1_000_000));
  const asked: unknown[] = [];
  const packing = http.createServer((request, response) => {
    asked.push(request.headers['accept-encoding']);
    const type = { 'content-type': 'application/dns-message', 'content-encoding': coding };
    response.writeHead(200, type).end(packed);
  });
  await new Promise<void>((resolve) => packing.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(packing.address() as AddressInfo).port}/`;
  try {
    const fetch = resolverFetch();
    expect((await (await fetch(address)).arrayBuffer()).byteLength).toBe(packed.length);
    expect(asked).toEqual(['identity']);
    const doh = openDoh({ address, fetch });
    const answer = await doh.ask({ ask: 'message', name: nameOf('a.nl'), type: 'MX' });
    expect(answer).toMatchObject({ kind: 'failed', transport: { kind: 'unreadable' } });
  } finally {
    packing.closeAllConnections();
    packing.close();
  }
});

test.each([
  [
    'changes to another protocol',
    { kind: 'http-status', status: 101 },
    'HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
  ],
  [
    'has a status of its own',
    { kind: 'http-status', status: 999 },
    'HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n',
  ],
  ['says that it comes and hangs up', { kind: 'unreachable' }, 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['says nothing and hangs up', { kind: 'unreachable' }, ''],
  ['speaks no HTTP', { kind: 'unreachable' }, 'hello'],
] as const)(
  'a DNS service that %s is named for it, and is waited for no longer',
  async (_, transport, answer) => {
    const raw = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(raw.address() as AddressInfo).port}/`;
    const doh = openDoh({ address, fetch: resolverFetch(), retries: 0 });
    const got = await doh.ask({ ask: 'message', name: nameOf('a.nl'), type: 'MX' });
    expect(got).toMatchObject({ kind: 'failed', transport });
    raw.close();
  },
);
