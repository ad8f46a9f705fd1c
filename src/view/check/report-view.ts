/**
 * The report of one domain as rows of words: keys of messages with what they are about. All judging
 * was done by `verdictOf` of the core; here its findings only get their place. Plain data, so that an example can be
 * printed when the site is built. Stands with the words and not with a widget, because the command line
 * says the same of the same report.
 */
import type { TransportFailure } from '../../core/ask.ts';
import type { ReaderVerdict, ParseProblem } from '../../core/parsed.ts';
import { actionsFor, type Action, type ActionId, type Actor } from '../../core/check/actions.ts';
import {
  lookupsOf,
  type HostReport,
  type Report,
  type TlsaCandidate,
} from '../../core/check/report.ts';
import type { PolicyReading } from '../../core/check/sts-policy.ts';
import type { HostVerdict } from '../../core/check/host-verdict.ts';
import { policyTone, type Tone, type Whole } from '../../core/check/verdict.table.ts';
import { verdictOf, type Verdict } from '../../core/check/verdict.ts';
import { takersOf } from '../../core/grammar/readers.ts';
import { stsReaders } from '../../core/mta-sts/readers.table.ts';
import { tlsRptReaders } from '../../core/tls-rpt/readers.table.ts';
import { formatData, formatTlsa } from '../../core/dns/format.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import type { ValidatedLookup } from '../../core/dnssec/validate.ts';
import { isUnchecked, type Security, type ZoneEvidence } from '../../core/dnssec/evidence.ts';
import type { DnssecRule } from '../../core/dnssec/rules.ts';
import { specialName } from '../../core/check/never-a-server.ts';
import { policyUrl } from '../../core/publish/sts-plan.ts';
import { addressless, nameBefore } from '../../core/check/standing.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { readyFor, type Ready } from './ready.ts';
import type { ChainProof } from './chain-proof.ts';
import { dayOf } from '../messages/dates.ts';
import type { Args } from '../messages/say.ts';
import { situationKey, type Line } from '../messages/line.ts';
import type { MessageKey } from '../messages/message-key.ts';

/** Six words for six different answers; `not-checkable` is said of what a browser cannot see. */
export type LookupStatus = 'proved' | 'unproved' | 'proved-absent' | 'absent' | 'failed' | 'bogus';

export interface LookupRow {
  readonly name: string;
  readonly type: string;
  readonly status: LookupStatus;
  /** Why, as a rule of the validator. */
  readonly rule: DnssecRule;
  readonly aliases: readonly string[];
  readonly records: readonly string[];
  /** How the way to the resolver failed, where it did. */
  readonly transport?: Line;
  /** Our result and the resolver's claim differ. */
  readonly claim?: Line;
}

export interface Card {
  readonly id: 'dane' | 'mta-sts' | 'tls-rpt' | 'dnssec';
  /** The finding in one word of the core; for those who read the page by machine. */
  readonly standing: string;
  readonly tone: Tone;
  /** The tone in a word of its own, where the usual one would not fit. */
  readonly toneWord?: MessageKey;
  readonly verdict: Line;
  readonly why: readonly Line[];
}

export interface RecordRow {
  readonly text: string;
  readonly verdict: Line;
  readonly tone: Tone;
  /** Undefined: usable. */
  readonly unusable?: string;
}

export interface ActionRow {
  readonly who: Actor;
  readonly id: ActionId;
  readonly card: Action['card'];
  readonly line: Line;
  /** What can be copied to do it. */
  readonly ready?: readonly Ready[];
}

export interface HostRow {
  readonly host: string;
  /** What a sender with DANE does with it, as one word. */
  readonly standing: string;
  readonly dane: Line;
  /** Where the domain's MX record is not proved: what may be done all the same (RFC 7672 §2.2.1). */
  readonly despiteMx?: Line;
  readonly tone: Tone;
  readonly addresses: readonly LookupRow[];
  readonly candidates: readonly {
    readonly lookup: LookupRow;
    readonly records: readonly RecordRow[];
  }[];
  readonly warnings: readonly Line[];
}

export interface ZoneRow {
  readonly zone: string;
  readonly depth: number;
  readonly security: Security;
  readonly rule: DnssecRule;
  readonly keys: readonly Line[];
  readonly signatures: readonly Line[];
  readonly entry?: Line;
}

