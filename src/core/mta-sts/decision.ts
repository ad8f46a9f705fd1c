/**
 * Which policy applies to this delivery, and what is remembered (RFC 8461 §3.3, §5.1).
 *
 * The threat: someone on the path, with no certificate for the domain. The memory is the protection:
 * a policy once fetched holds until its age is over, however the attacker hides the record. Without
 * memory, hiding it is enough.
 * Implements: RFC 8461 §3 to §5: the record (`record.ts`), the policy (`policy.ts`), fetching it
 * (`fetch.ts`) and the validity of a host (`host.ts`).
 * Left out: HTTP and TLS themselves, revocation, and the reports of §6 (room `tls-rpt`).
 */
import type { DomainName } from '../dns/name.ts';
import { departed, type StsSender } from './departures.ts';
import { step, type Procedure, ask, type Step } from '../trace.ts';
import { fetchPolicy, type FetchProblem } from './fetch.ts';
import type { CachedStsPolicy, FailedFetch, FetchedStsPolicy, StsCache } from './memory.ts';
import type { LookupAnswer } from '../ask.ts';
import { oncePer } from '../once-per.ts';
import { recordsOfType } from '../dns/record.ts';
import { looseRecordId } from './loose-reading.ts';
import { parseStsRecord } from './record.ts';

/** After a failed fetch, this long no new try for the same id (§3.3: "five minutes or longer"). */
export const retryAfterSeconds = 300;

export interface StsDecision {
  readonly policy?: FetchedStsPolicy;
  readonly cache: StsCache;
  /** What a report would say of the discovery (RFC 8460 §4.3). */
  readonly problem?: FetchProblem;
}

/**
 * Which policy of a domain holds now, and what the sender remembers after. Puts `lookup` and `fetch-policy` questions.
 * Shape: `cache` as the last decision gave it; `nowSeconds` since 1970.
 * Errors: none; without a usable policy, `policy` is absent and `problem` says why, where a report would.
 * Source: RFC 8461 §3.3, §5.1.
 */
export function* stsDecision(
  sender: StsSender,
  domain: DomainName,
  cache: StsCache,
  nowSeconds: number,
): Procedure<StsDecision> {
  const entry = cache.get(domain);
  const cached = entry?.cached;
  if (cached !== undefined && isWithinGrace(sender, cached, nowSeconds)) {
    yield departed('policy-not-looked-at-again', { checkedSeconds: cached.checkedSeconds });
    return { policy: cached.policy, cache };
  }
  const inTime = cached !== undefined && isFresh(sender, cached, nowSeconds);
  const id = yield* discoverId(sender, domain);
  if (id === undefined) return yield* fallBack(sender, cached, cache, nowSeconds);
  if (cached?.id === id) {
    const revived = sender.departures.has('age-restarts-at-check');
    if (inTime || revived) {
      if (!isFreshByFetch(cached, nowSeconds))
        yield departed('age-restarts-at-check', { fetchedSeconds: cached.fetchedSeconds });
      yield step('mta-sts.policy-unchanged', { id });
      return remember(cache, domain, { ...cached, checkedSeconds: nowSeconds });
    }
  }
  if (cached !== undefined && !inTime) yield* expired(cached);
  if (isPostponed(entry?.failed, id, nowSeconds)) {
    if (!sender.departures.has('fetches-again-at-once')) {
      yield step('mta-sts.fetch-postponed', { id });
      return yield* fallBack(sender, cached, cache, nowSeconds);
    }
    yield departed('fetches-again-at-once', { id });
  }
  const fetched = yield* fetchPolicy(sender, domain, nowSeconds);
  if (fetched.kind === 'policy')
    return yield* keepFetched(cache, domain, fetched.policy, id, nowSeconds);
  const failed: FailedFetch = { id, atSeconds: nowSeconds };
  const kept = new Map(cache).set(domain, cached ? { cached, failed } : { failed });
  const decision = yield* fallBack(sender, cached, kept, nowSeconds);
  return { ...decision, problem: fetched.problem };
}

/**
 * A fetch ahead of time, whatever the record says (§3.3, §10.2: before the policy expires, daily
 * for example). A failure changes nothing.
 */
export function* refreshPolicy(
  sender: StsSender,
  domain: DomainName,
  cache: StsCache,
  nowSeconds: number,
): Procedure<StsCache> {
  const cached = cache.get(domain)?.cached;
  if (cached === undefined) return cache;
  const id = (yield* discoverId(sender, domain)) ?? cached.id;
  const fetched = yield* fetchPolicy(sender, domain, nowSeconds);
  if (fetched.kind === 'none') return cache;
  return (yield* keepFetched(cache, domain, fetched.policy, id, nowSeconds)).cache;
}

