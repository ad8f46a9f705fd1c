/**
 * A world that really fetches the policy: HTTPS to the address that the DNS gave, no redirects, no
 * cache, at most as much as a sender need read (RFC 8461 §3.3). What the certificate is worth is
 * decided by the core; so the connection is made whatever it shows.
 */
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AllAsk, Ask } from '../core/ask.ts';
import { policyOctetsMost } from '../core/mta-sts/policy.ts';
import type { FetchPolicyAnswer, FetchPolicyAsk } from '../core/smtp/ask.ts';
import { readCertificate } from '../world/x509.ts';
import type { Answered, LiveWorld } from '../world/run.ts';
import { leadsToTrustedRoot, sentChain } from './presented.ts';

/** RFC 8461 §3.3 suggests one minute. */
const fetchSeconds = 30;

export function openPolicyWorld(options: {
  /** Where the policy host is, by the DNS. */
  readonly addresses: readonly string[];
  readonly port?: number;
  readonly signal: AbortSignal;
}): LiveWorld {
  const { addresses, port = 443, signal } = options;
  const [address] = addresses;
  const fetchPolicy = ({ host, path }: FetchPolicyAsk): Promise<FetchPolicyAnswer> =>
    new Promise((resolve) => {
      if (address === undefined) return resolve({ kind: 'failed', why: 'no-address' });
      let sawTls = false;
      const failed = () => resolve({ kind: 'failed', why: sawTls ? 'no-tls' : 'no-connection' });
      const request = https.get(
        {
          host: address,
          port,
          path,
          servername: host,
          headers: { host },
          ca: [],
          rejectUnauthorized: false,
          agent: false,
          signal: AbortSignal.any([signal, AbortSignal.timeout(fetchSeconds * 1000)]),
        },
        (response) => {
          const chain = sentChain(response.socket as TLSSocket);
          const chunks: Buffer[] = [];
          let length = 0;
          const end = () => {
            if (chain === undefined) return resolve({ kind: 'failed', why: 'no-tls' });
            resolve({
              kind: 'response',
              status: response.statusCode ?? 0,
              contentType: response.headers['content-type'] ?? '',
              body: Buffer.concat(chunks).toString('utf8'),
              chain: chain.flatMap((der) => {
                const read = readCertificate(der);
                return read.ok ? [read.value] : [];
              }),
              leadsToTrustedRoot: leadsToTrustedRoot(chain),
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
          response.once('error', failed);
        },
      );
      request.once('socket', (socket) => socket.once('connect', () => (sawTls = true)));
      request.once('error', failed);
    });

  return {
    async answer(question: Exclude<Ask, AllAsk>): Promise<Answered> {
      if (question.ask === 'fetch-policy') return { answer: await fetchPolicy(question) };
      throw new Error(`the fetching world does not answer "${question.ask}"`);
    },
  };
}
