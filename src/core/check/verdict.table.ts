/**
 * The words of a verdict and how each is to be taken, as tables; the judging is in `verdict.ts`.
 * A list, a page, the command line and an embed look these up, and decide nothing.
 */
import type { RecordStanding } from './report.ts';

/** What mail to a domain meets, in the few words of a list. Best first. */
export const standings = [
  'dane-and-sts',
  'dane',
  'dane-some',
  'sts-only',
  'neither',
  /** None of the hosts that were looked at has DANE; there are more. */
  'none-of-first',
  'no-mail',
  'no-server',
  'no-domain',
  'unknown',
] as const;

export type Standing = (typeof standings)[number];

/** How a finding is to be taken; `open`: nothing is found for or against. */
export type Tone = 'good' | 'attention' | 'bad' | 'open';

/** `no-policy-host`: announced, but there is nowhere to fetch the policy from (RFC 8461 §3.3). */
export type StsStanding = RecordStanding | 'no-policy-host';

/** `no-usable-rua`: a record by the grammar, in which nobody can send a report anywhere (RFC 8460 §3). */
export type TlsRptStanding = RecordStanding | 'no-usable-rua';

export type DnssecStanding =
  | 'signed'
  /** As far as the hosts were looked at; there are more. */
  | 'signed-first'
  /** The answer about MX is proved, and there are no hosts to say more about. */
  | 'signed-without-hosts'
  | 'host-unsigned'
  | 'host-bogus'
  | 'host-not-looked-up'
  | 'unsigned'
  | 'bogus'
  | 'not-looked-up';

interface Meaning {
  readonly tone: Tone;
  readonly inList: Standing;
  /** Where MTA-STS is announced beside it; absent where that changes nothing. */
  readonly inListWithSts?: Standing;
}

/**
 * The whole in one word; the sentences of a report have these names. A list is judged without policy files; where one
 * was read, it counts there as far as it protects.
 */
const meanings = {
  'no-domain': { tone: 'open', inList: 'no-domain' },
  /** The domain is an alias of a name that does not exist. */
  'alias-nowhere': { tone: 'open', inList: 'no-server' },
  'null-mx': { tone: 'open', inList: 'no-mail' },
  'mx-bogus': { tone: 'open', inList: 'unknown' },
  'mx-failed': { tone: 'open', inList: 'unknown' },
  'no-server': { tone: 'open', inList: 'no-server' },
  dane: { tone: 'good', inList: 'dane', inListWithSts: 'dane-and-sts' },
  'dane-reachable': { tone: 'good', inList: 'dane', inListWithSts: 'dane-and-sts' },
  'dane-first': { tone: 'attention', inList: 'dane-some' },
  'dane-none-of-first': { tone: 'attention', inList: 'none-of-first' },
  'first-nowhere': { tone: 'attention', inList: 'none-of-first' },
  'dane-some': { tone: 'attention', inList: 'dane-some' },
  'dane-encrypted': { tone: 'attention', inList: 'neither', inListWithSts: 'sts-only' },
  'dane-bogus': { tone: 'open', inList: 'unknown' },
  'dane-failed': { tone: 'open', inList: 'unknown' },
  'sts-only': { tone: 'attention', inList: 'sts-only' },
  /** The policy was read: it is in force, or why it protects nobody. */
  'sts-enforced': { tone: 'attention', inList: 'sts-only' },
  'sts-testing': { tone: 'attention', inList: 'neither' },
  'sts-withdrawn': { tone: 'bad', inList: 'neither' },
  'sts-host-not-listed': { tone: 'attention', inList: 'sts-only' },
  'sts-policy-faulty': { tone: 'bad', inList: 'neither' },
  'sts-no-policy-host': { tone: 'bad', inList: 'neither' },
  'sts-faulty': { tone: 'bad', inList: 'neither' },
  'sts-bogus': { tone: 'open', inList: 'unknown' },
  'sts-failed': { tone: 'open', inList: 'unknown' },
  neither: { tone: 'bad', inList: 'neither' },
} as const satisfies Readonly<Record<string, Meaning>>;

export type Whole = keyof typeof meanings;
export const meaningOf: Readonly<Record<Whole, Meaning>> = meanings;

/** How the domain stands with DANE. */
export const daneTone = {
  'all-hosts': 'good',
  /** Every host that a sender with DANE can reach; others are proved to be nowhere. */
  'reachable-hosts': 'good',
  /** All that were looked at; there are more. */
  'first-hosts': 'attention',
  /** None of those that were looked at has a record that is proved and usable; there are more. */
  'none-of-first': 'attention',
  /** None of those that were looked at can take mail; there are more. */
  'first-nowhere': 'attention',
  'some-hosts': 'attention',
  'only-encrypted': 'attention',
  'mx-insecure': 'bad',
  none: 'bad',
  bogus: 'open',
  'not-looked-up': 'open',
  'no-mail': 'open',
} as const satisfies Readonly<Record<string, Tone>>;

export type DaneStanding = keyof typeof daneTone;

export const recordTone: Readonly<Record<StsStanding | TlsRptStanding, Tone>> = {
  found: 'good',
  faulty: 'bad',
  absent: 'bad',
  'proved-absent': 'bad',
  'no-policy-host': 'bad',
  'no-usable-rua': 'bad',
  bogus: 'open',
  'not-looked-up': 'open',
};

/** What a policy makes of its domain; also for a policy shown by itself. */
export const policyTone = {
  enforced: 'good',
  testing: 'attention',
  withdrawn: 'attention',
  /** Enforced, and a mail host is not among the patterns. */
  'host-not-listed': 'bad',
  faulty: 'bad',
} as const satisfies Readonly<Record<string, Tone>>;

export type PolicyStanding = keyof typeof policyTone;

/** How DANE decides the whole; where it says nothing, MTA-STS does. */
export const wholeByDane: Readonly<Partial<Record<DaneStanding, Whole>>> = {
  'all-hosts': 'dane',
  'reachable-hosts': 'dane-reachable',
  'first-hosts': 'dane-first',
  'none-of-first': 'dane-none-of-first',
  'first-nowhere': 'first-nowhere',
  'some-hosts': 'dane-some',
  'only-encrypted': 'dane-encrypted',
  bogus: 'dane-bogus',
  'not-looked-up': 'dane-failed',
};

/** `found`: the policy was not read. */
export const wholeBySts: Readonly<Record<StsStanding, Whole>> = {
  found: 'sts-only',
  faulty: 'sts-faulty',
  bogus: 'sts-bogus',
  'not-looked-up': 'sts-failed',
  'no-policy-host': 'sts-no-policy-host',
  absent: 'neither',
  'proved-absent': 'neither',
};

export const wholeByPolicy: Readonly<Record<PolicyStanding, Whole>> = {
  enforced: 'sts-enforced',
  testing: 'sts-testing',
  withdrawn: 'sts-withdrawn',
  'host-not-listed': 'sts-host-not-listed',
  faulty: 'sts-policy-faulty',
};
