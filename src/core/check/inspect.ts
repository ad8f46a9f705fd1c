/**
 * The check of one domain: what a sending mail server will find in the DNS, and how sure that is.
 *
 * The same procedures as the sender's decide (`resolveMx`, `danePolicy`): a checker with rules of
 * its own would in time disagree with them. Everything that depends only on the domain is asked at
 * once, then everything that depends on its mail hosts: two rounds, three where an alias leads on.
 *
 * The threat: a resolver that lies, and a report that lets a failed lookup look like an absent
 * record; a reader would then take away a protection that is there, or trust one that is not.
 * Implements: RFC 5321 §5.1, RFC 7672 §2.2, RFC 8461 §3.1 and RFC 8460 §3 as far as the DNS shows them;
 * RFC 8461 §3.2 and §4.1 (`sts-policy.ts`) where the policy file could be read, or was given.
 * Left out, because a browser cannot see it: port 25 and the certificate served.
 */
import { danePolicy, tlsaName } from '../dane/policy.ts';
import { judgeTlsa } from '../dane/usable.ts';
import { prefixName, type DomainName } from '../dns/name.ts';
import { recordsOfType, type RrType } from '../dns/record.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { parseStsRecord } from '../mta-sts/record.ts';
import type { Sender } from '../sender/sender.ts';
import { resolveAddresses } from '../smtp/address.ts';
import { resolveMx } from '../smtp/mx.ts';
import { byText } from '../sts-2016/switches.ts';
import { parseTlsRptRecord } from '../tls-rpt/record.ts';
import { ask, askAll, isAsk, type Procedure, type Step } from '../trace.ts';
import type { ProvedLookupAsk } from './ask.ts';
import { daneStanding, hostWarnings, recordStanding } from './standing.ts';
import type { HostReport, Report, TlsaCandidate } from './report.ts';

/** A zone may list thousands of hosts; each costs the visitor five questions. */
export const mostHosts = 10;

/** A sender that keeps to the text, and tries DANE. */
const strictDane: Sender = {
  protection: 'dane',
  departures: new Set(),
  draft2016: byText,
  daneList: new Set(),
  policyGraceSeconds: 0,
};

/** One that asks for TLSA records also where the MX record is not proved. */
const despiteMx: Sender = { ...strictDane, departures: new Set(['dane-despite-insecure-mx']) };

const wanted = (name: DomainName, type: RrType): ProvedLookupAsk => ({
  ask: 'proved-lookup',
  name,
  type,
});

/** A name below the domain; undefined where it would be too long to exist. */
const below = (label: readonly string[], domain: DomainName): DomainName =>
  prefixName(label, domain) ?? domain;

export function* inspect(domain: DomainName): Procedure<Report> {
  const policyHost = below(['mta-sts'], domain);
  const [mxLookup, stsLookup, rptLookup, policyFour, policySix] = yield* askAll([
    wanted(domain, 'MX'),
    wanted(below(['_mta-sts'], domain), 'TXT'),
    wanted(below(['_smtp', '_tls'], domain), 'TXT'),
    wanted(policyHost, 'A'),
    wanted(policyHost, 'AAAA'),
  ] as const);
  const checkedAtSeconds = yield* ask({ ask: 'now' });
  const [mx, mxSteps] = yield* withSteps(resolveMx(domain));
  const all = mx.kind === 'hosts' ? [...new Set(mx.hosts)] : [];
  const names = all.slice(0, mostHosts);
  // Put at once, so that the procedures below find each answer there already.
  yield* askAll(
    names.flatMap((host) => [
      wanted(host, 'A'),
      wanted(host, 'AAAA'),
      wanted(tlsaName(host), 'TLSA'),
    ]),
  );
  const security = mx.kind === 'hosts' ? mx.security : 'insecure';
  const hosts: HostReport[] = [];
  for (const host of names) hosts.push(yield* inspectHost(host, security));
  const stsTexts = textsOf(stsLookup);
  const rptTexts = textsOf(rptLookup);
  const stsRecord = stsTexts && parseStsRecord(stsTexts);
  const rptRecord = rptTexts && parseTlsRptRecord(rptTexts);
  return {
    domain,
    checkedAtSeconds,
    mx,
    mxLookup,
    mxSteps,
    hosts,
    hostsLeftOut: all.slice(mostHosts),
    dane: daneStanding(mx, hosts, all.length - names.length),
    sts: {
      standing: recordStanding(stsLookup, stsRecord),
      lookup: stsLookup,
      record: stsRecord,
      policyHost,
      policyHostLookups: [policyFour, policySix],
    },
    tlsRpt: {
      standing: recordStanding(rptLookup, rptRecord),
      lookup: rptLookup,
      record: rptRecord,
    },
  };
}

function* inspectHost(host: DomainName, mxSecurity: 'secure' | 'insecure'): Procedure<HostReport> {
  const [addresses, addressSteps] = yield* withSteps(resolveAddresses(host));
  const four = yield* ask(wanted(host, 'A'));
  const six = yield* ask(wanted(host, 'AAAA'));
  const [dane, daneSteps] =
    addresses.kind === 'found'
      ? yield* withSteps(danePolicy(strictDane, host, mxSecurity, addresses))
      : [undefined, []];
  const [daneDespiteMx] =
    addresses.kind === 'found' && mxSecurity === 'insecure'
      ? yield* withSteps(danePolicy(despiteMx, host, mxSecurity, addresses))
      : [undefined];
  const expanded = addresses.kind === 'found' ? addresses.expanded : host;
  const candidates: TlsaCandidate[] = [];
  for (const base of new Set([expanded, host])) candidates.push(yield* candidateAt(base));
  return {
    host,
    addresses,
    addressLookups: [four, six],
    candidates,
    dane,
    daneDespiteMx,
    warnings: hostWarnings(host, addresses, candidates),
    steps: [...addressSteps, ...daneSteps],
  };
}

function* candidateAt(base: DomainName): Procedure<TlsaCandidate> {
  const name = tlsaName(base);
  const lookup = yield* ask(wanted(name, 'TLSA'));
  const found = lookup.answer.kind === 'found' ? lookup.answer.records : [];
  const records = recordsOfType(found, 'TLSA').map((tlsa) => ({
    tlsa,
    judgement: judgeTlsa(tlsa),
    ttlSeconds: tlsa.ttlSeconds,
  }));
  return { base, name, lookup, records };
}

const textsOf = ({ answer }: ValidatedLookup): readonly (readonly Uint8Array[])[] | undefined =>
  answer.kind === 'found'
    ? recordsOfType(answer.records, 'TXT').map(({ strings }) => strings)
    : undefined;

/** Walks a procedure on, and keeps its steps beside its result. */
function* withSteps<Result>(procedure: Procedure<Result>): Procedure<[Result, readonly Step[]]> {
  const steps: Step[] = [];
  let next = procedure.next();
  while (!next.done) {
    if (!isAsk(next.value)) steps.push(next.value);
    next = procedure.next(yield next.value);
  }
  return [next.value, steps];
}
