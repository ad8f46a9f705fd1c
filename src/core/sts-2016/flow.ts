/**
 * The sending server of the draft of 18 March 2016 (§3.3 to §3.5, §4; pseudocode §8).
 *
 * The threat it was written against: someone on the path. Its hole: with nothing cached, the policy
 * in one unauthenticated DNS answer is trusted. Who forges that answer and the MX record beside it
 * is the sender's valid, "secure" host; the policy then stays until its lifetime is over. Where text
 * and pseudocode differ, `switches.ts` chooses.
 * Implements: §3 (the record of §3.1 in `record.ts`), §8, and of §4 when a failure is reported, and
 * where.
 * Left out: the form of those reports, which RFC 8460 replaced.
 */
import type { DaneSender } from '../dane/departures.ts';
import { danePolicy } from '../dane/policy.ts';
import { matchDane } from '../dane/match.ts';
import type { DomainName } from '../dns/name.ts';
import { nameKey } from '../grammar/idn.ts';
import { anyNameFits, countingNames } from '../pkix/certificate.ts';
import { isWithinValidity } from '../pkix/path.ts';
import { resolveAddresses, type HostAddresses, resolveMx, type MxHosts } from '../smtp/mx.ts';
import type { PresentedForDane } from '../smtp/ask.ts';
import {
  handOver,
  handOverInTheClear,
  undelivered,
  type Action,
  type Attempt,
  type DeferReason,
  type Envelope,
  type Opened,
  openChannel,
} from '../smtp/session.ts';
import { step, type Procedure } from '../trace.ts';
import {
  firstPolicy,
  fromMemory,
  remember,
  renewedPolicy,
  type InForce,
  type Draft2016Cache,
} from './in-force.ts';
import type { Sts2016Policy } from './record.ts';
import type { Draft2016Switches } from './switches.ts';

/** A sender of the draft: how it reads it, and DANE as it knows it (`c=tlsa`). */
export type Draft2016Sender = Draft2016Switches & { readonly dane: DaneSender };

export interface Delivery2016 {
  readonly action: Action;
  /** What it keeps for the next delivery. */
  readonly cache: Draft2016Cache;
}

/**
 * Delivers one message as the draft of March 2016 says, and keeps the policy that it found.
 * Shape: `cache` as the last delivery gave it; `now` in seconds since 1970.
 * Errors: none; a message that could not go is an action, `deferred` or `bounced`, with its reason.
 * Source: draft of 18 March 2016, §3.3 to §3.5, §8.
 */
export function* deliver2016(
  sender: Draft2016Sender,
  envelope: Envelope,
  cache: Draft2016Cache,
  now: number,
): Procedure<Delivery2016> {
  const { domain } = envelope;
  const cached = yield* fromMemory(cache.get(domain), domain, now);
  let inForce = cached ?? (yield* firstPolicy(sender, domain, now));
  let kept = cache;
  if (inForce?.origin === 'first' && sender.cached === 'at-once')
    kept = yield* remember(kept, domain, inForce, now);
  const mx = yield* resolveMx(domain);
  if (mx.kind === 'failed')
    return { cache: kept, action: yield* undelivered(envelope, 'mx-lookup-failed') };
  if (mx.kind !== 'hosts') {
    const reason = mx.kind === 'null-mx' ? 'null-mx' : 'no-such-domain';
    return { cache: kept, action: { kind: 'bounced', reason } };
  }
  for (let round = 1; ; round += 1) {
    const tried = yield* tryHosts(sender, envelope, mx, inForce, now);
    if (tried.kind === 'done') {
      const keeps = inForce !== undefined && inForce.origin !== 'cached' && tried.caches;
      if (inForce !== undefined && keeps) kept = yield* remember(kept, domain, inForce, now);
      return { cache: kept, action: tried.action };
    }
    const renewed =
      tried.byPolicy && inForce !== undefined && round === 1
        ? yield* renewedPolicy(sender, domain, inForce, now)
        : undefined;
    if (renewed === undefined) {
      if (tried.byPolicy) yield step('sts-2016.treated-as-failure', { domain });
      return { cache: kept, action: yield* undelivered(envelope, tried.reason) };
    }
    if (renewed === 'none') inForce = undefined;
    else {
      inForce = renewed;
      kept = yield* remember(kept, domain, renewed, now);
    }
  }
}

type Tried =
  | { readonly kind: 'done'; readonly action: Action; readonly caches: boolean }
  | { readonly kind: 'failed'; readonly reason: DeferReason; readonly byPolicy: boolean };

function* tryHosts(
  sender: Draft2016Sender,
  envelope: Envelope,
  mx: MxHosts,
  inForce: InForce | undefined,
  now: number,
): Procedure<Tried> {
  let reason: DeferReason = 'no-address';
  let byPolicy = false;
  for (const [index, host] of mx.hosts.entries()) {
    const found = yield* resolveAddresses(host);
    if (found.kind === 'failed') {
      reason = 'address-lookup-failed';
      yield step('smtp.address-lookup-failed', { host, why: found.why });
    } else if (found.kind === 'none') {
      reason = 'no-address';
      yield step('smtp.no-address', { host });
    } else {
      const tried = yield* tryHost(sender, envelope, mx, host, found, inForce, now);
      if (tried.kind === 'done') return tried;
      reason = tried.reason;
      byPolicy ||= tried.byPolicy;
    }
    if (index + 1 < mx.hosts.length) yield step('sender.next-host', { host, reason });
  }
  return { kind: 'failed', reason, byPolicy };
}

