/**
 * The policy file of MTA-STS from a browser, as far as that goes.
 *
 * RFC 8461 asks no policy host for a CORS header, so most files cannot be read by a page. First a
 * readable fetch under the sender's own rules (no redirect, at most 64 kB); where that fails, and only
 * when asked, a fetch whose answer stays hidden: it shows that something answers with a certificate
 * that this browser accepts, and nothing more. A browser that may not read says nothing about what is
 * there, so no failure here is ever "missing". Both reveal the visitor's address to that host.
 */
import type { DomainName } from '../../core/dns/name.ts';
import { policyOctetsMost } from '../../core/mta-sts/policy.ts';
import { policyUrl } from '../../core/publish/sts-plan.ts';
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

const timeoutSeconds = 10;

/** Asks for the file, seen by nobody but its host; `over` where it took too long, `refused` where a page is told nothing. */
async function ask<Answer>(
  domain: DomainName,
  how: Pick<RequestInit, 'mode' | 'redirect'>,
  read: (response: Response) => Answer | Promise<Answer>,
): Promise<Answer | 'over' | 'refused'> {
  const deadline = deadlineIn(timeoutSeconds * 1000);
  try {
    const response = await fetch(policyUrl(domain), {
      ...how,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: deadline.signal,
    });
    return await read(response);
  } catch {
    return deadline.isOver() ? 'over' : 'refused';
  } finally {
    deadline.release();
  }
}

/** Reads the file where its host lets pages read it. Never throws. */
export async function fetchPolicyFile(domain: DomainName): Promise<PolicyFetch> {
  const how = { mode: 'cors', redirect: 'error' } as const;
  const read = await ask(
    domain,
    how,
    async ({ body: stream, headers, status }): Promise<PolicyFetch> => {
      const body = await readBounded(stream, policyOctetsMost);
      if (body === undefined) return { kind: 'too-large' };
      return { kind: 'read', body, status, contentType: headers.get('content-type') ?? '' };
    },
  );
  if (read === 'over') return { kind: 'silent', seconds: timeoutSeconds };
  return read === 'refused' ? { kind: 'not-readable' } : read;
}

export type Reachability =
  /** Something answered over HTTPS with a certificate this browser accepts; what, stays hidden. */
  | 'answers'
  /** No such host, no connection or a refused certificate: which, a page is not told. */
  | 'no-answer'
  | 'silent';

/** Whether the host answers at all. A redirect cannot be refused here, and a 404 answers too. */
export async function probePolicyHost(domain: DomainName): Promise<Reachability> {
  const reached = await ask(
    domain,
    { mode: 'no-cors', redirect: 'follow' },
    () => 'answers' as const,
  );
  if (reached === 'over') return 'silent';
  return reached === 'refused' ? 'no-answer' : reached;
}
