/**
 * From what was really found of a domain to a world that a message can be sent into: its answers with
 * their proofs, its hosts, and an attacker. The same senders then decide as in the simulator.
 *
 * What a browser cannot see is assumed, and each assumption is a switch: whether the servers offer
 * STARTTLS, which certificate they show, and (until it was read) what the policy says. Each name that
 * was looked up becomes a zone of its own, so that its proof, or the lack of one, is kept exactly.
 */
import { formatStsPolicy } from '../../core/mta-sts/policy.ts';
import { joinStrings } from '../../core/grammar/versioned-record.ts';
import { daySeconds } from '../../core/ask.ts';
import { lookupsOf, mailHostsOf, type Report, type TlsaFinding } from '../../core/check/report.ts';
import { countingTlsa } from '../../core/dane/usable.ts';
import { formatHex } from '../../core/dns/octets.ts';
import { parentOf, type DomainName } from '../../core/dns/name.ts';
import type { ResourceRecord, RrType } from '../../core/dns/record.ts';
import type { ValidatedLookup } from '../../core/dnssec/validate.ts';
import { keptIn } from '../../core/once-per.ts';
import { needsDnssec, type Protection } from '../../core/sender/sender.ts';
import {
  attackersCertificate,
  attackersServers,
  attackersZone,
  attackOfKnobs,
  type AttackKnobs,
  type AttackTarget,
} from './attack-of-knobs.ts';
import type {
  MailServer,
  PastDelivery,
  PolicyHost,
  Scenario,
  SymbolicCertificate,
  TlsaSubject,
  Zone,
  ZoneRecord,
} from './scenario.ts';

export interface Assumptions {
  readonly starttls: 'offered' | 'not-offered';
  /** `fits`: both the TLSA records and what MTA-STS asks. */
  readonly certificate: 'fits' | 'only-tlsa' | 'only-public' | 'neither';
  /** `as-read`: the text in `policyText`; the others stand for a policy that was not read. */
  readonly policy: 'as-read' | 'enforce' | 'testing' | 'none' | 'unreachable';
  readonly policyText?: string;
}

/** A server in good order, and a policy that enforces: what a domain owner would claim. */
export const hopeful: Assumptions = {
  starttls: 'offered',
  certificate: 'fits',
  policy: 'enforce',
};

export type ReportHistory = 'first-contact' | 'known';

const weekSeconds = 604_800;
/** A day before, or half of a shorter lifetime: the policy then still counts. */
const lastContactSeconds = (policyText: string | undefined): number => {
  const age = Number(/^max_age[ \t]*:[ \t]*(\d{1,10})[ \t]*\r?$/m.exec(policyText ?? '')?.[1]);
  return Number.isFinite(age) ? Math.min(daySeconds, Math.floor(age / 2)) : daySeconds;
};

/** The side that receives does not depend on sender or attacker: made once for a whole grid. */
export interface ReceivingSide {
  readonly report: Report;
  readonly zones: readonly Zone[];
  readonly certificates: Readonly<Record<string, SymbolicCertificate>>;
  readonly servers: readonly MailServer[];
  readonly policyHosts: readonly PolicyHost[];
  readonly policyText: string | undefined;
  readonly target: AttackTarget;
}

export function receivingSide(report: Report, assumptions: Assumptions): ReceivingSide {
  const policyText = policyTextOf(report, assumptions);
  const servers = serversOf(report, assumptions);
  const { policyHost } = report.sts;
  const { mx } = report;
  const zones = zonesOf(report, subjectsOf(report, assumptions));
  return {
    report,
    zones: [...zones, attackersZone],
    certificates: {
      ...certificatesOf(report, assumptions),
      'policy host': { issuer: 'public-ca', names: [policyHost] },
      attacker: attackersCertificate,
    },
    servers: [...servers, ...attackersServers],
    policyHosts:
      policyText === undefined
        ? []
        : [
            {
              host: policyHost,
              owner: 'genuine',
              certificate: 'policy host',
              status: 200,
              contentType: 'text/plain',
              body: policyText,
            },
          ],
    policyText,
    target: {
      domain: report.domain,
      hosts: mx.kind === 'hosts' ? mx.hosts : [],
      tlsaBases: [
        ...new Set(
          report.hosts.flatMap((each) => [each.host, ...each.candidates.map(({ base }) => base)]),
        ),
      ],
      policyRecords: [{ name: `_mta-sts.${report.domain}`, forged: 'v=STSv1; id=20991231;' }],
      zones: zones.map(({ name }) => name),
      certificates: servers.map(({ address }) => `server ${address}`),
    },
  };
}

