/**
 * DNSSEC validation of one lookup: from the keys a visitor trusts to an answer, or to the proof that
 * there is none.
 *
 * The threat: a resolver, or anyone between, who invents, withholds or replays. A false "secure"
 * would make the site lie for him, so whatever is not proved is not secure; and a false "insecure"
 * would switch DANE off, so that too needs proof. What a resolver claims (AD) is kept to be shown,
 * and decides nothing.
 * Implements: RFC 4033, 4034, 4035 §5, RFC 5155 §8, RFC 6672, RFC 6840, RFC 9276.
 * Left out: updates of anchors (RFC 5011), negative caching across names (RFC 8198), negative
 * anchors. Records of more than one class do not occur.
 */
import type { AliasLink, LookupAnswer, LookupAsk, LookupFailure } from '../ask.ts';
import { rcodes, type ExtendedError } from '../dns/message.ts';
import { isSubdomainOf, labelsOf, rootName, suffixOf, type DomainName } from '../dns/name.ts';
import type { RrType } from '../dns/record.ts';
import { ask, step, type Procedure } from '../trace.ts';
import type { LinkEvidence, Security, WorkDone, ZoneEvidence } from './evidence.ts';
import type { Judgement } from './judge.ts';
import { linkAt, speaksOf, type Link } from './link.ts';
import type { DnssecRule } from './rules.ts';
import {
  fetchAll,
  fetchOne,
  openLookup,
  type Fetched,
  type Lookup,
  type Session,
  type Wanted,
} from './session.ts';
import { closestAnchor, keysAndDs, pathBelow } from './zone.ts';

/** An answer with its proof, or with why there is none; it carries the question it answers. */
export interface ValidatedLookup {
  readonly name: DomainName;
  readonly type: RrType;
  readonly security: Security;
  readonly reason: DnssecRule;
  /** As a mail server would be told. */
  readonly answer: LookupAnswer;
  readonly links: readonly LinkEvidence[];
  /** From the anchor down. */
  readonly zones: readonly ZoneEvidence[];
  /** What the resolver claimed of its answer (AD); undefined when it gave none. */
  readonly claimedAuthentic: boolean | undefined;
  readonly extendedErrors: readonly ExtendedError[];
  readonly work: WorkDone;
}

/** A lookup that returns the proof beside the answer. The check shows it; a sender needs the answer only. */
export interface ProvedLookupAsk extends Omit<LookupAsk, 'ask'> {
  readonly ask: 'proved-lookup';
}

declare module '../ask.ts' {
  interface Asks {
    'proved-lookup': { ask: ProvedLookupAsk; answer: ValidatedLookup };
  }
}

/**
 * Looks a name up and validates what comes back. Parents known to the session are not asked again.
 * Errors: none; `security` says how far the answer is proved, `reason` by which rule. An answer that is neither secure
 * nor provably insecure is `failed`.
 */