function* keepFetched(
  cache: StsCache,
  domain: DomainName,
  policy: FetchedStsPolicy,
  id: string,
  nowSeconds: number,
): Procedure<StsDecision> {
  yield step('mta-sts.policy-cached', { id, maxAgeSeconds: policy.maxAgeSeconds });
  const moments = { fetchedSeconds: nowSeconds, checkedSeconds: nowSeconds };
  return remember(cache, domain, { policy, id, ...moments });
}

const isFreshByFetch = (cached: CachedStsPolicy, nowSeconds: number): boolean =>
  nowSeconds <= cached.fetchedSeconds + cached.policy.maxAgeSeconds;

/** The age counts from the fetch (§3.2); a loose sender counts from its last look at the record. */
const isFresh = (sender: StsSender, cached: CachedStsPolicy, nowSeconds: number): boolean =>
  isFreshByFetch(cached, nowSeconds) ||
  (sender.departures.has('age-restarts-at-check') &&
    nowSeconds <= cached.checkedSeconds + cached.policy.maxAgeSeconds);

const isWithinGrace = (sender: StsSender, cached: CachedStsPolicy, nowSeconds: number): boolean =>
  sender.departures.has('policy-not-looked-at-again') &&
  nowSeconds - cached.checkedSeconds <= sender.policyGraceSeconds &&
  isFresh(sender, cached, nowSeconds);

const isPostponed = (failed: FailedFetch | undefined, id: string, nowSeconds: number): boolean =>
  failed?.id === id && nowSeconds - failed.atSeconds < retryAfterSeconds;

const remember = (cache: StsCache, domain: DomainName, cached: CachedStsPolicy): StsDecision => ({
  policy: cached.policy,
  cache: new Map(cache).set(domain, { cached }),
});

function* expired(cached: CachedStsPolicy): Procedure<void> {
  const { fetchedSeconds, policy } = cached;
  yield step('mta-sts.policy-expired', { fetchedSeconds, maxAgeSeconds: policy.maxAgeSeconds });
}

/** Nothing new could be had: what is cached counts while its age lasts; else there is no policy. */
function* fallBack(
  sender: StsSender,
  cached: CachedStsPolicy | undefined,
  cache: StsCache,
  nowSeconds: number,
): Procedure<StsDecision> {
  if (cached === undefined) {
    yield step('mta-sts.no-policy');
    return { cache };
  }
  if (isFresh(sender, cached, nowSeconds)) {
    if (!isFreshByFetch(cached, nowSeconds))
      yield departed('age-restarts-at-check', { fetchedSeconds: cached.fetchedSeconds });
    yield step('mta-sts.cached-policy-used', { id: cached.id, mode: cached.policy.mode });
    return { policy: cached.policy, cache };
  }
  yield* expired(cached);
  yield step('mta-sts.no-policy');
  return { cache };
}

/**
 * The id announced (RFC 8461 §3.1). Nothing here is authenticated: who blocks this answer at first contact hides the
 * policy (§10.2). Undefined: no record, a lookup that failed, or one that does not conform.
 */
export function* discoverId(sender: StsSender, domain: DomainName): Procedure<string | undefined> {
  const name = `_mta-sts.${domain}` as DomainName;
  const answer = yield* ask({ ask: 'lookup', name, type: 'TXT' });
  if (answer.kind === 'failed') {
    yield step('mta-sts.record-lookup-failed', { name, why: answer.why });
    return undefined;
  }
  const reading = readingOf(answer);
  const strictId = reading.result.ok ? reading.result.value.id : undefined;
  if (sender.departures.has('record-read-loosely') && reading.looseId !== strictId) {
    yield departed('record-read-loosely', { name, text: reading.result.text, strictId });
    if (reading.looseId !== undefined)
      yield step('mta-sts.record-read', { name, text: reading.result.text, id: reading.looseId });
    return reading.looseId;
  }
  yield reading.step;
  return strictId;
}

const readingOf = oncePer((answer: Exclude<LookupAnswer, { kind: 'failed' }>) => {
  const records = answer.kind === 'found' ? recordsOfType(answer.records, 'TXT') : [];
  const texts = records.map(({ strings }) => strings);
  const result = parseStsRecord(texts);
  return { result, looseId: looseRecordId(texts), step: stepOf(answer, result) };
});

function stepOf(answer: LookupAnswer, result: ReturnType<typeof parseStsRecord>): Step {
  const { text } = result;
  if (result.ok) return { rule: 'mta-sts.record-read', evidence: { text, id: result.value.id } };
  const [problem] = result.problems;
  const evidence = { text, answer: answer.kind, situation: problem?.situation };
  if (problem?.code === 'multiple-records') return { rule: 'mta-sts.record-ambiguous', evidence };
  if (problem?.code === 'no-record') return { rule: 'mta-sts.record-absent', evidence };
  return { rule: 'mta-sts.record-malformed', evidence };
}
