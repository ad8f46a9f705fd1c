/**
 * Fetching the policy over HTTPS (RFC 8461 §3.3): the one step of MTA-STS that is authenticated,
 * by a certificate for `mta-sts.<domain>` from a CA that the sender trusts. Whoever holds a wrongly
 * issued one for that name, and can redirect the fetch, writes the policy (§10.1, §10.3).
 */
import type { DomainName } from '../dns/name.ts';
import { anyNameFits, countingNames } from '../pkix/certificate.ts';
import { isWithinValidity } from '../pkix/path.ts';
import { departed, type StsSender } from './departures.ts';
import type { FetchPolicyAnswer, Presented } from '../smtp/ask.ts';
import { oncePer } from '../once-per.ts';
import { ask, step, type Procedure } from '../trace.ts';
import { loosePolicy } from './loose-reading.ts';
import type { FetchedStsPolicy } from './memory.ts';
import { parseStsPolicy, type StsPolicyResult } from './policy.ts';

export const policyPath = '/.well-known/mta-sts.txt';

/** The RFC 8460 §4.3 words for a fetch that came to nothing. */
export type FetchProblem = 'sts-policy-fetch-error' | 'sts-policy-invalid' | 'sts-webpki-invalid';

export type FetchedPolicy =
  | { readonly kind: 'policy'; readonly policy: FetchedStsPolicy; readonly body: string }
  | { readonly kind: 'none'; readonly problem: FetchProblem };

/**
 * Fetches the policy of a domain over HTTPS, checks the certificate of its host, and reads it.
 * Shape: `nowSeconds` since 1970, against which the certificate is checked. `body` is the policy as it was served.
 * Errors: `none` with `sts-policy-fetch-error` (no answer, a status other than 200, too large), `sts-webpki-invalid`
 * (the certificate is not trusted, not in time or of another name) or `sts-policy-invalid` (the body or its media type).
 * Source: RFC 8461 §3.2, §3.3; the names of the problems, RFC 8460 §4.3.
 */
export function* fetchPolicy(
  sender: StsSender,
  domain: DomainName,
  nowSeconds: number,
): Procedure<FetchedPolicy> {
  const host = `mta-sts.${domain}` as DomainName;
  const answer = yield* ask({ ask: 'fetch-policy', host, path: policyPath });
  if (answer.kind === 'failed') {
    yield step('mta-sts.policy-not-fetched', { host, why: answer.why });
    return { kind: 'none', problem: 'sts-policy-fetch-error' };
  }
  if (!(yield* isPolicyHost(sender, host, answer, nowSeconds)))
    return { kind: 'none', problem: 'sts-webpki-invalid' };
  return yield* readPolicy(sender, host, answer);
}

export type PolicyHostResponse = Extract<FetchPolicyAnswer, { kind: 'response' }>;

function* isPolicyHost(
  sender: StsSender,
  host: DomainName,
  { chain, leadsToTrustedRoot }: Presented,
  nowSeconds: number,
): Procedure<boolean> {
  const [leaf] = chain;
  if (leaf === undefined) return false;
  const inTime = isWithinValidity(leaf, nowSeconds);
  const isSound = leadsToTrustedRoot && inTime;
  if (isSound && anyNameFits(leaf.dnsNames, host)) return true;
  const byCommonName = isSound && anyNameFits(countingNames(leaf), host);
  if (byCommonName && sender.departures.has('common-name-for-policy-host')) {
    yield departed('common-name-for-policy-host', { host, commonName: leaf.commonName });
    return true;
  }
  yield step('mta-sts.policy-host-not-authenticated', {
    host,
    why: !leadsToTrustedRoot ? 'not-trusted' : !inTime ? 'not-in-time' : 'other-name',
    names: leaf.dnsNames,
  });
  return false;
}

function* readPolicy(
  sender: StsSender,
  host: DomainName,
  answer: PolicyHostResponse,
): Procedure<FetchedPolicy> {
  const { result, loose } = readingOf(answer);
  const { body } = answer;
  const strict = result.ok ? result.value : undefined;
  if (sender.departures.has('policy-read-loosely') && !isSamePolicy(strict, loose)) {
    yield departed('policy-read-loosely', { host, body, strict, loose });
    if (loose !== undefined) {
      yield step('mta-sts.policy-fetched', { host, body, mode: loose.mode });
      return { kind: 'policy', policy: loose, body };
    }
    return { kind: 'none', problem: 'sts-policy-invalid' };
  }
  if (strict === undefined) {
    const problem = result.ok ? undefined : result.problems[0];
    const evidence = { host, body, status: answer.status, situation: problem?.situation };
    const notFetched = problem?.code === 'http-status' || problem?.code === 'too-large';
    yield step(stepOf[problem?.code ?? ''] ?? 'mta-sts.policy-malformed', evidence);
    return { kind: 'none', problem: notFetched ? 'sts-policy-fetch-error' : 'sts-policy-invalid' };
  }
  yield step('mta-sts.policy-fetched', { host, body, mode: strict.mode });
  return { kind: 'policy', policy: strict, body };
}

const stepOf: Readonly<
  Record<
    string,
    'mta-sts.policy-not-found' | 'mta-sts.policy-not-text' | 'mta-sts.policy-too-large'
  >
> = {
  'http-status': 'mta-sts.policy-not-found',
  'content-type': 'mta-sts.policy-not-text',
  'too-large': 'mta-sts.policy-too-large',
};

const isSamePolicy = (
  one: FetchedStsPolicy | undefined,
  other: FetchedStsPolicy | undefined,
): boolean => {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.mode === other.mode &&
    one.maxAgeSeconds === other.maxAgeSeconds &&
    one.mx.length === other.mx.length &&
    one.mx.every((pattern, index) => pattern === other.mx[index])
  );
};

/** What the standard's reader makes of this answer. */
export const policyResultOf = (answer: PolicyHostResponse): StsPolicyResult =>
  readingOf(answer).result;

const readingOf = oncePer(({ status, contentType, body }: PolicyHostResponse) => {
  const result = parseStsPolicy(body, { status, contentType });
  // What is wrong around the body the daemon refuses too; what is wrong in it, it reads its own way.
  const isRefused =
    !result.ok &&
    result.problems.some(({ code }) => code === 'http-status' || code === 'content-type');
  return { result, loose: isRefused ? undefined : loosePolicy(body, contentType) };
});