export function* validateLookup(
  session: Session,
  name: DomainName,
  type: RrType,
): Procedure<ValidatedLookup> {
  const lookup = openLookup(session);
  const { policy } = lookup;
  if (policy.ignoreTime !== true) lookup.now = yield* ask({ ask: 'now' });
  const [first] = (yield* fetchAll(lookup, [
    { name, type },
    ...likelyWanted(lookup, name, type),
  ])) as [Fetched];
  const links: LinkEvidence[] = [];
  const aliases: AliasLink[] = [];
  const message = first.kind === 'response' ? first.response.message : undefined;
  const conclude = function* (
    security: Security,
    reason: DnssecRule,
    answer: LookupAnswer,
  ): Procedure<ValidatedLookup> {
    yield step(reason, { name, type, security });
    return {
      name,
      type,
      security,
      reason,
      answer,
      links,
      zones: [...lookup.zones.values()],
      claimedAuthentic: message?.authenticData,
      extendedErrors: message?.extendedErrors ?? [],
      work: lookup.work,
    };
  };
  const fail = (security: Security, reason: DnssecRule, why: LookupFailure) =>
    conclude(security, reason, { kind: 'failed', why, aliases });

  if (lookup.now !== undefined && lookup.now < (policy.earliestSeconds ?? 0))
    return yield* fail('indeterminate', 'dnssec.clock-implausible', 'indeterminate');

  let current = name;
  let fetched: Fetched = first;
  let isOwn = true;
  let worst: { security: 'secure' | 'insecure'; reason: DnssecRule } | undefined;
  const seen = new Set<DomainName>([name]);
  for (;;) {
    if (fetched.kind === 'failed') return yield* fail('indeterminate', fetched.reason, fetched.why);
    lookup.own.push(fetched.response);
    let link: Link = yield* linkAt(lookup, fetched.response, current, type);
    // The answer for an alias's target came along unasked: ask its own zone before giving up on it.
    if (!isOwn && !isGood(link.judgement)) {
      const own = yield* fetchOne(lookup, { name: current, type });
      if (own.kind === 'response') {
        fetched = own;
        lookup.own.push(own.response);
        link = yield* linkAt(lookup, own.response, current, type);
      }
    }
    const { security, reason, signatures, denials, zone } =
      link.kind === 'found' && type !== 'CNAME' && isDenied(fetched)
        ? { ...link.judgement, ...contradiction(link.judgement) }
        : link.judgement;
    const isAlias = link.kind === 'alias' || link.kind === 'dead-end';
    links.push({
      name: current,
      type: isAlias ? 'CNAME' : type,
      kind: link.kind === 'dead-end' ? 'alias' : link.kind,
      ...(zone && { zone }),
      security,
      reason,
      signatures,
      denials,
    });
    if (security === 'bogus' || security === 'indeterminate')
      return yield* fail(security, reason, security);
    // The worst link decides; of equals the records themselves tell more than an alias to them.
    if (
      worst === undefined ||
      (worst.security === 'secure' && security === 'insecure') ||
      (worst.security === security && !isAlias)
    )
      worst = { security, reason };

    if (link.kind === 'dead-end') return yield* fail('indeterminate', link.why, 'malformed');
    if (link.kind !== 'alias') {
      const known = { security: worst.security, aliases };
      return yield* conclude(
        worst.security,
        worst.reason,
        link.kind === 'found'
          ? { kind: 'found', records: link.records, ...known }
          : { kind: 'absent', denial: link.denial, ...known },
      );
    }
    const { to, ttlSeconds } = link;
    aliases.push({ from: current, to, security, ttlSeconds });
    // Each link may be proved: it is the lookup that has no end, not a signature that is wrong.
    if (seen.has(to)) return yield* fail('indeterminate', 'dnssec.alias-loop', 'alias-loop');
    if (aliases.length > policy.limits.aliases)
      return yield* fail('indeterminate', 'dnssec.limit-reached', 'indeterminate');
    seen.add(to);
    current = to;
    isOwn = !speaksOf(fetched.response, current, type);
    if (isOwn) fetched = yield* fetchOne(lookup, { name: current, type });
  }
}

const isDenied = (fetched: Fetched): boolean =>
  fetched.kind === 'response' && fetched.response.message.rcode === rcodes.nxDomain;

/** Data under a code that says there is none: somebody on the way changed one or the other. */
const contradiction = ({ security }: Judgement): Partial<Judgement> =>
  security === 'secure' ? { security: 'bogus', reason: 'dnssec.denial-missing' } : {};

const isGood = ({ security }: Judgement): boolean =>
  security === 'secure' || security === 'insecure';

/** Types that stand at the top of a zone; for others a name of three labels or more is taken for a host. */
const apexTypes: readonly RrType[] = ['MX', 'NS', 'SOA', 'DNSKEY', 'CAA', 'NSEC3PARAM'];

/**
 * DS and DNSKEY of the zones that probably stand above a name, so that question and chain travel
 * in one round. A wrong guess costs one round more, never a wrong result.
 */
const likelyWanted = (lookup: Lookup, name: DomainName, type: RrType): Wanted[] => {
  const anchor = closestAnchor(lookup.policy.anchors, name);
  if (anchor === undefined) return [];
  let labels = labelsOf(name);
  const isService = labels.some((label) => label.startsWith('_'));
  while (labels[0]?.startsWith('_')) labels = labels.slice(1);
  const isHost = !apexTypes.includes(type) && labels.length > 2 && (type !== 'TXT' || !isService);
  const depth = labels.length - (isHost || type === 'DS' ? 1 : 0);
  const base = suffixOf(name, Math.max(depth, 0));
  const path = isSubdomainOf(base, anchor) ? pathBelow(anchor, base) : [];
  const known = path.map((each) => lookup.cuts.get(each)?.kind);
  const end = known.findIndex((kind) => kind === 'insecure' || kind === 'bogus');
  const unknown = path.filter((_, at) => known[at] === undefined && (end < 0 || at < end));
  const keys: Wanted[] = lookup.cuts.has(anchor) ? [] : [{ name: anchor, type: 'DNSKEY' }];
  return [...keys, ...keysAndDs(unknown.filter((each) => each !== rootName))];
};
