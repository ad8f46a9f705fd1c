/**
 * What one visit has learned, and what one lookup has spent.
 *
 * A session is made by the caller and passed to each lookup, so that parents are walked once. It
 * holds nothing that failed to arrive: a later lookup asks again.
 */
import type { LookupFailure, MessageAnswer, MessageAsk } from '../ask.ts';
import { rcodes, type Message } from '../dns/message.ts';
import { rootName, type DomainName } from '../dns/name.ts';
import type { DnskeyFields, RrType, WireRecord } from '../dns/record.ts';
import { askAll, type Procedure } from '../trace.ts';
import {
  securityOfFailure,
  type SignatureEvidence,
  type WorkDone,
  type ZoneEvidence,
} from './evidence.ts';
import type { ValidationPolicy } from './policy.ts';
import { rrsetsOf, type Rrset, type SignatureRecord } from './rrset.ts';
import type { DnssecRule } from './rules.ts';

/** A response with its sections gathered into RRsets. */
export interface Response {
  readonly message: Message;
  readonly answer: readonly Rrset[];
  readonly authority: readonly Rrset[];
}

export type KeyRecord = WireRecord & DnskeyFields;

/** What became of the signatures of an RRset. */
export type Checked = { readonly signatures: readonly SignatureEvidence[] } & (
  | {
      readonly isValid: true;
      readonly by: SignatureRecord;
      readonly expandedFrom: DomainName | undefined;
    }
  | { readonly isValid: false; readonly reason: DnssecRule }
);

/** A zone that is reached, and how far it can be trusted. */
export type Trust = { readonly zone: DomainName; readonly evidence: ZoneEvidence } & (
  | { readonly kind: 'secure'; readonly keys: readonly KeyRecord[] }
  | { readonly kind: 'insecure' | 'bogus' | 'indeterminate'; readonly reason: DnssecRule }
);

/** A zone begins at this name, or provably none does. */
export type Cut = Trust | { readonly kind: 'no-cut' };

export interface Session {
  readonly policy: ValidationPolicy;
  readonly responses: Map<string, Response>;
  /** What is known of each name below the anchors: a zone begins here, or none does. */
  readonly cuts: Map<DomainName, Cut>;
  readonly checked: WeakMap<Rrset, Map<DomainName, Checked>>;
  /** Zones whose signatures came, whatever they are worth. */
  readonly signers: Set<DomainName>;
}

/** What lookups of one visit share: parents, messages and keys met once are not asked for again. */
export const openSession = (policy: ValidationPolicy): Session => ({
  policy,
  responses: new Map(),
  cuts: new Map(),
  checked: new WeakMap(),
  signers: new Set(),
});

/** One lookup in a session. */
export interface Lookup extends Session {
  readonly work: WorkDone;
  /** Responses to the question and to the names its aliases lead to. */
  readonly own: Response[];
  /** Zones this lookup rested on, from the anchor down. */
  readonly zones: Map<DomainName, ZoneEvidence>;
  /** Seconds since 1970; undefined where the policy ignores time. */
  now: number | undefined;
}

/** A lookup with its own count of work, and with what earlier lookups of the session brought. */
export const openLookup = (session: Session): Lookup => ({
  ...session,
  work: { messages: 0, octets: 0, verifications: 0, hashes: 0 },
  own: [],
  zones: new Map(),
  now: undefined,
});

export type Fetched =
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'failed'; readonly why: LookupFailure; readonly reason: DnssecRule };

export interface Wanted {
  readonly name: DomainName;
  readonly type: RrType;
}

const keyOf = (wanted: Wanted): string => `${wanted.name}/${wanted.type}`;

const failureOf = (message: Message): LookupFailure | undefined => {
  if (message.rcode === rcodes.noError || message.rcode === rcodes.nxDomain) return undefined;
  // The name that a DNAME leads to is too long (RFC 6672 §2.2): an answer, not an error.
  if (message.rcode === rcodes.yxDomain) return undefined;
  return message.rcode === rcodes.refused ? 'refused' : 'servfail';
};

/** Asks for all that is not there yet, at once; the answers come in the order wanted. */
export function* fetchAll(lookup: Lookup, wanted: readonly Wanted[]): Procedure<Fetched[]> {
  const { limits } = lookup.policy;
  const missing = new Map(
    wanted.filter((each) => !lookup.responses.has(keyOf(each))).map((each) => [keyOf(each), each]),
  );
  const room = lookup.work.octets > limits.octets ? 0 : limits.messages - lookup.work.messages;
  const asked = [...missing.values()].slice(0, Math.max(0, room));
  const failures = new Map<string, LookupFailure>();
  if (asked.length > 0) {
    lookup.work.messages += asked.length;
    const answers: readonly MessageAnswer[] = yield* askAll(
      asked.map((each): MessageAsk => ({ ask: 'message', name: each.name, type: each.type })),
    );
    for (const [at, answer] of answers.entries()) {
      const key = keyOf(asked[at]!);
      const failure = answer.kind === 'failed' ? answer.why : failureOf(answer.message);
      if (answer.kind === 'failed' || failure !== undefined) {
        failures.set(key, failure ?? 'servfail');
        continue;
      }
      const { message } = answer;
      const all = [...message.answer, ...message.authority];
      for (const record of all) {
        lookup.work.octets += record.rdata.length;
        if (record.type === 'RRSIG') lookup.signers.add(record.signer);
      }
      lookup.responses.set(key, {
        message,
        answer: rrsetsOf(message.answer, all),
        authority: rrsetsOf(message.authority, all),
      });
    }
  }
  return wanted.map((each) => {
    const response = lookup.responses.get(keyOf(each));
    if (response !== undefined) return { kind: 'response', response };
    const why = failures.get(keyOf(each));
    const reason = why === undefined ? 'dnssec.limit-reached' : 'dnssec.not-fetched';
    return { kind: 'failed', why: why ?? 'indeterminate', reason };
  });
}

/**
 * One name and type, out of the session or by asking.
 * Errors: `failed`, with `dnssec.not-fetched` (no answer, or an answer that is an error) or `dnssec.limit-reached` (not
 * asked for, because a limit of the policy was reached).
 */
export function* fetchOne(lookup: Lookup, wanted: Wanted): Procedure<Fetched> {
  return (yield* fetchAll(lookup, [wanted]))[0]!;
}

/** True when it need not be asked for. */
export const isFetched = (lookup: Lookup, wanted: Wanted): boolean =>
  lookup.responses.has(keyOf(wanted));

/**
 * Why a zone below the anchors, or at one, failed. An anchor is ours, not the zone's: where it leads to no
 * keys, nothing below was looked at. And as long as not one signature of a zone below the root came, it is
 * the service that leaves them out. Nothing is bogus for either; an attacker who withholds keys or signatures
 * gains no more than by withholding the answer.
 */
export const orOfService = (
  { signers }: Lookup,
  reason: DnssecRule,
  isBelow: boolean,
): DnssecRule =>
  securityOfFailure(reason) !== 'bogus'
    ? reason
    : !isBelow
      ? 'dnssec.anchor-unproved'
      : [...signers].every((signer) => signer === rootName)
        ? 'dnssec.signatures-not-brought'
        : reason;

/** The RRset of this name and type in a section of a response; undefined where there is none. */
export const findRrset = (
  section: readonly Rrset[],
  name: DomainName,
  type: RrType,
): Rrset | undefined => section.find((rrset) => rrset.name === name && rrset.type === type);