/** One delivery to the domain, by a sender whose resolver does what its protection asks. */
export function scenarioOfSide(
  side: ReceivingSide,
  protection: Protection,
  attack: AttackKnobs,
  history: ReportHistory,
): Scenario {
  const { report, zones, certificates, servers, policyHosts, target, policyText } = side;
  const delivery: PastDelivery = { secondsBefore: lastContactSeconds(policyText) };
  return {
    format: 1,
    clockSeconds: report.checkedAtSeconds,
    domain: report.domain,
    sender: { protection, profile: 'strict', attempt: 1, queueLifetimeOver: false },
    resolver: { validates: needsDnssec(protection), path: attack.path },
    zones,
    certificates,
    servers,
    policyHosts,
    attacker: attackOfKnobs(attack, target),
    ...(history === 'known' ? { past: { deliveries: [delivery] } } : {}),
  };
}

/** The text that the policy host serves in this world; undefined: it serves none. */
function policyTextOf(report: Report, assumptions: Assumptions): string | undefined {
  const { policy, policyText } = assumptions;
  if (policy === 'as-read') return policyText;
  if (policy === 'unreachable') return undefined;
  return formatStsPolicy({
    mode: policy,
    mx: mailHostsOf(report),
    maxAgeSeconds: weekSeconds,
    extensions: [],
  });
}

const addressesOf = (lookups: readonly ValidatedLookup[]): readonly string[] =>
  lookups.flatMap(({ answer }) =>
    answer.kind === 'found'
      ? answer.records.flatMap((record) => ('address' in record ? [record.address] : []))
      : [],
  );

/** Every address that a mail host of the domain has, with the names that lead to it. */
function namesByAddress(report: Report): ReadonlyMap<string, ReadonlySet<DomainName>> {
  const names = new Map<string, Set<DomainName>>();
  for (const { host, addresses, addressLookups } of report.hosts)
    for (const address of addressesOf(addressLookups)) {
      const known = keptIn(names, address, () => new Set<DomainName>()).add(host);
      if (addresses.kind === 'found') known.add(addresses.expanded);
    }
  return names;
}

const serversOf = (report: Report, { starttls }: Assumptions): readonly MailServer[] =>
  [...namesByAddress(report)].map(([address, [host = report.domain]]) => ({
    address,
    host,
    owner: 'genuine',
    starttls: starttls === 'offered',
    certificate: `server ${address}`,
  }));

function certificatesOf(
  report: Report,
  { certificate }: Assumptions,
): Readonly<Record<string, SymbolicCertificate>> {
  const isPublic = certificate === 'fits' || certificate === 'only-public';
  return Object.fromEntries(
    [...namesByAddress(report)].map(([address, names]) => {
      const hasAnchorRecord = report.hosts.some(
        ({ addressLookups, candidates }) =>
          addressesOf(addressLookups).includes(address) &&
          candidates.some(({ records }) => fittingOf(records)?.tlsa.usage === 2),
      );
      const issuer = isPublic ? 'public-ca' : hasAnchorRecord ? 'own-anchor' : 'self';
      return [
        `server ${address}`,
        { issuer, names: [...names], ...(hasAnchorRecord ? { anchorSent: true } : {}) },
      ];
    }),
  );
}