export interface ReportView {
  readonly domain: string;
  readonly checkedAt: string;
  /** The whole in one word of the core. */
  readonly verdict: Whole;
  readonly tone: Tone;
  readonly sentence: Line;
  readonly cards: readonly Card[];
  readonly senders: readonly Line[];
  /** Who must do what. */
  readonly actions: readonly ActionRow[];
  /** What is odd about the domain itself. */
  readonly notes: readonly Line[];
  readonly mx: LookupRow;
  readonly hosts: readonly HostRow[];
  readonly leftOut: number;
  readonly leftOutHosts: readonly string[];
  readonly sts: LookupRow;
  readonly stsFaults: readonly Line[];
  /** How known software takes the same record, where that differs from the standard. */
  readonly stsReaders: readonly Line[];
  readonly policyHost: readonly LookupRow[];
  readonly policyAddress: string;
  readonly rpt: LookupRow;
  readonly rptFaults: readonly Line[];
  readonly rptReaders: readonly Line[];
  readonly chain: readonly ZoneRow[];
  /** For the picture of the chain; left out of reports that are printed when the site is built. */
  readonly proof?: ChainProof;
}

/** Transport failures by question, `name/type`. */
export type Failures = ReadonlyMap<string, TransportFailure>;

export const transportLine = (failure: TransportFailure): Line => {
  switch (failure.kind) {
    case 'http-status':
      return {
        key: failure.status === 429 ? 'lookup.transport.limited' : 'lookup.transport.http-status',
        args: { status: failure.status },
      };
    case 'not-dns':
      return failure.contentType === ''
        ? { key: 'lookup.transport.no-type' }
        : { key: 'lookup.transport.not-dns', args: { type: failure.contentType } };
    case 'silent':
      return { key: 'lookup.transport.silent', args: { seconds: failure.seconds } };
    default:
      return { key: `lookup.transport.${failure.kind}` };
  }
};

export const statusOf = ({ answer, security }: ValidatedLookup): LookupStatus => {
  if (answer.kind === 'failed') return security === 'bogus' ? 'bogus' : 'failed';
  if (answer.kind === 'found') return answer.security === 'secure' ? 'proved' : 'unproved';
  return answer.security === 'secure' ? 'proved-absent' : 'absent';
};

/** Mail hosts as a sender tries them; all else as it came. */
const inOrder = (records: readonly ResourceRecord[]): readonly ResourceRecord[] =>
  records.toSorted((one, other) =>
    one.type === 'MX' && other.type === 'MX' ? one.preference - other.preference : 0,
  );

export function showLookup(lookup: ValidatedLookup, failures: Failures): LookupRow {
  const { name, type, answer, reason, claimedAuthentic, security } = lookup;
  const failure = failures.get(`${name}/${type}`);
  const isServerFailure = answer.kind === 'failed' && answer.why === 'servfail';
  return {
    name,
    type,
    status: statusOf(lookup),
    rule: reason,
    aliases: (answer.aliases ?? []).map(({ from, to }) => `${from} → ${to}`),
    records: answer.kind === 'found' ? inOrder(answer.records).map(formatData) : [],
    ...(failure
      ? { transport: transportLine(failure) }
      : isServerFailure && { transport: { key: 'lookup.transport.servfail' } }),
    // The resolver's word against our proof.
    ...(claimedAuthentic === true &&
      security !== 'secure' && { claim: { key: 'lookup.claim.more' } }),
  };
}

/** What the sentence about a mail host names. */
const hostArgs = ({ host, name }: Pick<HostVerdict, 'host' | 'name'>): Args => {
  const { suffix = '', section = '' } = specialName(name) ?? {};
  return { host, name, suffix, section };
};

/** One sentence for the whole: what mail to this domain meets. */
const sentenceOf = (
  { domain, hosts, hostsLeftOut, mxLookup: { answer } }: Report,
  { whole, beside }: Verdict,
): Line => ({
  key: `lookup.sentence.${whole}`,
  args: {
    domain,
    sts: beside,
    looked: hosts.length,
    left: hostsLeftOut.length,
    to: answer.aliases?.at(-1)?.to ?? domain,
  },
});

/** What four kinds of sender make of it. */
const showSenders = ({ senders }: Verdict): Line[] =>
  senders === undefined
    ? []
    : [
        { key: `lookup.sender.dane.${senders.dane}` },
        { key: `lookup.sender.mta-sts.${senders.mtaSts}` },
        { key: `lookup.sender.both.${senders.both}` },
        { key: 'lookup.sender.neither' },
      ];

