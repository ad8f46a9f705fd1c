/**
 * Authenticating a policy of the draft of March 2016 (§3.3): the web copy must equal the TXT text,
 * octet for octet, or the TXT answer must be signed.
 */
import type { DomainName } from '../dns/name.ts';
import { parseUri } from '../grammar/uri.ts';
import { anyNameFits, countingNames } from '../pkix/names.ts';
import { isWithinValidity } from '../pkix/path.ts';
import { ask, type Procedure } from '../trace.ts';

/** A policy as one lookup brought it. */
export interface Found2016 {
  readonly text: string;
  readonly security: 'secure' | 'insecure';
}

/** `method`: the value of `a`, of the cached or of the new policy. */
export function* isAuthentic(
  method: string | undefined,
  found: Found2016,
  domain: DomainName,
  nowSeconds: number,
): Procedure<boolean> {
  if (method === undefined) return false;
  if (method === 'dnssec') return found.security === 'secure';
  const uri = parseUri(method.replace(/^webpki:/i, ''));
  if (uri === undefined || uri.scheme !== 'https') return false;
  const host = (uri.host ?? '').toLowerCase() as DomainName;
  // The web server must be one of the recipient's own (§3.3).
  if (host !== domain && !host.endsWith(`.${domain}`)) return false;
  const answer = yield* ask({ ask: 'fetch-policy', host, path: uri.path || '/' });
  if (answer.kind === 'failed' || answer.status !== 200 || !answer.leadsToTrustedRoot) return false;
  const [leaf] = answer.chain;
  if (leaf === undefined || !isWithinValidity(leaf, nowSeconds)) return false;
  return anyNameFits(countingNames(leaf), host) && answer.body === found.text;
}
