/**
 * `fetch` that also reaches a DNS service with HTTP/2 only: RFC 8484 §5.2 recommends that version, and
 * Knot Resolver speaks no other. Browsers do; the `fetch` of Node speaks HTTP/1.1, and is then refused
 * while the connection is made. Only that refusal leads here, so no question is ever put twice.
 */
import http2 from 'node:http2';
import { Readable } from 'node:stream';

/** What OpenSSL says when the other side admits none of the versions of HTTP that were offered. */
const noCommonVersion = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';

const isRefusedVersion = (error: unknown): boolean =>
  ((error as { cause?: { code?: unknown } } | undefined)?.cause?.code ?? '') === noCommonVersion;

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
          ...Object.fromEntries(new Headers(init.headers)),
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
          const headers = new Headers();
          for (const [name, value] of Object.entries(given))
            if (!name.startsWith(':') && typeof value === 'string') headers.set(name, value);
          const status = given[':status'] ?? 0;
          const isEmpty = [204, 205, 304].includes(status);
          const body = isEmpty ? null : (Readable.toWeb(stream) as ReadableStream<Uint8Array>);
          resolve(new Response(body, { status, headers }));
          if (isEmpty) stream.close();
        } catch (error) {
          // A status or a header that no response may have.
          stream.close();
          reject(error instanceof Error ? error : new Error(String(error)));
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
      return await globalThis.fetch(input, init);
    } catch (error) {
      if (!isRefusedVersion(error)) throw error;
      const connection = connections.get(url.origin) ?? new Connection(url.origin);
      connections.set(url.origin, connection);
      return connection.get(url, init);
    }
  };
}