function showHost(
  domain: DomainName,
  host: HostReport,
  verdict: HostVerdict,
  failures: Failures,
): HostRow {
  const ttl = Math.max(
    0,
    ...host.candidates.flatMap(({ records }) => records.map(({ ttlSeconds }) => ttlSeconds)),
  );
  return {
    host: host.host,
    standing: verdict.standing,
    dane: { key: `lookup.host.${verdict.standing}`, args: hostArgs(verdict) },
    ...(verdict.despiteMx === undefined
      ? {}
      : { despiteMx: { key: `lookup.despite-mx.${verdict.despiteMx}` } }),
    tone: verdict.tone,
    addresses: host.addressLookups.map((lookup) => showLookup(lookup, failures)),
    candidates: host.candidates.map((candidate) => showCandidate(candidate, failures)),
    warnings: host.warnings.map((warning) => ({
      key: `lookup.warning.${warning}`,
      args: {
        ttl,
        host: host.host,
        to: addressless(host.addressLookups) ?? '',
        before: nameBefore(host.host, domain),
      },
    })),
  };
}

const showCandidate = ({ lookup, records }: TlsaCandidate, failures: Failures) => ({
  lookup: showLookup(lookup, failures),
  records: records.map(({ tlsa, judgement, ttlSeconds }): RecordRow => ({
    text: formatTlsa(tlsa),
    ...(judgement.usable
      ? { tone: 'good', verdict: { key: 'lookup.tlsa.usable', args: { ttl: ttlSeconds } } }
      : {
          tone: 'attention',
          verdict: { key: `lookup.tlsa.${judgement.reason}` },
          unusable: judgement.reason,
        }),
  })),
});

type Read =
  | {
      readonly ok: boolean;
      readonly problems?: readonly ParseProblem<string>[];
      readonly warnings?: readonly ParseProblem<string>[];
      readonly readers: readonly ReaderVerdict[];
    }
  | undefined;

/**
 * What is wrong with a text, by the sentence of its situation, with the place counted from 1. A fault
 * at the end (something is missing) has no `found`.
 */
const showProblems = (
  room: 'mta-sts' | 'tls-rpt',
  problems: readonly ParseProblem<string>[],
): Line[] =>
  problems.map(({ code, situation = code, slip = situation, at, found, instead = 'none' }) => ({
    key: situationKey(room, slip),
    args: { place: at.start + 1, found: (found ?? '').slice(0, 80), instead },
  }));

const showFaults = (room: 'mta-sts' | 'tls-rpt', record: Read): Line[] =>
  record === undefined
    ? []
    : showProblems(room, [...(record.problems ?? []), ...(record.warnings ?? [])]);

/** Only who judges otherwise than we: the second verdict. */
function showReaders(room: 'mta-sts' | 'tls-rpt', record: Read): Line[] {
  if (record === undefined) return [];
  if (record.ok)
    return record.readers
      .filter(({ accepts }) => !accepts)
      .map(({ reader }) => ({ key: 'reader.refuses', args: { reader } }));
  const faults = (record.problems ?? []).map(({ situation, code }) => situation ?? code);
  return takersOf(faults, room === 'mta-sts' ? stsReaders : tlsRptReaders).map((reader) => ({
    key: 'reader.accepts',
    args: { reader },
  }));
}

function showZone(zone: ZoneEvidence, depth: number): ZoneRow {
  const entry = zone.anchors[0] ?? zone.ds.find(({ isMatched }) => isMatched);
  return {
    zone: zone.zone,
    depth,
    security: zone.security,
    rule: zone.reason,
    keys: zone.keys.map(({ keyTag, algorithm, isEntry }) => ({
      key: isEntry ? 'lookup.chain.entry-key' : 'lookup.chain.key',
      args: { tag: String(keyTag), algorithm: String(algorithm) },
    })),
    signatures: zone.signatures.map(({ type, keyTag, expiration, outcome }) => ({
      key: `lookup.chain.signature${outcome === 'valid' ? '' : isUnchecked(outcome) ? '-unchecked' : '-bad'}`,
      args: { type, tag: String(keyTag), until: dayOf(expiration) },
    })),
    ...(entry === undefined
      ? {}
      : {
          entry: {
            key: zone.anchors.length > 0 ? 'lookup.chain.anchor' : 'lookup.chain.ds',
            args: { tag: String(entry.keyTag) },
          },
        }),
  };
}

