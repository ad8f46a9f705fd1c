/**
 * One try at one address of one host: what is demanded of the channel, whether the channel gives
 * it, and handing over. Every protection comes down to a `Demand`; the order of checks is theirs.
 */
import type { DanePolicy } from '../dane/policy.ts';
import { matchDane, type DaneMatchFault } from '../dane/match.ts';
import type { DomainName } from '../dns/name.ts';
import { nameKey } from '../grammar/idn.ts';
import { stsCertificateProblem } from '../mta-sts/host.ts';
import type { FetchedStsPolicy } from '../mta-sts/memory.ts';
import { countingNames, nameFits } from '../pkix/certificate.ts';
import { isWithinValidity } from '../pkix/path.ts';
import type { Presented, PresentedForDane } from '../smtp/ask.ts';
import {
  failed,
  handOver,
  handOverInTheClear,
  type Attempt,
  type Envelope,
  openChannel,
} from '../smtp/session.ts';
import { step, type Procedure } from '../trace.ts';
import type { RuleId } from '../rules.ts';
import { departed, type DepartureId } from './departures.ts';
import { countFailure, keepsCount, type ResultType } from './report.ts';
import type { Sender } from './sender.ts';

/** What must hold before the message may leave. */
export interface Demand {
  /** Without TLS nothing is sent. */
  readonly tls: boolean;
  /** Records of DANE, one of which the server must match. */
  readonly dane: Extract<DanePolicy, { kind: 'authenticate' }> | undefined;
  /** Names that count as the domain's beside the base domain (RFC 7672 §3.2.2). */
  readonly nextHopNames: readonly DomainName[];
  /** The MTA-STS policy, and whether it decides or only reports. */
  readonly sts: { readonly policy: FetchedStsPolicy; readonly decides: boolean } | undefined;
  /** Local policy: a certificate for the domain or a name under it. */
  readonly secure: boolean;
}

/**
 * Tries one address of one host: opens a channel, checks it against `demand`, and hands the message over.
 * Shape: `nowSeconds` since 1970, against which certificates are checked.
 * Errors: `failed` with `no-connection`, `tls-not-offered` or `handshake-failed` (where TLS is demanded, or the sender
 * waits before it sends in the clear), `not-authenticated` (the certificate does not meet the demand), or
 * `rejected-by-server`. What a report would count is a step of the trace.
 * Source: RFC 3207 §4, §6, RFC 7672 §2.2, RFC 8461 §4, §5.
 */
export function* attemptAddress(
  sender: Sender,
  envelope: Envelope,
  host: DomainName,
  address: string,
  demand: Demand,
  nowSeconds: number,
): Procedure<Attempt> {
  const { dane, sts } = demand;
  const serverName = dane?.base ?? (sts?.decides === true ? host : undefined);
  const opened = yield* openChannel(host, address, serverName);
  if (opened.kind === 'no-connection') return failed('no-connection');
  if (opened.kind === 'not-offered') {
    const mustStop = yield* withoutTls(sender, demand, host, 'starttls-not-supported');
    if (mustStop) return failed('tls-not-offered');
    return yield* handOver(envelope, host, address, opened.session, 'plaintext');
  }
  if (opened.kind === 'handshake-failed') {
    const mustStop = yield* withoutTls(sender, demand, host, 'validation-failure');
    if (mustStop) return failed('handshake-failed');
    // The text permits either: at once (Exim), or only when the message has waited (Postfix).
    if (envelope.attempt === 1 && sender.departures.has('waits-before-cleartext')) {
      yield departed('waits-before-cleartext', { host });
      return failed('handshake-failed');
    }
    return yield* handOverInTheClear(envelope, host, address);
  }
  const { session, presented } = opened;
  const channel = yield* judge(sender, envelope, host, demand, presented, nowSeconds);
  if (channel === undefined) return failed('not-authenticated');
  return yield* handOver(envelope, host, address, session, channel);
}

/** No TLS can be had: true where the demand forbids to go on. */
function* withoutTls(
  sender: Sender,
  demand: Demand,
  host: DomainName,
  result: ResultType,
): Procedure<boolean> {
  if (demand.dane !== undefined) {
    yield step('dane.tls-missing', { host });
    yield countFailure('tlsa', host, result);
    return true;
  }
  if (demand.sts !== undefined) {
    yield step('mta-sts.tls-missing', { host });
    yield countFailure('sts', host, result);
    if (demand.sts.decides) {
      yield step('mta-sts.host-refused', { host });
      return true;
    }
    yield step('mta-sts.delivered-in-testing', { host });
  } else if (keepsCount(sender.protection)) {
    // Without a policy a session without TLS is counted too, if the domain asks for reports.
    yield countFailure('no-policy-found', host, result);
  }
  if (demand.tls) yield step('sender.tls-required', { host });
  return demand.tls;
}

