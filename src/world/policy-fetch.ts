/**
 * The policy file of MTA-STS from a browser, as far as that goes.
 *
 * RFC 8461 asks no policy host for a CORS header, so most files cannot be read by a page. First a
 * readable fetch under the sender's own rules (no redirect, at most 64 kB); where that fails, and only
 * when asked, a fetch whose answer stays hidden: it shows that something answers with a certificate
 * that this browser accepts, and nothing more. A browser that may not read says nothing about what is
 * there, so no failure here is ever "missing". Both reveal the visitor's address to that host.
 */
import { policyPath } from '../core/mta-sts/fetch.ts';
import type { DomainName } from '../core/dns/name.ts';
import { policyOctetsMost } from '../core/mta-sts/policy.ts';

export type PolicyFetch =
  | {
      readonly kind: 'read';
      readonly body: Uint8Array;
      readonly status: number;
      readonly contentType: string;
    }
  /** More than any sender reads; the rest was not fetched. */
  | { readonly kind: 'too-large' }
  /** No CORS, a redirect, no such host, a refused certificate: a page is not told which. */
  | { readonly kind: 'not-readable' }
  | { readonly kind: 'silent'; readonly seconds: number };

export interface PolicyFetchOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

export const policyAddress = (domain: DomainName): string =>
  `https://mta-sts.${domain}${policyPath}`;

const unseen = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
} as const satisfies RequestInit;

function clockOf({ timeoutSeconds = 10, signal }: PolicyFetchOptions) {
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  return { timeout, timeoutSeconds, either: signal ? AbortSignal.any([signal, timeout]) : timeout };
}

/** Reads the file where its host lets pages read it. Never throws. */
export async function fetchPolicyFile(
  domain: DomainName,
  options: PolicyFetchOptions = {},
): Promise<PolicyFetch> {
  const { fetch = globalThis.fetch.bind(globalThis) } = options;
  const { timeout, timeoutSeconds, either } = clockOf(options);
  try {
    const response = await fetch(policyAddress(domain), {
      ...unseen,
      mode: 'cors',
      redirect: 'error',
      signal: either,
    });
    const body = await readBounded(response);
    if (body === undefined) return { kind: 'too-large' };
    const contentType = response.headers.get('content-type') ?? '';
    return { kind: 'read', body, status: response.status, contentType };
  } catch {
    return timeout.aborted ? { kind: 'silent', seconds: timeoutSeconds } : { kind: 'not-readable' };
  }
}

async function readBounded(response: Response): Promise<Uint8Array | undefined> {
  const reader = response.body?.getReader();
  const octets: number[] = [];
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (octets.length + value.length > policyOctetsMost) {
      await reader.cancel();
      return undefined;
    }
    octets.push(...value);
  }
  return Uint8Array.from(octets);
}

export type Reachability =
  /** Something answered over HTTPS with a certificate this browser accepts; what, stays hidden. */
  | 'answers'
  /** No such host, no connection or a refused certificate: which, a page is not told. */
  | 'no-answer'
  | 'silent';

/** Whether the host answers at all. A redirect cannot be refused here, and a 404 answers too. */
export async function probePolicyHost(
  domain: DomainName,
  options: PolicyFetchOptions = {},
): Promise<Reachability> {
  const { fetch = globalThis.fetch.bind(globalThis) } = options;
  const { timeout, either } = clockOf(options);
  try {
    await fetch(policyAddress(domain), {
      ...unseen,
      mode: 'no-cors',
      redirect: 'follow',
      signal: either,
    });
    return 'answers';
  } catch {
    return timeout.aborted ? 'silent' : 'no-answer';
  }
}
