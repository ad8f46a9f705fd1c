/**
 * A world that really fetches the policy: HTTPS to the address that the DNS gave, no redirects, no
 * cache, at most as much as a sender need read (RFC 8461 §3.3). What the certificate is worth is
 * decided by the core; so the connection is made whatever it shows. How far it came is told: no
 * connection, no TLS, and TLS with no answer are three different faults of the host.
 */
import http from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { AllAsk, Ask } from '../core/ask.ts';
import { policyOctetsMost } from '../core/mta-sts/policy.ts';
import type { FetchPolicyAnswer, FetchPolicyAsk } from '../core/smtp/ask.ts';
import { readCertificate } from '../world/certificates/x509.ts';
import type { Answered, LiveWorld } from '../world/run.ts';
import { openSocket, shakeHands, trustOf } from './presented.ts';

/** RFC 8461 §3.3 suggests one minute for all of it. */
const connectSeconds = 10;
const handshakeSeconds = 15;
const answerSeconds = 30;
/** Addresses that are tried, the next one where nothing answers. */
const addressesTried = 3;

type Failure = Extract<FetchPolicyAnswer, { kind: 'failed' }>;
/** What came over HTTPS, before the certificate is judged. */
type Answer = Pick<
  Extract<FetchPolicyAnswer, { kind: 'response' }>,
  'status' | 'contentType' | 'body' | 'location'
>;

export function openPolicyWorld(options: {
  /** Where the policy host is, by the DNS. */
  readonly addresses: readonly string[];
  readonly port?: number | undefined;
  /** For the dates of issuers. */
  readonly nowSeconds: number;
  /** How long an answer is waited for. */
  readonly seconds?: number | undefined;
  readonly signal: AbortSignal;
}): LiveWorld {
  const { addresses, port = 443, nowSeconds, signal, seconds = answerSeconds } = options;

  async function fetchPolicy({ host, path }: FetchPolicyAsk): Promise<FetchPolicyAnswer> {
    let failure: Failure = { kind: 'failed', why: 'no-address' };
    for (const address of addresses.slice(0, addressesTried)) {
      const opened = await openSocket(address, port, connectSeconds, signal);
      if (typeof opened === 'string') {
        const waited = opened === 'timeout' ? { seconds: connectSeconds } : {};
        failure = { kind: 'failed', why: 'no-connection', ...waited };
        continue;
      }
      const shaken = await shakeHands(opened, host, Math.min(handshakeSeconds, seconds));
      if (shaken.kind === 'failed')
        return { kind: 'failed', why: 'no-tls', trouble: shaken.trouble };
      try {
        const answer = await get(shaken.secure, { host, path, seconds, signal });
        if ('kind' in answer) return answer;
        const chain = shaken.sent.flatMap((der) => {
          const read = readCertificate(der);
          return read.ok ? [read.value] : [];
        });
        return { kind: 'response', ...answer, chain, ...trustOf(chain, nowSeconds) };
      } finally {
        shaken.secure.destroy();
      }
    }
    return failure;
  }

  return {
    async answer(question: Exclude<Ask, AllAsk>): Promise<Answered> {
      if (question.ask === 'fetch-policy') return { answer: await fetchPolicy(question) };
      throw new Error(`the fetching world does not answer "${question.ask}"`);
    },
  };
}

const get = (
  secure: TLSSocket,
  options: {
    readonly host: string;
    readonly path: string;
    readonly seconds: number;
    readonly signal: AbortSignal;
  },
): Promise<Answer | Failure> =>
  new Promise((resolve) => {
    const { host, path, seconds, signal } = options;
    const fail = (why: Failure['why'], waited?: { readonly seconds: number }) =>
      resolve({ kind: 'failed', why, ...waited });
    const timeout = AbortSignal.timeout(seconds * 1000);
    const broke = (error: NodeJS.ErrnoException) => {
      if (timeout.aborted) fail('silent', { seconds });
      else fail(error.code?.startsWith('HPE_') === true ? 'not-http' : 'cut-off');
    };
    const request = http.get(
      {
        createConnection: () => secure,
        path,
        headers: { host },
        signal: AbortSignal.any([signal, timeout]),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const end = () => {
          const { location } = response.headers;
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'] ?? '',
            body: Buffer.concat(chunks).toString('utf8'),
            ...(location !== undefined && { location }),
          });
        };
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          // One octet more than the most is enough for the core to refuse it.
          if (length > policyOctetsMost) {
            end();
            response.destroy();
          }
        });
        response.once('end', end);
        response.once('error', broke);
      },
    );
    request.once('error', broke);
    // "101 Switching Protocols" is an answer; unheard, Node ends the connection and tells nothing but that.
    request.once('upgrade', ({ statusCode = 101 }: http.IncomingMessage) =>
      resolve({ status: statusCode, contentType: '', body: '' }),
    );
    request.once('close', () => fail('cut-off'));
  });
