/**
 * Sending one message to one domain: the procedure that all protections share.
 *
 * Policy first (what does the domain ask?), then the mail hosts in their order, then for each host
 * what must hold before the message may leave.
 *
 * The threat: an attacker whose aim is always the same, to make the sender believe that nothing is
 * asked.
 * Implements: RFC 5321 §5.1, RFC 7672 §2.2, RFC 8461 §5.1, and what RFC 8460 §4.3 would count.
 * Left out: several recipients, bounces in detail, and connection reuse.
 */
import type { DaneSender } from '../dane/departures.ts';
import { danePolicy, type DanePolicy } from '../dane/policy.ts';
import type { DomainName } from '../dns/name.ts';
import { stsDecision, type StsDecision } from '../mta-sts/decision.ts';
import { isListedMx } from '../mta-sts/host.ts';
import { isUsableMatchList, looseMatchList } from '../mta-sts/loose-reading.ts';
import { resolveAddresses, resolveMx, type MxHosts } from '../smtp/mx.ts';
import {
  failed,
  returned,
  undelivered,
  type Action,
  type Attempt,
  type DeferReason,
  type Envelope,
} from '../smtp/session.ts';
import { deliver2016 } from '../sts-2016/flow.ts';
import { ask, step, type Procedure } from '../trace.ts';
import { attemptAddress, type Demand } from './attempt.ts';
import { departed } from './departures.ts';
import { countFailure } from './report.ts';
import type { Delivery, Sender, SenderMemory } from './sender.ts';

/**
 * Delivers one message to one domain, or says why not.
 * Shape: `memory` as the last delivery of this sender gave it, `emptyMemory` before the first.
 * Errors: none; a message that could not go is an action, `deferred` or `bounced`, with its reason.
 * Source: RFC 5321 §5.1, §4.5.4.1; each step names the sections of its rule.
 */
export function* deliver(
  sender: Sender,
  envelope: Envelope,
  memory: SenderMemory,
): Procedure<Delivery> {
  const nowSeconds = yield* ask({ ask: 'now' });
  if (sender.protection === 'smtp-sts-2016') {
    const draft = { ...sender.draft2016, dane: daneSideOf(sender) };
    const { action, cache } = yield* deliver2016(draft, envelope, memory.draft2016, nowSeconds);
    return { action, memory: { ...memory, draft2016: cache } };
  }
  const sts = yield* askedBySts(sender, envelope.domain, memory, nowSeconds);
  const kept: SenderMemory = sts === undefined ? memory : { ...memory, mtaSts: sts.cache };
  const mx = yield* resolveMx(envelope.domain);
  const usesDane = daneApplies(sender, envelope.domain);
  if (mx.kind === 'failed') {
    if (usesDane) {
      yield step('dane.mx-lookup-failed', { why: mx.why });
      if (mx.why === 'bogus') yield countFailure('tlsa', envelope.domain, 'dnssec-invalid');
    }
    return { action: yield* undelivered(envelope, 'mx-lookup-failed'), memory: kept };
  }
  if (mx.kind === 'no-domain') return { action: returned('no-such-domain'), memory: kept };
  if (mx.kind === 'null-mx') return { action: returned('null-mx'), memory: kept };
  const action = yield* throughHosts(sender, envelope, mx, sts, nowSeconds);
  return { action, memory: kept };
}

/** The sender as its DANE procedures see it. */
const daneSideOf = ({ departures, protection }: Sender): DaneSender => ({
  departures,
  isMandatory: protection === 'dane-only',
});

const usesSts = ({ protection }: Sender): boolean =>
  protection === 'mta-sts' || protection === 'dane-and-mta-sts';

const isListedForDane = (sender: Sender, domain: DomainName): boolean =>
  sender.departures.has('dane-list-first') && sender.daneList.has(domain);

const daneApplies = (sender: Sender, domain: DomainName): boolean => {
  if (sender.protection === 'dane' || sender.protection === 'dane-only') return true;
  if (sender.protection !== 'dane-and-mta-sts') return false;
  return !sender.departures.has('dane-list-first') || sender.daneList.has(domain);
};

function* askedBySts(
  sender: Sender,
  domain: DomainName,
  memory: SenderMemory,
  nowSeconds: number,
): Procedure<StsDecision | undefined> {
  if (!usesSts(sender)) return undefined;
  if (isListedForDane(sender, domain)) {
    yield departed('dane-list-first', { domain });
    return undefined;
  }
  const decision = yield* stsDecision(sender, domain, memory.mtaSts, nowSeconds);
  const { policy } = decision;
  if (decision.problem !== undefined) yield countFailure('sts', domain, decision.problem);
  if (policy !== undefined) yield step(`mta-sts.mode-${policy.mode}`, { mx: policy.mx });
  return decision;
}

