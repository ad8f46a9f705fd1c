/**
 * The check of one domain: what a sending mail server will find in the DNS, and how sure that is.
 *
 * The same procedures as the sender's decide (`resolveMx`, `danePolicy`): a checker with rules of
 * its own would in time disagree with them. Everything that depends only on the domain is asked at
 * once, then everything that depends on its mail hosts: two rounds, three where an alias leads on.
 * Each name and type is asked once; the procedures are answered from what was proved before.
 *
 * The threat: a resolver that lies, and a report that lets a failed lookup look like an absent
 * record; a reader would then take away a protection that is there, or trust one that is not.
 * Implements: RFC 5321 §5.1, RFC 7672 §2.2, RFC 8461 §3.1 and RFC 8460 §3 as far as the DNS shows them;
 * RFC 8461 §3.2 and §4.1 (`sts-policy.ts`) where the policy file could be read, or was given.
 * Left out, because a browser cannot see it: port 25 and the certificate served.
 */
import { strictDane, type DaneSender } from '../dane/departures.ts';
import { danePolicy, tlsaName } from '../dane/policy.ts';
import { judgeTlsa } from '../dane/usable.ts';
import { prefixName, type DomainName } from '../dns/name.ts';
import { recordsOfType, type RrType } from '../dns/record.ts';
import type { ProvedLookupAsk, ValidatedLookup } from '../dnssec/validate.ts';
import { parseStsRecord } from '../mta-sts/record.ts';
import { resolveAddresses, resolveMx } from '../smtp/mx.ts';
import { parseTlsRptRecord } from '../tls-rpt/record.ts';
import { ask, askAll, isAsk, type Procedure, type Step } from '../trace.ts';
import { deadEndOf, neverAServer } from './never-a-server.ts';
import { hostWarnings, recordStanding } from './standing.ts';
import type { HostReport, Report, TlsaCandidate } from './report.ts';

/** A zone may list thousands of hosts; each costs the visitor five questions. */
export const mostHosts = 10;

/** A sender that asks for TLSA records also where the MX record is not proved. */
const despiteMx: DaneSender = { ...strictDane, departures: new Set(['dane-despite-insecure-mx']) };

const wanted = (name: DomainName, type: RrType): ProvedLookupAsk => ({
  ask: 'proved-lookup',
  name,
  type,
});

/** The TLSA records of a host; none to ask for where their name would be too long to exist. */
const wantedTlsa = (base: DomainName): readonly ProvedLookupAsk[] => {
  const name = tlsaName(base);
  return name === undefined ? [] : [wanted(name, 'TLSA')];
};

/** A name below the domain; undefined where it would be too long to exist. */
const below = (label: readonly string[], domain: DomainName): DomainName =>
  prefixName(label, domain) ?? domain;

/** What was asked and proved in this check, by `name/type`. */
type Proved = Map<string, ValidatedLookup>;

const keyOf = ({ name, type }: { readonly name: DomainName; readonly type: RrType }) =>
  `${name}/${type}`;

/** Asks at once what was not asked before. */
function* prove(
  proved: Proved,
  asked: readonly ProvedLookupAsk[],
): Procedure<readonly ValidatedLookup[]> {
  const fresh = [...new Map(asked.map((each) => [keyOf(each), each])).values()].filter(
    (each) => !proved.has(keyOf(each)),
  );
  const found = fresh.length === 0 ? [] : yield* askAll(fresh);
  for (const [index, each] of fresh.entries()) proved.set(keyOf(each), found[index]!);
  return asked.map((each) => proved.get(keyOf(each))!);
}

/**
 * Asks what the DNS says of a domain, and judges nothing; `verdictOf` does. Puts `proved-lookup` questions, all that can
 * be asked together at once.
 * Errors: none; what could not be looked up stands so in the report.
 */