/** Which of several usable records the assumed certificate fits: one that counts, of usage 3 if there is one. */
function fittingOf(records: readonly TlsaFinding[]): TlsaFinding | undefined {
  const usable = records.filter(({ judgement }) => judgement.usable);
  const counting = countingTlsa(usable.map(({ tlsa }) => tlsa));
  const counts = usable.filter(({ tlsa }) => counting.includes(tlsa));
  return counts.find(({ tlsa }) => tlsa.usage === 3) ?? counts[0];
}

/** By TLSA record: the certificate it is taken to name. Records that are not here keep their octets. */
function subjectsOf(
  { hosts }: Report,
  { certificate }: Assumptions,
): ReadonlyMap<string, TlsaSubject> {
  const subjects = new Map<string, TlsaSubject>();
  if (certificate !== 'fits' && certificate !== 'only-tlsa') return subjects;
  for (const { addressLookups, candidates } of hosts) {
    const [address] = addressesOf(addressLookups);
    if (address === undefined) continue;
    for (const { records } of candidates) {
      const fitting = fittingOf(records)?.tlsa;
      if (fitting === undefined) continue;
      subjects.set(formatHex(fitting.association), {
        certificate: `server ${address}`,
        part: fitting.usage === 2 ? 'anchor' : 'leaf',
      });
    }
  }
  return subjects;
}

interface OpenZone {
  /** Undefined while every lookup of it failed. */
  signed: boolean | undefined;
  readonly failing: RrType[];
  readonly records: Map<string, ZoneRecord>;
}

function zonesOf(report: Report, subjects: ReadonlyMap<string, TlsaSubject>): readonly Zone[] {
  const zones = new Map<DomainName, OpenZone>();
  const zone = (name: DomainName, signed?: boolean): OpenZone => {
    const known = keptIn(zones, name, () => ({ signed, failing: [], records: new Map() }));
    if (signed !== undefined) known.signed = signed && known.signed !== false;
    return known;
  };
  const missing: { name: DomainName; signed: boolean }[] = [];
  for (const { name, type, answer, links } of lookupsOf(report)) {
    if (answer.kind === 'failed') {
      zone(name).failing.push(type);
      continue;
    }
    for (const { from, to, security, ttlSeconds } of answer.aliases)
      zone(from, security === 'secure').records.set('CNAME', {
        name: from,
        type: 'CNAME',
        target: to,
        ...(ttlSeconds === undefined ? {} : { ttlSeconds }),
      });
    const last = answer.aliases.at(-1)?.to ?? name;
    const signed = (links.at(-1)?.security ?? answer.security) === 'secure';
    if (answer.kind === 'absent') {
      missing.push({ name: last, signed });
      continue;
    }
    const { records } = zone(last, signed);
    for (const record of answer.records) {
      const put = zoneRecordOf(record, subjects);
      if (put !== undefined) records.set(JSON.stringify(put), put);
    }
  }
  const suffixes = () => [...zones].toSorted(([one], [other]) => other.length - one.length);
  for (const { name, signed } of missing) {
    const above = suffixes().find(([each]) => name === each || name.endsWith(`.${each}`));
    if (above?.[1].signed === signed) continue;
    // A domain that does not exist at all stands in its parent, which says so.
    zone(name === report.domain ? parentOf(name) : name, signed);
  }
  return [...zones].map(([name, { signed, failing, records }]) => ({
    name,
    // Bogus or silent: either way an answer that an attacker makes up does not validate.
    signed: signed ?? true,
    records: [...records.values()],
    ...(failing.length > 0 ? { failing } : {}),
  }));
}

function zoneRecordOf(
  record: ResourceRecord,
  subjects: ReadonlyMap<string, TlsaSubject>,
): ZoneRecord | undefined {
  const { rdata: _, ...fields } = record;
  switch (fields.type) {
    case 'A':
    case 'AAAA':
    case 'MX':
      return fields;
    case 'TXT': {
      const { strings, ...owned } = fields;
      return { ...owned, text: joinStrings(strings) };
    }
    case 'TLSA': {
      const { association, ...tlsa } = fields;
      const hex = formatHex(association);
      return { ...tlsa, of: subjects.get(hex) ?? { hex } };
    }
    default:
      return undefined;
  }
}