function* throughHosts(
  sender: Sender,
  envelope: Envelope,
  mx: MxHosts,
  sts: StsDecision | undefined,
  nowSeconds: number,
): Procedure<Action> {
  const { departures } = sender;
  const policy = sts?.policy?.mode === 'none' ? undefined : sts?.policy;
  const decides = policy?.mode === 'enforce';
  if (
    decides &&
    departures.has('certificate-compared-with-policy') &&
    !isUsableMatchList(looseMatchList(policy.mx))
  ) {
    yield departed('policy-read-loosely', { mx: policy.mx });
    return yield* undelivered(envelope, 'configuration');
  }
  // With the daemon's answer in place of the level, an enforced policy switches DANE off.
  const isOverridden = decides && departures.has('mta-sts-overrides-dane');
  const dane = !daneApplies(sender, envelope.domain) ? 'not' : isOverridden ? 'overridden' : 'used';
  if (dane === 'used' && mx.security === 'secure')
    yield step('dane.mx-secure', { hosts: mx.hosts });
  if (dane === 'used' && policy !== undefined)
    yield step('mta-sts.beside-dane', { mode: policy.mode });
  const asked = { mx, dane, sts: policy && { policy, decides } } as const;
  let reason: DeferReason = 'no-address';
  for (const [index, host] of mx.hosts.entries()) {
    if (index > 0) yield step('sender.next-host', { host, after: reason });
    const tried = yield* throughHost(sender, envelope, host, asked, nowSeconds);
    if (tried.kind !== 'failed') return tried.action;
    reason = tried.reason;
  }
  return yield* undelivered(envelope, reason);
}

/** What is asked of every host of the domain alike. */
interface Asked {
  readonly mx: MxHosts;
  readonly dane: 'used' | 'overridden' | 'not';
  readonly sts: Demand['sts'];
}

type Tried = Attempt | { readonly kind: 'returned'; readonly action: Action };

/** Through one host: its addresses, what it must prove, and then each address. */
function* throughHost(
  sender: Sender,
  envelope: Envelope,
  host: DomainName,
  { mx, dane, sts }: Asked,
  nowSeconds: number,
): Procedure<Tried> {
  const addresses = yield* resolveAddresses(host);
  if (addresses.kind === 'failed') {
    yield step('smtp.address-lookup-failed', { host, why: addresses.why });
    if (dane === 'used') {
      yield step('dane.address-lookup-failed', { host, why: addresses.why });
      if (addresses.why === 'bogus') yield countFailure('tlsa', host, 'dnssec-invalid');
    }
    return failed('no-address');
  }
  if (addresses.kind === 'none') {
    yield step('smtp.no-address', { host });
    return failed('no-address');
  }
  // Where DANE would have had a say: what a strict sender sees and this one does not ask.
  if (dane === 'overridden' && mx.security === 'secure' && addresses.firstSecurity === 'secure')
    yield departed('mta-sts-overrides-dane', { host, protection: sender.protection });
  const policy =
    dane === 'used'
      ? yield* danePolicy(daneSideOf(sender), host, mx.security, addresses)
      : undefined;
  const judged = policy === undefined ? 'go-on' : yield* judgeHost(sender, host, policy);
  if (judged === 'return') return { kind: 'returned', action: returned('dane-not-possible') };
  if (judged === 'skip') return failed('dane-not-possible');
  if (sts !== undefined && !(yield* isListedMx(sender, sts.policy, host))) {
    yield countFailure('sts', host, 'validation-failure');
    if (sts.decides) {
      yield step('mta-sts.host-refused', { host });
      return failed('not-in-policy');
    }
    yield step('mta-sts.delivered-in-testing', { host });
  }
  const demand: Demand = {
    tls:
      sender.protection === 'encrypt' ||
      sender.protection === 'secure' ||
      policy?.kind === 'encrypt',
    nextHopNames: mx.implicit ? [envelope.domain] : mx.nextHopNames,
    secure: sender.protection === 'secure',
    dane: policy?.kind === 'authenticate' ? policy : undefined,
    sts,
  };
  let last = failed('no-address');
  for (const address of addresses.addresses) {
    last = yield* attemptAddress(sender, envelope, host, address, demand, nowSeconds);
    if (last.kind === 'delivered') return last;
  }
  return last;
}

/** May this host be spoken to at all, by what DANE asks of it? */
function* judgeHost(
  sender: Sender,
  host: DomainName,
  dane: DanePolicy,
): Procedure<'go-on' | 'skip' | 'return'> {
  const { departures } = sender;
  if (dane.kind === 'unreachable') {
    yield countFailure('tlsa', host, 'dnssec-invalid');
    return 'skip';
  }
  if (dane.kind === 'encrypt') yield countFailure('tlsa', host, 'tlsa-invalid');
  if (sender.protection !== 'dane-only' || dane.kind === 'authenticate') return 'go-on';
  if (dane.kind === 'encrypt' && departures.has('unusable-enough-when-mandatory')) {
    yield departed('unusable-enough-when-mandatory', { host });
    return 'go-on';
  }
  yield step('dane.mandatory-not-met', { host });
  yield countFailure('tlsa', host, 'dane-required');
  if (departures.has('returns-when-dane-absent')) {
    yield departed('returns-when-dane-absent', { host });
    return 'return';
  }
  return 'skip';
}