export function* inspect(domain: DomainName): Procedure<Report> {
  const policyHost = below(['mta-sts'], domain);
  const proved: Proved = new Map();
  const [mxLookup, stsLookup, rptLookup, ...policyHostLookups] = (yield* prove(proved, [
    wanted(domain, 'MX'),
    wanted(below(['_mta-sts'], domain), 'TXT'),
    wanted(below(['_smtp', '_tls'], domain), 'TXT'),
    wanted(policyHost, 'A'),
    wanted(policyHost, 'AAAA'),
  ])) as [ValidatedLookup, ValidatedLookup, ValidatedLookup, ...ValidatedLookup[]];
  const checkedAtSeconds = yield* ask({ ask: 'now' });
  const [mx, mxSteps] = yield* withSteps(proved, resolveMx(domain));
  const all = mx.kind === 'hosts' ? [...new Set(mx.hosts)] : [];
  const names = all.slice(0, mostHosts);
  yield* prove(
    proved,
    names
      .filter((host) => neverAServer(host, domain) === undefined)
      .flatMap((host) => [wanted(host, 'A'), wanted(host, 'AAAA'), ...wantedTlsa(host)]),
  );
  const security = mx.kind === 'hosts' ? mx.security : 'insecure';
  const hosts: HostReport[] = [];
  for (const host of names) hosts.push(yield* inspectHost(proved, domain, host, security));
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
    sts: {
      standing: recordStanding('mta-sts', stsLookup, stsRecord),
      lookup: stsLookup,
      record: stsRecord,
      policyHost,
      policyHostLookups,
    },
    tlsRpt: {
      standing: recordStanding('tls-rpt', rptLookup, rptRecord),
      lookup: rptLookup,
      record: rptRecord,
    },
  };
}

function* inspectHost(
  proved: Proved,
  domain: DomainName,
  host: DomainName,
  mxSecurity: 'secure' | 'insecure',
): Procedure<HostReport> {
  const kind = neverAServer(host, domain);
  const addressLookups =
    kind === undefined ? yield* prove(proved, [wanted(host, 'A'), wanted(host, 'AAAA')]) : [];
  const never =
    kind === undefined
      ? deadEndOf(addressLookups, domain)
      : ({ name: host, kind, security: 'secure' } as const);
  if (never !== undefined)
    return {
      host,
      never,
      addresses: { kind: 'none', security: never.security },
      addressLookups,
      candidates: [],
      dane: undefined,
      daneDespiteMx: undefined,
      warnings: never.name === host ? [] : ['alias'],
      steps: [],
    };
  const [addresses, addressSteps] = yield* withSteps(proved, resolveAddresses(host));
  const [dane, daneSteps] =
    addresses.kind === 'found'
      ? yield* withSteps(proved, danePolicy(strictDane, host, mxSecurity, addresses))
      : [undefined, []];
  const [daneDespiteMx] =
    addresses.kind === 'found' && mxSecurity === 'insecure'
      ? yield* withSteps(proved, danePolicy(despiteMx, host, mxSecurity, addresses))
      : [undefined];
  const expanded = addresses.kind === 'found' ? addresses.expanded : host;
  const bases = [...new Set([expanded, host])].filter((base) => tlsaName(base) !== undefined);
  const lookups = yield* prove(proved, bases.flatMap(wantedTlsa));
  const candidates = bases.map((base, index) => candidateOf(base, lookups[index]!));
  return {
    host,
    never,
    addresses,
    addressLookups,
    candidates,
    dane,
    daneDespiteMx,
    warnings: hostWarnings(domain, host, addresses, addressLookups, candidates),
    steps: [...addressSteps, ...daneSteps],
  };
}

function candidateOf(base: DomainName, lookup: ValidatedLookup): TlsaCandidate {
  const found = lookup.answer.kind === 'found' ? lookup.answer.records : [];
  const records = recordsOfType(found, 'TLSA').map((tlsa) => ({
    tlsa,
    judgement: judgeTlsa(tlsa),
    ttlSeconds: tlsa.ttlSeconds,
  }));
  return { base, name: lookup.name, lookup, records };
}

const textsOf = ({ answer }: ValidatedLookup): readonly (readonly Uint8Array[])[] | undefined =>
  answer.kind === 'found'
    ? recordsOfType(answer.records, 'TXT').map(({ strings }) => strings)
    : undefined;

/**
 * Walks a procedure on and keeps its steps beside its result. Its lookups are answered with the
 * proved ones, so that what is judged is what the report shows.
 */
function* withSteps<Result>(
  proved: Proved,
  procedure: Procedure<Result>,
): Procedure<[Result, readonly Step[]]> {
  const steps: Step[] = [];
  let next = procedure.next();
  while (!next.done) {
    const event = next.value;
    if (!isAsk(event)) {
      steps.push(event);
      next = procedure.next(yield event);
    } else if (event.ask === 'lookup') {
      const [lookup] = yield* prove(proved, [wanted(event.name, event.type)]);
      next = procedure.next(lookup!.answer);
    } else next = procedure.next(yield event);
  }
  return [next.value, steps];
}