type Addresses = Extract<HostAddresses, { kind: 'found' }>;
type Fault = 'not-in-policy' | 'tls-not-offered' | 'handshake-failed' | 'not-authenticated';

function* tryHost(
  sender: Draft2016Sender,
  envelope: Envelope,
  mx: MxHosts,
  host: DomainName,
  addresses: Addresses,
  inForce: InForce | undefined,
  now: number,
): Procedure<Tried> {
  const [address] = addresses.addresses;
  if (address === undefined) return { kind: 'failed', reason: 'no-address', byPolicy: false };
  const listed = inForce === undefined || (yield* isListed(inForce.policy, host));
  const opened = yield* openChannel(host, address, inForce && host);
  if (opened.kind === 'no-connection')
    return { kind: 'failed', reason: 'no-connection', byPolicy: false };
  let fault: Fault | undefined = listed ? undefined : 'not-in-policy';
  if (inForce !== undefined && fault === undefined) {
    if (opened.kind === 'encrypted') {
      const judged = yield* judge(
        sender,
        inForce.policy,
        mx,
        host,
        addresses,
        opened.presented,
        now,
      );
      if (!judged) fault = 'not-authenticated';
    } else {
      yield step('sts-2016.tls-missing', { host });
      fault = opened.kind === 'not-offered' ? 'tls-not-offered' : 'handshake-failed';
    }
  }
  if (inForce !== undefined && fault !== undefined) {
    if (inForce.policy.rua !== undefined)
      yield step('sts-2016.failure-reported', { rua: inForce.policy.rua, fault });
    if (inForce.policy.tlsOnly) {
      const mayReject = inForce.origin !== 'first' || sender.firstContactRejects;
      if (mayReject) return { kind: 'failed', reason: fault, byPolicy: true };
      yield step('sts-2016.not-used-to-reject', { host });
    } else yield step('sts-2016.delivered-despite-failure', { host });
  }
  const isValid = inForce !== undefined && fault === undefined;
  if (isValid) yield step('sts-2016.host-valid', { host });
  const attempt = yield* send(envelope, host, address, opened, isValid);
  if (attempt.kind === 'failed') return { kind: 'failed', reason: attempt.reason, byPolicy: false };
  const caches = isValid || (inForce?.policy.tlsOnly === false && sender.cacheFailedReportOnly);
  if (inForce?.origin === 'first' && !caches) yield step('sts-2016.policy-not-cached', { host });
  return { kind: 'done', action: attempt.action, caches };
}

/** §3: a pattern `*.` covers any depth ("any MX whose hostname is a subdomain of"). */
function* isListed(policy: Sts2016Policy, host: DomainName): Procedure<boolean> {
  const fits = (policy.mx ?? []).some((pattern) => {
    const name = nameKey(pattern);
    return name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host;
  });
  yield step(fits ? 'sts-2016.mx-listed' : 'sts-2016.mx-not-listed', { host, mx: policy.mx });
  return fits;
}

/** §3.4: by `c`, the web's certificates (common name or subject alternative name) or TLSA. */
function* judge(
  sender: Draft2016Sender,
  policy: Sts2016Policy,
  mx: MxHosts,
  host: DomainName,
  addresses: Addresses,
  presented: PresentedForDane,
  now: number,
): Procedure<boolean> {
  const { chain, facts, leadsToTrustedRoot } = presented;
  const [leaf] = chain;
  let isValid = false;
  if (policy.constraint === 'tlsa') {
    const dane = yield* danePolicy(sender.dane, host, mx.security, addresses);
    if (dane.kind === 'authenticate') {
      const referenceNames = [dane.base, ...mx.nextHopNames];
      const presentedToDane = { tlsa: dane.records, chain, referenceNames, nowSeconds: now };
      isValid = matchDane(presentedToDane, facts).kind === 'authenticated';
    }
  } else
    isValid =
      leaf !== undefined &&
      leadsToTrustedRoot &&
      isWithinValidity(leaf, now) &&
      anyNameFits(countingNames(leaf), host);
  if (!isValid)
    yield step('sts-2016.certificate-invalid', {
      host,
      constraint: policy.constraint ?? 'webpki',
      names: leaf?.dnsNames,
    });
  return isValid;
}

function* send(
  envelope: Envelope,
  host: DomainName,
  address: string,
  opened: Exclude<Opened, { kind: 'no-connection' }>,
  isValid: boolean,
): Procedure<Attempt> {
  if (opened.kind === 'encrypted') {
    if (!isValid) yield step('smtp.certificate-not-judged', { host });
    const channel = isValid ? 'authenticated' : 'encrypted';
    return yield* handOver(envelope, host, address, opened.session, channel);
  }
  if (opened.kind === 'not-offered')
    return yield* handOver(envelope, host, address, opened.session, 'plaintext');
  return yield* handOverInTheClear(envelope, host, address);
}
