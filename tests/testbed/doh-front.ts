/**
 * A DNS-over-HTTPS front (RFC 8484) for the test bed: GET and POST on `/dns-query`, CORS for any
 * origin, queries passed on over UDP and again over TCP when cut short.
 *
 * Faults and lies are asked for in the address, so that a page can be pointed at a bad resolver:
 * `?x-fault=503|429|404|html|cut|nocors|silent|servfail|nxdomain|reset`, `?x-fault=redirect&x-to=ADDRESS`,
 * `&x-every=3` for each third request only, `&x-only=TLSA` for one type only, `&x-delay=100`, and `?x-lie=` with a name from `lies.ts`.
 */
import dgram from 'node:dgram';
import http from 'node:http';
import net from 'node:net';
import { tell, lies, type Lie } from './lies.ts';
import { nameText, readMessage, types, writeMessage, nameLabels } from './message.ts';

export interface FrontOptions {
  /** `host:port` of the resolver behind. */
  readonly upstream: string;
  /** `host:port` that serves older versions to whoever asks from this address. */
  readonly stale?: { readonly upstream: string; readonly from: string };
  readonly port?: number;
  /** Added to every answer. */
  readonly delayMilliseconds?: number;
}

export interface AskedQuery {
  readonly name: string;
  readonly type: number;
  /** Octets of the answer's DNS message. */
  readonly answerBytes: number;
}

export interface Front {
  /** `http://127.0.0.1:PORT/dns-query` */
  readonly address: string;
  readonly port: number;
  /** Every query since the start, in the order of the answers. */
  readonly asked: readonly AskedQuery[];
  /** Requests being answered at once, at most, since the start. */
  readonly peak: () => number;
  readonly stop: () => Promise<void>;
}

const place = (text: string): [host: string, port: number] => {
  const colon = text.lastIndexOf(':');
  return [text.slice(0, colon), Number(text.slice(colon + 1))];
};

function overUdp(query: Buffer, upstream: string, from = '127.0.0.1'): Promise<Buffer> {
  const [host, port] = place(upstream);
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    const timer = setTimeout(() => {
      socket.close();
      reject(new Error('the resolver is silent'));
    }, 5000);
    const end = () => {
      clearTimeout(timer);
      socket.close();
    };
    socket.once('error', (error) => {
      end();
      reject(error);
    });
    socket.once('message', (message) => {
      end();
      resolve(message);
    });
    socket.bind(0, from, () => socket.send(query, port, host));
  });
}

function overTcp(query: Buffer, upstream: string): Promise<Buffer> {
  const [host, port] = place(upstream);
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, host);
    const parts: Buffer[] = [];
    socket.setTimeout(5000, () => socket.destroy(new Error('the resolver is silent')));
    socket.once('error', reject);
    socket.once('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    });
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      const all = Buffer.concat(parts);
      if (all.length < 2 || all.length < 2 + all.readUInt16BE(0)) return;
      resolve(all.subarray(2, 2 + all.readUInt16BE(0)));
      socket.destroy();
    });
  });
}

async function resolve(query: Buffer, upstream: string): Promise<Buffer> {
  const answer = await overUdp(query, upstream);
  const isCutShort = ((answer[2] ?? 0) & 2) !== 0;
  return isCutShort ? overTcp(query, upstream) : answer;
}

/** The query with another name, for liars that ask for something else. */
const askFor = (query: Buffer, name: string): Buffer => {
  const message = readMessage(query);
  return writeMessage({ ...message, question: { ...message.question, name: nameLabels(name) } });
};

async function lied(lie: Lie, query: Buffer, options: FrontOptions): Promise<Buffer> {
  const { question } = readMessage(query);
  if (lie === 'other' || lie === 'swap') {
    // A genuine answer to something else: `other` says so, `swap` hides it.
    const instead = nameText(question.name).replace(/[^.]+\.test$/, 'a14.test');
    const answer = readMessage(await resolve(askFor(query, instead), options.upstream));
    return writeMessage(tell(lie, lie === 'swap' ? { ...answer, question } : answer));
  }
  if (lie === 'stale' && options.stale !== undefined) {
    const old = await overUdp(query, options.stale.upstream, options.stale.from);
    const isRefused = ((old[3] ?? 0) & 15) === 5;
    const isParentSide = question.type === types.DS;
    if (!isRefused && !isParentSide) return writeMessage(tell(lie, readMessage(old)));
  }
  return writeMessage(tell(lie, readMessage(await resolve(query, options.upstream))));
}

const rcodeReply = (query: Buffer, rcode: number): Buffer => {
  const reply = readMessage(query);
  return writeMessage({ ...reply, flags: 0x8180 | rcode, additional: [] });
};

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'content-type, accept',
  'access-control-max-age': '600',
};

async function body(request: http.IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const wait = (milliseconds: number): Promise<void> =>
  new Promise((resume) => setTimeout(resume, milliseconds));

export async function startFront(options: FrontOptions): Promise<Front> {
  const asked: AskedQuery[] = [];
  let count = 0;
  let busy = 0;
  let peak = 0;

  const handle = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const address = new URL(request.url ?? '/', 'http://127.0.0.1');
    const setting = (name: string) => address.searchParams.get(name) ?? undefined;
    if (setting('x-fault') !== 'nocors')
      for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') return response.writeHead(204).end();
    if (address.pathname !== '/dns-query') return response.writeHead(404).end();

    const query =
      request.method === 'POST'
        ? await body(request)
        : Buffer.from(setting('dns') ?? '', 'base64url');
    if (query.length < 17) return response.writeHead(400).end();
    const { question } = readMessage(query);

    count++;
    const only = setting('x-only');
    const isMeant =
      count % Number(setting('x-every') ?? 1) === 0 &&
      (only === undefined || types[only as keyof typeof types] === question.type);
    const fault = isMeant ? setting('x-fault') : undefined;
    const lie = isMeant ? lies.find((one) => one === setting('x-lie')) : undefined;
    await wait(Number(setting('x-delay') ?? options.delayMilliseconds ?? 0));

    if (fault === 'silent') return undefined;
    if (fault === 'reset') return response.destroy();
    if (fault !== undefined && /^\d+$/.test(fault))
      return response.writeHead(Number(fault), fault === '429' ? { 'retry-after': '1' } : {}).end();
    if (fault === 'redirect') {
      const to = new URL(setting('x-to') ?? '/', `http://${request.headers.host}`);
      to.searchParams.set('dns', query.toString('base64url'));
      return response.writeHead(307, { location: to.href }).end();
    }
    if (fault === 'html')
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Welcome to the hotel</title>');

    let answer: Buffer;
    if (fault === 'servfail' || fault === 'nxdomain')
      answer = rcodeReply(query, fault === 'servfail' ? 2 : 3);
    else if (lie === undefined) answer = await resolve(query, options.upstream);
    else answer = await lied(lie, query, options);
    if (fault === 'cut') answer = answer.subarray(0, answer.length >> 1);
    asked.push({
      name: nameText(question.name),
      type: question.type,
      answerBytes: answer.length,
    });
    return response
      .writeHead(200, {
        'content-type': 'application/dns-message',
        'content-length': answer.length,
        'cache-control': 'no-store',
      })
      .end(answer);
  };

  const server = http.createServer((request, response) => {
    busy++;
    peak = Math.max(peak, busy);
    response.once('close', () => busy--);
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502);
      response.end(String(error));
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(options.port ?? 0, '127.0.0.1', ready);
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return {
    address: `http://127.0.0.1:${port}/dns-query`,
    port,
    asked,
    peak: () => peak,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
