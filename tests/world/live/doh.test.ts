/** What a resolver over HTTP may do to us, by a real server: how often it is asked again, and when; where it sends us; how much. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { openDoh } from '../../../src/world/live/doh.ts';

/** The status of request `count`, from 1. */
let statusOf: (count: number) => number;
let location = '';
let count = 0;
let underWay = 0;
/** How many were asked at once, for each request that comes after a refusal. */
let beside: number[] = [];
let refused = new Set<string>();
let server: Server;
let address: string;

beforeEach(async () => {
  [count, underWay, beside, refused] = [0, 0, [], new Set()];
  server = createServer((request, response) => {
    const query = Buffer.from(
      new URL(request.url ?? '/', 'http://resolver.test').searchParams.get('dns') ?? '',
      'base64url',
    );
    const status = statusOf(++count);
    underWay += 1;
    const name = query.toString('latin1');
    if (refused.has(name)) beside.push(underWay);
    if (status !== 200) refused.add(name);
    // The question itself, with the bit that says "answer": an answer without records.
    query[2] = (query[2] ?? 0) | 0x80;
    setTimeout(() => {
      underWay -= 1;
      response.writeHead(status, { 'content-type': 'application/dns-message', location });
      response.end(status === 200 ? query : undefined);
    }, 20);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const ask = (names: number, signal?: AbortSignal) => {
  const doh = openDoh({ address, ...(signal && { signal }) });
  return Promise.all(
    Array.from({ length: names }, (_, index) =>
      doh.ask({ ask: 'message', name: nameOf(`n${index}.test.`), type: 'MX' }),
    ),
  );
};

test('each third request refused: every question is answered, and who was refused is asked one at a time', async () => {
  statusOf = (nth) => (nth % 3 === 0 ? 429 : 200);
  const answers = await ask(24);
  expect(answers.map(({ kind }) => kind)).toEqual(Array(24).fill('message'));
  expect(beside.length).toBeGreaterThanOrEqual(8);
  expect(Math.max(...beside)).toBe(1);
}, 20_000);

test.each([
  { status: 429, requests: 5, title: 'a resolver that only refuses is asked five times' },
  { status: 503, requests: 3, title: 'one that is out of order three times' },
  { status: 404, requests: 1, title: 'one that does not know us once' },
])(
  '$title, and then its status is told',
  async ({ status, requests }) => {
    statusOf = () => status;
    const [answer] = await ask(1);
    expect(answer).toMatchObject({ kind: 'failed', transport: { kind: 'http-status', status } });
    expect(count).toBe(requests);
  },
  20_000,
);

test('who cancels while waiting for another try is not asked again', async () => {
  const cancelling = new AbortController();
  statusOf = () => {
    setTimeout(() => cancelling.abort(), 60);
    return 429;
  };
  const answers = await ask(3, cancelling.signal);
  expect(answers.map(({ kind }) => kind)).toEqual(Array(3).fill('failed'));
  expect(count).toBe(3);
}, 20_000);

describe('a resolver that sends us elsewhere', () => {
  let reached: string[] = [];
  let elsewhere: Server;
  beforeEach(async () => {
    reached = [];
    elsewhere = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
  });
  afterEach(() => {
    elsewhere.close();
    elsewhere.closeAllConnections();
  });
  const portOf = (of: Server) => (of.address() as AddressInfo).port;

  test.each([301, 302, 303, 307, 308])(
    'by %i, to another origin, another host, in clear text or to itself, is not followed, and that is said',
    async (status) => {
      for (const target of [
        `http://127.0.0.1:${portOf(elsewhere)}/dns-query`,
        `http://localhost:${portOf(elsewhere)}/dns-query`,
        `//127.0.0.1:${portOf(elsewhere)}/x`,
        '/elsewhere',
        '',
      ]) {
        statusOf = () => status;
        location = target;
        count = 0;
        const [answer] = await ask(1);
        expect(answer).toEqual({
          ...{ kind: 'failed', why: 'indeterminate', transport: { kind: 'redirected' } },
        });
        expect(count).toBe(1);
      }
      expect(reached).toEqual([]);
    },
  );

  test('a 304, which leads nowhere, is an error like any other', async () => {
    statusOf = () => 304;
    const [answer] = await ask(1);
    expect(answer).toMatchObject({ transport: { kind: 'http-status', status: 304 } });
  });
});

test('what is refused is not read on: an endless body under an error, or under another label', async () => {
  for (const [status, type] of [
    [404, 'application/dns-message'],
    [307, 'application/dns-message'],
    [200, 'text/html'],
    [200, 'application/dns-message'],
  ] as const) {
    let sent = 0;
    let closed: Promise<unknown> | undefined;
    server.removeAllListeners('request');
    server.on('request', (_, response) => {
      response.writeHead(status, { 'content-type': type, location: '/' });
      const piece = Buffer.alloc(65_536);
      const more = () => {
        while (!response.destroyed && sent < 500_000_000 && response.write(piece))
          sent += piece.length;
      };
      response.on('drain', more);
      closed = once(response, 'close');
      more();
    });
    const before = performance.now();
    const [answer] = await ask(1);
    expect(answer?.kind).toBe('failed');
    await closed;
    expect(performance.now() - before).toBeLessThan(1000);
    expect(sent).toBeLessThan(50_000_000);
  }
}, 20_000);
