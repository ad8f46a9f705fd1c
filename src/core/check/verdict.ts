/**
 * The one judge of a domain: what mail to it meets, as far as the DNS (and a policy, where one was
 * read) can tell. List row, page, command line and embeds put this verdict into words; none of them
 * judges again, so that no two of them can say different things of one report.
 *
 * A host that a sender with DANE cannot reach is no way in for an attacker: that sender skips it. So a
 * host counts against DANE only where it can be reached without TLSA records, or where nobody proved
 * that it has no address, so that one could be made up.
 * Source: RFC 7672 §2.1.2, §2.2, §2.2.2; RFC 7505 §3; RFC 8461 §3.1, §3.3; RFC 8460 §3.
 */
import {
  type PolicyStanding,
  daneTone,
  meaningOf,
  policyTone,
  recordTone,
  wholeByDane,
  wholeByPolicy,
  wholeBySts,
  type DaneStanding,
  type DnssecStanding,
  type Standing,
  type StsStanding,
  type TlsRptStanding,
  type Tone,
  type Whole,
} from './verdict.table.ts';
import { specialPurpose, type SpecialPurpose } from '../dns/special-purpose.ts';
import type { DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { reachableRua } from '../tls-rpt/record.ts';
import {
  hasNoAddress,
  hostVerdict,
  roles,
  type HostStanding,
  type HostVerdict,
  type Role,
} from './host-verdict.ts';
import { deadEndOf, specialName } from './never-a-server.ts';
import type { Report } from './report.ts';
import { isOnlyOtherText } from './standing.ts';
import type { PolicyReading } from './sts-policy.ts';

/** What MTA-STS adds to a domain that has DANE too. */
export type StsBeside = 'none' | 'announced' | 'enforced';

export interface CardVerdict<Word extends string> {
  readonly standing: Word;
  readonly tone: Tone;
}

export interface Verdict {
  readonly whole: Whole;
  /** Beside DANE; without DANE the word of the whole says it. */
  readonly beside: StsBeside;
  readonly tone: Tone;
  /** The whole in the words of a list. */
  readonly standing: Standing;
  readonly hosts: readonly HostVerdict[];
  readonly dane: CardVerdict<DaneStanding>;
  readonly sts: CardVerdict<StsStanding> & {
    readonly policy: PolicyStanding | undefined;
    /** Text that is no record of this protocol answers at its name, from a wildcard perhaps. */
    readonly hasOtherText: boolean;
  };
  readonly tlsRpt: CardVerdict<TlsRptStanding> & { readonly hasOtherText: boolean };
  readonly dnssec: CardVerdict<DnssecStanding> & { readonly hosts: readonly DomainName[] };
  /** What four kinds of sender make of it; undefined where no mail goes anywhere. */
  readonly senders:
    | {
        readonly dane: DaneToSender;
        readonly mtaSts: StsStanding;
        readonly both: Exclude<DaneToSender, 'mx-insecure' | 'none'> | 'by-policy' | 'neither';
      }
    | undefined;
  readonly notes: readonly DomainNote[];
}

/** Where mail can be sent, so that some sender meets it. */
type DaneToSender = Exclude<DaneStanding, 'no-mail'>;
/** Mail hosts, or the host of the policy, have an address that is not reached over the internet. */
export interface NotPublicNote {
  readonly note: 'not-public';
  readonly hosts: readonly DomainName[];
  /** Of one purpose; a host may have thousands. */
  readonly addresses: readonly string[];
  readonly purpose: SpecialPurpose;
}

/** What is odd about the domain itself. */
export type DomainNote =
  /** `alias-answer`: what it leads to has no MX record that names a host. */
  | { readonly note: 'alias' | 'alias-answer'; readonly to: DomainName }
  | NotPublicNote
  | { readonly note: 'implicit' | 'no-server' }
  /** A null MX has preference 0 (RFC 7505 §3). */
  | { readonly note: 'null-mx-preference'; readonly preference: number };

/** Judges a report, with the policy where it was read. The only place that does. */
export function verdictOf(report: Report, policy?: PolicyReading): Verdict {
  const hosts = report.hosts.map(hostVerdict);
  const standings = hosts.map(({ standing }) => standing);
  const isNowhere = hasNoServer(report, standings);
  const dane = isNowhere ? 'no-mail' : daneStanding(report, standings);
  // Where no mail goes anywhere, there is nothing that an absent record leaves unprotected.
  const toneOf = (standing: StsStanding | TlsRptStanding): Tone =>
    dane === 'no-mail' && (standing === 'absent' || standing === 'proved-absent')
      ? 'open'
      : recordTone[standing];
  const sts = stsStanding(report);
  const policyStanding = sts === 'found' ? policy?.standing : undefined;
  const whole = wholeOf(report, isNowhere, dane, sts, policyStanding);
  const beside = besideOf(sts, policyStanding);
  const { tone, inList, inListWithSts = inList } = meaningOf[whole];
  return {
    whole,
    beside,
    tone,
    standing: beside === 'none' ? inList : inListWithSts,
    hosts,
    dane: { standing: dane, tone: daneTone[dane] },
    sts: {
      standing: sts,
      tone: policyStanding === undefined ? toneOf(sts) : policyTone[policyStanding],
      policy: policyStanding,
      hasOtherText: isOnlyOtherText('mta-sts', report.sts.lookup),
    },
    tlsRpt: tlsRptCard(report, toneOf),
    dnssec: dnssecCard(report, hosts),
    senders: report.mx.kind === 'hosts' && !isNowhere ? sendersOf(dane, sts) : undefined,
    notes: notesOf(report, isNowhere),
  };
}

const hasNoServer = (
  { hosts, hostsLeftOut }: Report,
  standings: readonly HostStanding[],
): boolean => hosts.length > 0 && hostsLeftOut.length === 0 && standings.every(hasNoAddress);

/** DANE protects a domain as far as its least protected host does: a sender may use any of them. */
function daneStanding(
  { mx, hostsLeftOut }: Report,
  standings: readonly HostStanding[],
): DaneStanding {
  if (mx.kind === 'failed') return mx.why === 'bogus' ? 'bogus' : 'not-looked-up';
  if (mx.kind !== 'hosts') return 'no-mail';
  if (mx.security === 'insecure') return 'mx-insecure';
  const has = (role: Role) => standings.some((standing) => roles[standing] === role);
  if (has('proved') && has('way-in')) return 'some-hosts';
  // Our bound is no failure, and says nothing of the hosts beyond it.
  if (hostsLeftOut.length > 0 && !has('failed') && !has('bogus')) {
    if (standings.every(hasNoAddress)) return 'first-nowhere';
    return has('proved') ? 'first-hosts' : 'none-of-first';
  }
  if (standings.includes('encrypt') && hostsLeftOut.length === 0) return 'only-encrypted';
  // What could not be looked up may be a way in, or protected: nothing is said of the whole.
  if (has('failed')) return 'not-looked-up';
  if (has('bogus')) return 'bogus';
  if (has('way-in')) return 'none';
  if (!has('proved')) return 'not-looked-up';
  return has('nowhere') ? 'reachable-hosts' : 'all-hosts';
}

function stsStanding({ domain, sts }: Report): StsStanding {
  const { policyHostLookups: lookups } = sts;
  // An alias of "localhost" leads nowhere, whatever a resolver answers for that name.
  const isWithoutHost =
    lookups.length > 0 &&
    (lookups.every(({ answer }) => answer.kind === 'absent') ||
      deadEndOf(lookups, domain) !== undefined);
  return sts.standing === 'found' && isWithoutHost ? 'no-policy-host' : sts.standing;
}

function wholeOf(
  { mx, mxLookup }: Report,
  isNowhere: boolean,
  dane: DaneStanding,
  sts: StsStanding,
  policy: PolicyStanding | undefined,
): Whole {
  if (mx.kind === 'no-domain' && aliasEnd(mxLookup) !== undefined) return 'alias-nowhere';
  if (mx.kind === 'no-domain' || mx.kind === 'null-mx') return mx.kind;
  if (mx.kind === 'failed') return mx.why === 'bogus' ? 'mx-bogus' : 'mx-failed';
  if (isNowhere) return 'no-server';
  return wholeByDane[dane] ?? (policy === undefined ? wholeBySts[sts] : wholeByPolicy[policy]);
}

function besideOf(sts: StsStanding, policy: PolicyStanding | undefined): StsBeside {
  if (sts !== 'found') return 'none';
  if (policy === undefined) return 'announced';
  return policy === 'enforced' ? 'enforced' : 'none';
}

function tlsRptCard(
  { tlsRpt: { standing, record, lookup } }: Report,
  toneOf: (standing: TlsRptStanding) => Tone,
): Verdict['tlsRpt'] {
  const isDeaf = record?.ok === true && reachableRua(record.value).length === 0;
  const word = standing === 'found' && isDeaf ? 'no-usable-rua' : standing;
  return {
    standing: word,
    tone: toneOf(word),
    hasOtherText: isOnlyOtherText('tls-rpt', lookup),
  };
}

/** The chain under the domain's own mail records, and under the addresses of its hosts. */
function dnssecCard(
  { mx, mxLookup, hosts, hostsLeftOut }: Report,
  verdicts: readonly HostVerdict[],
): Verdict['dnssec'] {
  const card = (standing: DnssecStanding, tone: Tone, of: readonly DomainName[] = []) => ({
    standing,
    tone,
    hosts: of,
  });
  if (mx.kind === 'failed')
    return mx.why === 'bogus' ? card('bogus', 'bad') : card('not-looked-up', 'open');
  if (mxLookup.security !== 'secure') return card('unsigned', 'bad');
  const looked = hosts.filter(({ never }) => never === undefined);
  if (looked.length === 0) return card('signed-without-hosts', 'good');
  const at = (standing: HostStanding) =>
    verdicts.filter((each) => each.standing === standing).map(({ host }) => host);
  if (at('address-bogus').length > 0) return card('host-bogus', 'bad', at('address-bogus'));
  const isUnsigned = ({ security }: ValidatedLookup) => security === 'insecure';
  const unsigned = looked.filter(({ addressLookups }) => addressLookups.some(isUnsigned));
  if (unsigned.length > 0)
    return card(
      'host-unsigned',
      'attention',
      unsigned.map(({ host }) => host),
    );
  if (at('address-failed').length > 0)
    return card('host-not-looked-up', 'open', at('address-failed'));
  return card(hostsLeftOut.length > 0 ? 'signed-first' : 'signed', 'good');
}

function sendersOf(dane: DaneStanding, sts: StsStanding): Verdict['senders'] {
  if (dane === 'no-mail') return undefined;
  const byPolicy = sts === 'found' ? 'by-policy' : 'neither';
  return { dane, mtaSts: sts, both: dane === 'mx-insecure' || dane === 'none' ? byPolicy : dane };
}

/** Where the aliases of an answer lead. */
const aliasEnd = ({ answer }: ValidatedLookup): DomainName | undefined =>
  answer.kind === 'failed' ? undefined : answer.aliases.at(-1)?.to;

function notesOf(report: Report, isNowhere: boolean): readonly DomainNote[] {
  const { mx, mxLookup } = report;
  const { answer } = mxLookup;
  const notes: DomainNote[] = [];
  const to = aliasEnd(mxLookup);
  if (to !== undefined) {
    const hasMx = mx.kind === 'hosts' && !mx.implicit;
    notes.push({ note: hasMx ? 'alias' : 'alias-answer', to });
  }
  if (mx.kind === 'hosts' && mx.implicit)
    notes.push({ note: isNowhere ? 'no-server' : 'implicit' });
  const [only] = answer.kind === 'found' ? recordsOfType(answer.records, 'MX') : [];
  if (mx.kind === 'null-mx' && only !== undefined && only.preference !== 0)
    notes.push({ note: 'null-mx-preference', preference: only.preference });
  return [...notes, ...notPublicNotes(report)];
}

/** Addresses that nobody reaches over the internet: by their purpose, with the hosts that have them. */
function notPublicNotes({ domain, hosts, sts }: Report): readonly NotPublicNote[] {
  // A test environment has them as it should (RFC 6761 §6.2, §6.5).
  if (specialName(domain) !== undefined) return [];
  const looked = [
    ...hosts.map(({ host, addressLookups }) => ({ host, lookups: addressLookups })),
    ...(sts.standing === 'found' ? [{ host: sts.policyHost, lookups: sts.policyHostLookups }] : []),
  ];
  const found = new Map<SpecialPurpose, { hosts: Set<DomainName>; addresses: Set<string> }>();
  for (const { host, lookups } of looked)
    for (const { answer } of lookups)
      for (const record of answer.kind === 'found' ? answer.records : []) {
        if (record.type !== 'A' && record.type !== 'AAAA') continue;
        const purpose = specialPurpose(record.address);
        if (purpose === undefined) continue;
        const of = found.get(purpose) ?? { hosts: new Set(), addresses: new Set() };
        found.set(purpose, of);
        of.hosts.add(host);
        of.addresses.add(record.address);
      }
  return [...found].map(([purpose, { hosts: of, addresses }]) => ({
    ...{ note: 'not-public', purpose, hosts: [...of], addresses: [...addresses] },
  }));
}