/** The zones of all lookups, each once, from the anchor down. */
function showChain(lookups: readonly ValidatedLookup[]): ZoneRow[] {
  const zones = new Map(lookups.flatMap((each) => each.zones.map((zone) => [zone.zone, zone])));
  const depthOf = (zone: ZoneEvidence): number =>
    zone.parent === undefined || !zones.has(zone.parent) ? 0 : 1 + depthOf(zones.get(zone.parent)!);
  return [...zones.values()]
    .map((zone) => showZone(zone, depthOf(zone)))
    .toSorted((one, other) => one.depth - other.depth || one.zone.localeCompare(other.zone));
}

const actorOrder: readonly Actor[] = ['you', 'dns-operator', 'mail-provider', 'checker'];

const showActions = (report: Report, policy: PolicyReading | undefined): ActionRow[] =>
  actionsFor(report, policy)
    .map((action): ActionRow => {
      const { who, id, card, host = report.domain, alias = host } = action;
      const line: Line = {
        key: `lookup.action.${id}`,
        args: { host, alias, domain: report.domain },
      };
      return { who, id, card, line, ready: readyFor(action, report) };
    })
    .toSorted((one, other) => actorOrder.indexOf(one.who) - actorOrder.indexOf(other.who));

/** Of one note: a host may have thousands. */
const addressesMost = 4;

const showNotes = ({ notes }: Verdict): Line[] =>
  notes.map((each) => {
    if (each.note !== 'not-public') {
      const { note, ...args } = each;
      return { key: `lookup.note.${note}`, args };
    }
    const { hosts, addresses, purpose } = each;
    const shown = addresses.slice(0, addressesMost).join(', ');
    return {
      key: 'lookup.note.not-public',
      args: {
        hosts: hosts.join(', '),
        count: hosts.length,
        addresses: addresses.length > addressesMost ? `${shown}, …` : shown,
        purpose,
      },
    };
  });

/** A signature that is wrong is another word than a look-up that failed: on the card too. */
function toneWordOf(standing: string, isWithoutMail: boolean): Pick<Card, 'toneWord'> {
  if (standing === 'bogus' || standing === 'host-bogus') return { toneWord: 'lookup.status.bogus' };
  return isWithoutMail && ['no-mail', 'absent', 'proved-absent'].includes(standing)
    ? { toneWord: 'lookup.status.not-applicable' }
    : {};
}

/** Where text of another kind answers, with the section that says to discard it. */
const otherText = (hasOtherText: boolean, name: string, section: string): Line[] =>
  hasOtherText ? [{ key: 'lookup.record.other-text', args: { name, section } }] : [];

/** The cards; their findings are those of the verdict. */
function showCards(
  { sts, tlsRpt, hosts, hostsLeftOut }: Report,
  verdict: Verdict,
  policy: PolicyView | undefined,
): readonly Card[] {
  const { dane, dnssec } = verdict;
  const id = sts.record?.ok === true ? sts.record.value.id : '';
  const rua = tlsRpt.record?.ok === true ? tlsRpt.record.value.rua.join(', ') : '';
  const stsWhy: readonly Line[] = policy
    ? [policy.verdict]
    : verdict.sts.standing === 'found'
      ? [{ key: 'lookup.mta-sts.policy-not-checkable' }]
      : [];
  const host = sts.policyHost;
  const to = addressless(sts.policyHostLookups);
  const stsAlias: readonly Line[] =
    verdict.sts.standing === 'no-policy-host' && to !== undefined
      ? [{ key: 'lookup.warning.alias-without-address', args: { host, to } }]
      : [];
  const card = (
    of: Card['id'],
    { standing, tone }: { readonly standing: string; readonly tone: Tone },
    said: Line,
    why: readonly Line[],
  ): Card => ({
    id: of,
    standing,
    tone,
    ...toneWordOf(standing, dane.standing === 'no-mail'),
    verdict: said,
    why,
  });
  return [
    card(
      'dane',
      dane,
      {
        key: `lookup.dane.${verdict.whole === 'null-mx' ? verdict.whole : dane.standing}`,
        args: { count: hosts.length, left: hostsLeftOut.length },
      },
      verdict.hosts.map((each) => ({
        key: 'lookup.dane.host',
        args: hostArgs(each),
        why: `lookup.host.${each.standing}`,
      })),
    ),
    card(
      'mta-sts',
      verdict.sts,
      { key: `lookup.mta-sts.${verdict.sts.standing}`, args: { id, host } },
      [
        ...stsWhy,
        ...stsAlias,
        ...otherText(verdict.sts.hasOtherText, sts.lookup.name, 'RFC 8461 §3.1'),
      ],
    ),
    card(
      'tls-rpt',
      verdict.tlsRpt,
      { key: `lookup.tls-rpt.${verdict.tlsRpt.standing}`, args: { rua } },
      otherText(verdict.tlsRpt.hasOtherText, tlsRpt.lookup.name, 'RFC 8460 §3'),
    ),
    {
      ...card(
        'dnssec',
        dnssec,
        { key: `lookup.dnssec.${dnssec.standing}` },
        dnssec.hosts.map((each) => ({ key: 'lookup.dnssec.host', args: { host: each } })),
      ),
      ...(dnssec.tone === 'good' ? { toneWord: 'lookup.status.proved' } : {}),
    },
  ];
}

