/**
 * `fetch` that also reaches a DNS service with HTTP/2 only: RFC 8484 §5.2 recommends that version, and
 * Knot Resolver speaks no other. Browsers do; `https` of Node speaks HTTP/1.1, and is then refused
 * while the connection is made. Only that refusal leads to the other version, so no question is put twice.
 *
 * `http` and not the `fetch` of Node: that one unpacks whatever a service labels as packed, `deflate`
 * without any bound, before a reader can stop it. Nothing packed is asked for here, and nothing is unpacked.
 */
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { Readable } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { OddStatus } from '../world/live/doh.ts';

/** no_application_protocol (RFC 7301 §3.2): the other side admits none of the versions of HTTP that were offered. */
const isRefusedVersion = (error: unknown): boolean =>
  /SSL alert number 120\b/.test((error as Error | undefined)?.message ?? '');

/** Said outright: without it, a service may pack as it likes (RFC 9110 §12.5.3). */
const headersOf = (init: RequestInit): Record<string, string> => ({
  ...Object.fromEntries(new Headers(init.headers)),
  'accept-encoding': 'identity',
});

const responseOf = (
  status: number,
  given: http.IncomingHttpHeaders | http2.IncomingHttpHeaders,
  stream: Readable,
): Response => {
  if (status < 200 || status > 599) throw new OddStatus(status);
  const headers = new Headers();
  for (const [name, value] of Object.entries(given))
    if (!name.startsWith(':') && typeof value === 'string') headers.set(name, value);
  const isEmpty = [204, 205, 304].includes(status);
  const body = isEmpty ? null : (Readable.toWeb(stream) as ReadableStream<Uint8Array>);
  const response = new Response(body, { status, headers });
  if (isEmpty) stream.destroy();
  return response;
};

const errorOf = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

/** HTTP/1.1; a redirect is a response like any other. */
const getOld = (url: URL, init: RequestInit): Promise<Response> =>
  new Promise((resolve, reject) => {
    // Named, or a service with HTTP/2 only does not say that this is what it refuses.
    const options: https.RequestOptions & Pick<ConnectionOptions, 'ALPNProtocols'> = {
      headers: headersOf(init),
      ALPNProtocols: ['http/1.1'],
      ...(init.signal ? { signal: init.signal } : {}),
    };
    const request = (url.protocol === 'https:' ? https : http).get(url, options);
    request.once('response', (incoming) => {
      try {
        resolve(responseOf(incoming.statusCode ?? 0, incoming.headers, incoming));
      } catch (error) {
        // A status or a header that no response may have.
        request.destroy();
        reject(errorOf(error));
      }
    });
    request.on('error', reject);
    // Unheard, Node ends the connection and tells nothing but that.
    request.once('upgrade', ({ statusCode = 101 }: http.IncomingMessage, socket) => {
      socket.destroy();
      reject(new OddStatus(statusCode));
    });
    request.once('close', () => reject(new Error('closed without an answer')));
  });

/** One connection for all questions; it keeps the program waiting only while one is under way. */
class Connection {
  #session: http2.ClientHttp2Session | undefined;
  #underWay = 0;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  #open(): http2.ClientHttp2Session {
    if (this.#session && !this.#session.closed && !this.#session.destroyed) return this.#session;
    // Nothing is taken that was not asked for.
    const session = http2.connect(this.#origin, { settings: { enablePush: false } });
    // A lost connection fails the questions on it by itself; the next one opens another.
    session.on('error', () => session.destroy());
    session.on('goaway', () => session.close());
    this.#session = session;
    return session;
  }

  get(url: URL, init: RequestInit): Promise<Response> {
    return new Promise((resolve, reject) => {
      const session = this.#open();
      this.#underWay += 1;
      session.ref();
      const stream = session.request(
        {
          ':method': 'GET',
          ':path': `${url.pathname}${url.search}`,
          ...headersOf(init),
        },
        { endStream: true, ...(init.signal ? { signal: init.signal } : {}) },
      );
      stream.once('error', reject);
      stream.once('close', () => {
        this.#underWay -= 1;
        if (this.#underWay === 0) session.unref();
        reject(new Error('closed without an answer'));
      });
      stream.once('response', (given) => {
        try {
          resolve(responseOf(given[':status'] ?? 0, given, stream));
        } catch (error) {
          // A status or a header that no response may have.
          stream.close();
          reject(errorOf(error));
        }
      });
    });
  }
}

/** Makes the `fetch` of one run of the command line. */
export function resolverFetch(): typeof globalThis.fetch {
  const connections = new Map<string, Connection>();
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const known = connections.get(url.origin);
    if (known) return known.get(url, init);
    try {
      return await getOld(url, init);
    } catch (error) {
      if (!isRefusedVersion(error)) throw error;
      const connection = connections.get(url.origin) ?? new Connection(url.origin);
      connections.set(url.origin, connection);
      return connection.get(url, init);
    }
  };
}
