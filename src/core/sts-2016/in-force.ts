/**
 * Which policy of the 2016 draft holds for a delivery, and what of it is kept (§3.2, §3.3, §3.5).
 * Here is the draft's hole: the first policy is trusted as it comes.
 */
import type { LookupAnswer } from '../ask.ts';
import type { DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import { joinStrings } from '../grammar/versioned-record.ts';
import { oncePer } from '../once-per.ts';
import { ask, step, type Procedure } from '../trace.ts';
import type { Draft2016Switches } from './switches.ts';
import { parseSts2016Record, type Sts2016Policy } from './record.ts';
import { parseUri } from '../grammar/uri.ts';
import { anyNameFits, countingNames } from '../pkix/certificate.ts';
import { isWithinValidity } from '../pkix/path.ts';

/** What a sender keeps between deliveries (§3.2, §3.3, §3.5). */
export interface Cached2016Policy {
  /** The TXT text, octet for octet: the web copy must be equal to it (§3.3). */
  readonly text: string;
  /** Fetch time + `e` + the TTL of the TXT record (§3.2 allows the TTL on top). */
  readonly expiresSeconds: number;
  readonly fetchedSeconds: number;
  /** Has ever been authenticated, or was the first, trusted unauthenticated? */
  readonly authenticated: boolean;
}

export type Draft2016Cache = ReadonlyMap<DomainName, Cached2016Policy>;

/** A policy in force for this delivery. */
export interface InForce {
  readonly policy: Sts2016Policy;
  readonly found: Found2016;
  readonly ttlSeconds: number;
  /** From memory, or only now found? A policy never once validated must not reject mail (§3.4). */
  readonly origin: 'cached' | 'first' | 'renewed';
}

/** §3.5 step 1: is there a policy in memory whose time is not over? */
export function* fromMemory(
  cached: Cached2016Policy | undefined,
  domain: DomainName,
  now: number,
): Procedure<InForce | undefined> {
  if (cached === undefined) return undefined;
  if (now > cached.expiresSeconds) {
    yield step('sts-2016.policy-expired', { domain, expiresSeconds: cached.expiresSeconds });
    return undefined;
  }
  const parsed = readCached(cached);
  if (!parsed.ok) return undefined;
  yield step('sts-2016.cached-policy-used', { domain, text: cached.text });
  const found: Found2016 = { text: cached.text, security: 'insecure' };
  return { policy: parsed.value.policy, found, ttlSeconds: 0, origin: 'cached' };
}

type Looked = Omit<InForce, 'origin'>;

function* lookUp(domain: DomainName): Procedure<Looked | undefined> {
  const name = `_smtp_sts.${domain}` as DomainName;
  const answer = yield* ask({ ask: 'lookup', name, type: 'TXT' });
  if (answer.kind === 'failed') {
    yield step('sts-2016.record-lookup-failed', { name, why: answer.why });
    return undefined;
  }
  const { parsed, first } = readAnswer(answer);
  if (!parsed.ok || first === undefined) {
    const absent = parsed.ok || parsed.problems[0]?.code === 'no-record';
    yield step(absent ? 'sts-2016.record-absent' : 'sts-2016.record-malformed', {
      name,
      text: parsed.text,
    });
    return undefined;
  }
  yield step('sts-2016.record-read', { name, text: parsed.text });
  const found = { text: first.text, security: answer.security };
  return { policy: parsed.value.policy, found, ttlSeconds: first.ttlSeconds };
}

const readAnswer = oncePer((answer: LookupAnswer) => {
  const records = answer.kind === 'found' ? recordsOfType(answer.records, 'TXT') : [];
  const parsed = parseSts2016Record(records.map(({ strings }) => strings));
  const [first] = records;
  return {
    parsed,
    first: first && { text: joinStrings(first.strings), ttlSeconds: first.ttlSeconds },
  };
});

const readCached = oncePer(({ text }: Cached2016Policy) => parseSts2016Record([[text]]));

/** §3.3: the first policy is trusted as it comes; §8 would authenticate it. */
export function* firstPolicy(
  switches: Draft2016Switches,
  domain: DomainName,
  now: number,
): Procedure<InForce | undefined> {
  const looked = yield* lookUp(domain);
  if (looked === undefined) return undefined;
  if (switches.firstPolicy === 'trusted') {
    yield step('sts-2016.first-policy-trusted', { domain, text: looked.found.text });
    return { ...looked, origin: 'first' };
  }
  if (yield* isAuthentic(looked.policy.authentication, looked.found, domain, now)) {
    yield step('sts-2016.first-policy-authenticated', { domain, text: looked.found.text });
    return { ...looked, origin: 'first' };
  }
  yield step('sts-2016.first-policy-not-authenticated', { domain, text: looked.found.text });
  return undefined;
}

/** `dnssec`, `webpki` (its URI left off), or none. */
const mechanismOf = ({ authentication }: Sts2016Policy): string | undefined =>
  authentication?.split(':', 1)[0]?.toLowerCase();

/** §3.5 step 4: before mail is given up, is there a newer policy that the cached one's method proves? */
export function* renewedPolicy(
  switches: Draft2016Switches,
  domain: DomainName,
  inForce: InForce,
  now: number,
): Procedure<InForce | 'none' | undefined> {
  yield step('sts-2016.new-policy-looked-for', { domain });
  const looked = yield* lookUp(domain);
  if (looked === undefined || looked.found.text === inForce.found.text) {
    yield step('sts-2016.no-new-policy', { domain });
    return looked === undefined && switches.emptyRefresh === 'no-policy' ? 'none' : undefined;
  }
  const { policy } = switches.uriOf === 'cached' ? inForce : looked;
  // The cached policy says how; whose URI counts is left open (X12), the mechanism is not. Were it
  // the new policy's, whoever forges an unsigned answer would get out of DNSSEC by naming the web.
  const isSameMechanism = mechanismOf(inForce.policy) === mechanismOf(looked.policy);
  const method = isSameMechanism ? policy.authentication : inForce.policy.authentication;
  if (yield* isAuthentic(method, looked.found, domain, now)) {
    yield step('sts-2016.new-policy-authenticated', { domain, text: looked.found.text });
    return { ...looked, origin: 'renewed' };
  }
  yield step('sts-2016.new-policy-not-authenticated', { domain, text: looked.found.text, method });
  return undefined;
}

/**
 * The cache with this policy in it, until fetch time + lifetime + TTL of the TXT record. `now` in seconds since 1970.
 * Source: draft of 18 March 2016, §3.2.
 */
export function* remember(
  cache: Draft2016Cache,
  domain: DomainName,
  { policy, found, ttlSeconds, origin }: InForce,
  now: number,
): Procedure<Draft2016Cache> {
  const expiresSeconds = now + (policy.lifetimeSeconds ?? 0) + ttlSeconds;
  const authenticated = origin === 'renewed';
  const cached: Cached2016Policy = {
    text: found.text,
    expiresSeconds,
    fetchedSeconds: now,
    authenticated,
  };
  yield step('sts-2016.policy-cached', { domain, text: found.text, expiresSeconds });
  return new Map(cache).set(domain, cached);
}

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