/** The policy as it was read: by the standard, by other readers, and against the mail hosts. */
export interface PolicyView {
  readonly standing: PolicyReading['standing'];
  readonly tone: Tone;
  readonly verdict: Line;
  readonly text: string;
  readonly mode?: string;
  readonly maxAgeSeconds?: number;
  readonly faults: readonly Line[];
  readonly remarks: readonly Line[];
  readonly readers: readonly Line[];
  readonly looseVerdict?: Line;
  readonly notes: readonly Line[];
  /** Whom it admits; absent where it admits by no list (mode none, or a policy that is refused). */
  readonly coverage?: {
    readonly hosts: readonly { readonly host: string; readonly pattern: string | undefined }[];
    /** Patterns that fit no mail host. */
    readonly idle: readonly string[];
  };
}

export function showPolicy(reading: PolicyReading): PolicyView {
  const { result, standing, loose } = reading;
  const policy = result.ok ? result.value : undefined;
  const days = policy === undefined ? 0 : Math.round(policy.maxAgeSeconds / 8640) / 10;
  return {
    standing,
    tone: policyTone[standing],
    verdict: { key: `lookup.policy.standing.${standing}`, args: { days } },
    text: reading.text,
    ...(policy === undefined ? {} : { mode: policy.mode, maxAgeSeconds: policy.maxAgeSeconds }),
    faults: showProblems('mta-sts', result.ok ? [] : result.problems),
    remarks: showProblems('mta-sts', result.warnings ?? []),
    readers: showReaders('mta-sts', result),
    ...((loose !== undefined) === result.ok
      ? {}
      : {
          looseVerdict: { key: `lookup.policy.loose.${loose === undefined ? 'refuses' : 'takes'}` },
        }),
    notes: reading.notes.map((note) => ({ key: `lookup.policy.note.${note}`, args: { days } })),
    ...(policy === undefined || policy.mode === 'none' ? {} : { coverage: coverageOf(reading) }),
  };
}

const coverageOf = ({ hosts, patterns }: PolicyReading): NonNullable<PolicyView['coverage']> => ({
  hosts,
  idle: patterns.flatMap(({ pattern, hosts: fitting }) => (fitting.length === 0 ? [pattern] : [])),
});

export function showReport(
  report: Report,
  failures: Failures = new Map(),
  policy?: PolicyReading,
): ReportView {
  const { domain, mxLookup, hosts, hostsLeftOut, sts, tlsRpt } = report;
  const verdict = verdictOf(report, policy);
  const stsRecord = verdict.sts.hasOtherText ? undefined : sts.record;
  const rptRecord = verdict.tlsRpt.hasOtherText ? undefined : tlsRpt.record;
  return {
    domain,
    checkedAt: new Date(report.checkedAtSeconds * 1000).toISOString(),
    verdict: verdict.whole,
    tone: verdict.tone,
    sentence: sentenceOf(report, verdict),
    cards: showCards(report, verdict, policy && showPolicy(policy)),
    senders: showSenders(verdict),
    actions: showActions(report, policy),
    notes: showNotes(verdict),
    mx: showLookup(mxLookup, failures),
    hosts: hosts.map((host, index) => showHost(domain, host, verdict.hosts[index]!, failures)),
    leftOut: hostsLeftOut.length,
    leftOutHosts: hostsLeftOut,
    sts: showLookup(sts.lookup, failures),
    stsFaults: showFaults('mta-sts', stsRecord),
    stsReaders: showReaders('mta-sts', stsRecord),
    policyHost: sts.policyHostLookups.map((lookup) => showLookup(lookup, failures)),
    policyAddress: policyUrl(domain),
    rpt: showLookup(tlsRpt.lookup, failures),
    rptFaults: showFaults('tls-rpt', rptRecord),
    rptReaders: showReaders('tls-rpt', rptRecord),
    chain: showChain(lookupsOf(report)),
  };
}
