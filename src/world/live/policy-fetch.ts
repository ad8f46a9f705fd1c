/**
 * The policy file of MTA-STS from a browser, as far as that goes.
 *
 * RFC 8461 asks no policy host for a CORS header, so most files cannot be read by a page. First a
 * readable fetch under the sender's own rules (no redirect, at most 64 kB); where that fails, and only
 * when asked, a fetch whose answer stays hidden: it shows that something answers with a certificate
 * that this browser accepts, and nothing more. A browser that may not read says nothing about what is
 * there, so no failure here is ever "missing". Both reveal the visitor's address to that host.
 */
import { policyPath } from '../../core/mta-sts/fetch.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { policyOctetsMost } from '../../core/mta-sts/policy.ts';
import { deadlineIn, readBounded } from '../bounds.ts';

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

const patienceSeconds = 10;

/** Reads the file where its host lets pages read it. Never throws. */
export async function fetchPolicyFile(
  domain: DomainName,
  options: PolicyFetchOptions = {},
): Promise<PolicyFetch> {
  const { fetch = globalThis.fetch.bind(globalThis), timeoutSeconds = patienceSeconds } = options;
  const deadline = deadlineIn(timeoutSeconds * 1000, options.signal);
  try {
    const response = await fetch(policyAddress(domain), {
      ...unseen,
      mode: 'cors',
      redirect: 'error',
      signal: deadline.signal,
    });
    const body = await readBounded(response.body, policyOctetsMost);
    if (body === undefined) return { kind: 'too-large' };
    const contentType = response.headers.get('content-type') ?? '';
    return { kind: 'read', body, status: response.status, contentType };
  } catch {
    return deadline.isOver()
      ? { kind: 'silent', seconds: timeoutSeconds }
      : { kind: 'not-readable' };
  } finally {
    deadline.release();
  }
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
  const { fetch = globalThis.fetch.bind(globalThis), timeoutSeconds = patienceSeconds } = options;
  const deadline = deadlineIn(timeoutSeconds * 1000, options.signal);
  try {
    await fetch(policyAddress(domain), {
      ...unseen,
      mode: 'no-cors',
      redirect: 'follow',
      signal: deadline.signal,
    });
    return 'answers';
  } catch {
    return deadline.isOver() ? 'silent' : 'no-answer';
  } finally {
    deadline.release();
  }
}
