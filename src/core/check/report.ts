/** What the check of one domain brings back: findings with their proofs, and the question they answer. */
import type { DanePolicy } from '../dane/policy.ts';
import type { TlsaJudgement } from '../dane/usable.ts';
import type { Tlsa } from '../dane/tlsa.ts';
import type { DomainName } from '../dns/name.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import type { StsRecordResult } from '../mta-sts/record.ts';
import type { HostAddresses, MxResult } from '../smtp/mx.ts';
import type { TlsRptRecordResult } from '../tls-rpt/record.ts';
import type { Step } from '../trace.ts';
import { neverAServer, type DeadName } from './never-a-server.ts';

/** One TLSA record of one host, with what a mail server makes of it. */
export interface TlsaFinding {
  readonly tlsa: Tlsa;
  readonly judgement: TlsaJudgement;
  readonly ttlSeconds: number;
}

/** Where TLSA records of a host may stand, and what was found there. */
export interface TlsaCandidate {
  readonly base: DomainName;
  readonly name: DomainName;
  readonly lookup: ValidatedLookup;
  readonly records: readonly TlsaFinding[];
}

export type HostWarning =
  /** One record for the key in use only: the next certificate fits nothing. */
  | 'single-record'
  /** Usage 2 beside usage 3: each sender takes what matches, and both must be kept in step. */
  | 'mixed-usages'
  /** Kept by others for more than a day: so long must a next record stand before its key is used. */
  | 'long-ttl'
  /** The name in the MX record is an alias (RFC 2181 §10.3 forbids it; senders follow it). */
  | 'alias'
  /** It is an alias, and where that leads there is no address. */
  | 'alias-without-address'
  | MistypedHost;

/** A name without an address, or none of a host at all, that shows what was meant. */
export type MistypedHost =
  /** Characters that no name of a host has (RFC 5321 §4.1.2). */
  | 'not-a-host-name'
  /** An IP address with the name of the zone behind it: a zone file puts it there where the final dot lacks. */
  | 'address-as-name'
  /** Another name with the name of the zone behind it, by the same slip. */
  | 'missing-dot';

export interface HostReport {
  readonly host: DomainName;
  /** The name, or where its aliases end, can never be a mail server, whatever was answered for it. */
  readonly never: DeadName | undefined;
  readonly addresses: HostAddresses;
  readonly addressLookups: readonly ValidatedLookup[];
  readonly candidates: readonly TlsaCandidate[];
  /** What a strict DANE sender will do with this host; undefined where it has no address. */
  readonly dane: DanePolicy | undefined;
  /**
   * Where the MX record is insecure: what a sender does that still asks for TLSA records, as
   * RFC 7672 §2.2.1 allows. The host is then proved, that it is the domain's host is not.
   */
  readonly daneDespiteMx: DanePolicy | undefined;
  readonly warnings: readonly HostWarning[];
  readonly steps: readonly Step[];
}

/** What the DNS said about a TXT record. Whether anybody can act on it is for `verdictOf`. */
export type RecordStanding =
  'found' | 'faulty' | 'absent' | 'proved-absent' | 'bogus' | 'not-looked-up';

export interface Report {
  /** What was asked; a heading above a report reads this, never the text field. */
  readonly domain: DomainName;
  /** Seconds since 1970. */
  readonly checkedAtSeconds: number;
  readonly mx: MxResult;
  readonly mxLookup: ValidatedLookup;
  readonly mxSteps: readonly Step[];
  readonly hosts: readonly HostReport[];
  /** MX hosts beyond the number that is looked at. */
  readonly hostsLeftOut: readonly DomainName[];
  readonly sts: {
    readonly standing: RecordStanding;
    readonly lookup: ValidatedLookup;
    readonly record: StsRecordResult | undefined;
    readonly policyHost: DomainName;
    readonly policyHostLookups: readonly ValidatedLookup[];
  };
  readonly tlsRpt: {
    readonly standing: RecordStanding;
    readonly lookup: ValidatedLookup;
    readonly record: TlsRptRecordResult | undefined;
  };
}

/** Every lookup of a report, in the order in which they were put. */
export const lookupsOf = ({ mxLookup, sts, tlsRpt, hosts }: Report): readonly ValidatedLookup[] => [
  mxLookup,
  sts.lookup,
  tlsRpt.lookup,
  ...sts.policyHostLookups,
  ...hosts.flatMap(({ addressLookups, candidates }) => [
    ...addressLookups,
    ...candidates.map(({ lookup }) => lookup),
  ]),
];

/** The mail hosts that a policy is held against: each once, without names that can never be one. */
export const mailHostsOf = ({
  mx,
  domain,
}: Pick<Report, 'mx' | 'domain'>): readonly DomainName[] =>
  mx.kind === 'hosts'
    ? [...new Set(mx.hosts)].filter((host) => neverAServer(host, domain) === undefined)
    : [];