/** Judges the certificate by all that is demanded; undefined: this host may not have the message. */
function* judge(
  sender: Sender,
  envelope: Envelope,
  host: DomainName,
  demand: Demand,
  presented: PresentedForDane,
  nowSeconds: number,
): Procedure<'encrypted' | 'authenticated' | undefined> {
  const { dane, sts, secure } = demand;
  let channel: 'encrypted' | 'authenticated' = 'encrypted';
  if (dane !== undefined) {
    const fault = yield* faultByTlsa(sender, demand, dane, presented, nowSeconds);
    if (fault !== undefined) {
      yield step('dane.not-authenticated', { host, base: dane.base });
      yield countFailure('tlsa', host, resultOfFault[fault] ?? 'validation-failure');
      return undefined;
    }
    yield step('dane.authenticated', { host, base: dane.base, mxSecure: dane.mxSecure });
    // The host is proved; that it is the domain's host is not, where the MX record was insecure.
    if (dane.mxSecure) channel = 'authenticated';
  }
  if (sts !== undefined) {
    const problem = yield* stsCertificateProblem(sender, sts.policy, host, presented, nowSeconds);
    if (problem !== undefined) {
      yield countFailure('sts', host, problem);
      if (sts.decides) {
        yield step('mta-sts.host-refused', { host });
        return undefined;
      }
      yield step('mta-sts.delivered-in-testing', { host });
    } else if (sts.decides) channel = 'authenticated';
  }
  if (secure) {
    if (!isForDomain(envelope.domain, presented, nowSeconds)) {
      yield step('sender.level-secure-not-met', { host });
      return undefined;
    }
    yield step('sender.level-secure-met', { host });
    channel = 'authenticated';
  }
  if (channel === 'encrypted' && dane === undefined)
    yield step('smtp.certificate-not-judged', { host });
  return channel;
}

/** What is wrong with the certificates by the TLSA records; undefined: nothing. */
function* faultByTlsa(
  sender: Sender,
  demand: Demand,
  dane: Extract<DanePolicy, { kind: 'authenticate' }>,
  { chain, facts }: PresentedForDane,
  nowSeconds: number,
): Procedure<DaneMatchFault | undefined> {
  const { base, records: tlsa, mxSecure } = dane;
  const matchWith = (referenceNames: readonly string[]) =>
    matchDane({ tlsa, chain, referenceNames, nowSeconds }, facts);
  const both = [base, ...demand.nextHopNames];
  const strict = matchWith(mxSecure ? both : [base]);
  const departure: DepartureId = mxSecure
    ? 'next-hop-name-not-accepted'
    : 'next-hop-name-despite-insecure-mx';
  let match = strict;
  if (sender.departures.has(departure)) {
    match = matchWith(mxSecure ? [base] : both);
    if (match.kind !== strict.kind)
      yield departed(departure, { base, names: chain[0] && countingNames(chain[0]) });
  }
  if (match.kind === 'authenticated') {
    const { record } = match;
    if (match.depth === 0) yield step('dane.leaf-matches', { record });
    else yield step('dane.anchor-matches', { record, name: match.name });
    return undefined;
  }
  const { fault } = match;
  yield step(ruleOfFault[fault], { records: tlsa, fault, names: chain[0]?.dnsNames });
  return fault;
}

/** RFC 8460 §4.3.1; every other fault is a `validation-failure`. */
const resultOfFault: Readonly<Partial<Record<DaneMatchFault, ResultType>>> = {
  name: 'certificate-host-mismatch',
  expired: 'certificate-expired',
};

const ruleOfFault: Readonly<Record<DaneMatchFault, RuleId>> = {
  'no-match': 'dane.nothing-matches',
  name: 'dane.name-not-in-certificate',
  expired: 'dane.certificate-expired',
  'not-yet-valid': 'dane.certificate-expired',
  purpose: 'dane.nothing-matches',
  'not-a-ca': 'dane.nothing-matches',
  'path-length': 'dane.nothing-matches',
  'critical-extension': 'dane.nothing-matches',
  'name-constraint': 'dane.nothing-matches',
  signature: 'dane.nothing-matches',
};

function isForDomain(domain: DomainName, { chain, leadsToTrustedRoot }: Presented, now: number) {
  const [leaf] = chain;
  if (leaf === undefined || !leadsToTrustedRoot || !isWithinValidity(leaf, now)) return false;
  return countingNames(leaf).some(
    (name) => nameFits(name, domain) || nameKey(name).endsWith(`.${domain}`),
  );
}
