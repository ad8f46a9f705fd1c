/**
 * Who must do what, as far as the findings say. Four parties can act: the owner of the domain (`you`), the
 * operator of its DNS, the operator of its mail servers, and the person who ran the check. Often they are not
 * the same, and a finding without an addressee is not acted on.
 */
import { isSubdomainOf, type DomainName } from '../dns/name.ts';
import { isOfService } from '../dnssec/evidence.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { hostStanding, standingByPolicy } from './host-verdict.ts';
import { deadEndOf } from './never-a-server.ts';
import type { HostReport, HostWarning, Report } from './report.ts';
import type { PolicyReading } from './sts-policy.ts';
import { addressless } from './standing.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** `checker`: the person who ran the check. A failed look-up says nothing of the domain, so its owner is not asked. */
export type Actor = 'you' | 'dns-operator' | 'mail-provider' | 'checker';

export type ActionId =
  | 'sign-domain'
  | 'mend-signature'
  | 'mend-host-signature'
  | 'mend-record-signature'
  | 'look-up-again'
  | 'choose-service'
  | 'sign-host-zone'
  | 'sign-tlsa-alias'
  | 'publish-tlsa'
  | 'publish-tlsa-beyond-alias'
  | 'mend-tlsa-alias'
  | 'mend-tlsa'
  | 'mend-tlsa-signature'
  | 'give-host-address'
  | 'give-host-alias-address'
  | 'mend-domain-alias'
  | 'publish-mx'
  | 'replace-mx-address'
  | 'remove-mx'
  | 'null-mx-alone'
  | 'say-null-mx'
  | 'second-record'
  | 'publish-sts'
  | 'mend-sts-record'
  | 'give-policy-host'
  | 'give-policy-host-alias'
  | 'mend-policy'
  | 'list-host'
  | 'enforce-policy'
  | 'publish-rpt'
  | 'mend-rpt'
  | 'mend-rua';

export interface Action {
  readonly who: Actor;
  readonly id: ActionId;
  readonly card: 'dane' | 'mta-sts' | 'tls-rpt';
  /** The name it is about: a mail host, or the name that lacks a signature. */
  readonly host?: DomainName;
  /** The owner of an alias that leads to `host`. */
  readonly alias?: DomainName;
}

/** In the order in which they help: what others rest on first. */
export function actionsFor(report: Report, policy?: PolicyReading): readonly Action[] {
  const { mx, mxLookup } = report;
  const end = addressless([mxLookup]);
  if (mx.kind === 'no-domain' && end !== undefined)
    return [{ who: 'you', id: 'mend-domain-alias', card: 'dane', host: end, alias: report.domain }];
  if (mx.kind === 'no-domain' || mx.kind === 'null-mx') return [];
  if (mx.kind === 'failed')
    return mx.why === 'bogus'
      ? [
          {
            who: 'dns-operator',
            id: 'mend-signature',
            card: 'dane',
            host: bogusNameOf(mxLookup),
          },
        ]
      : [
          {
            who: 'checker',
            id: isOfService(mxLookup.reason) ? 'choose-service' : 'look-up-again',
            card: 'dane',
          },
        ];
  const verdict = verdictOf(report, policy);
  // Without any server everything else can wait.
  if (verdict.whole === 'no-server') {
    if (mx.implicit)
      return [{ who: 'you', id: 'publish-mx', card: 'dane', host: mx.nextHopNames.at(-1)! }];
    if (report.hosts.every(({ never }) => never !== undefined && never.kind !== 'number'))
      return [{ who: 'you', id: 'say-null-mx', card: 'dane' }];
  }
  const actions: Action[] = [];
  if (mx.security === 'insecure')
    actions.push({
      who: 'dns-operator',
      id: 'sign-domain',
      card: 'dane',
      host: unsignedNameOf(report.mxLookup) ?? report.domain,
    });
  for (const host of report.hosts) actions.push(...hostActions(report.domain, host));
  actions.push(...stsActions(report, verdict, policy), ...tlsRptActions(report, verdict));
  return actions;
}

/** A host under the domain is taken to be the domain's own; any other to be a provider's. */
const ownerOf = (domain: DomainName, host: DomainName): Actor =>
  isSubdomainOf(host, domain) ? 'you' : 'mail-provider';

function hostActions(domain: DomainName, report: HostReport): readonly Action[] {
  const { host, warnings, daneDespiteMx } = report;
  const who = ownerOf(domain, host);
  const signer = who === 'you' ? 'dns-operator' : who;
  const act = (id: ActionId, by: Actor = who): Action => ({ who: by, id, card: 'dane', host });
  // Where only the domain's own signature is missing, the host's side is judged as if it were there.
  switch (daneDespiteMx === undefined ? hostStanding(report) : standingByPolicy(daneDespiteMx)) {
    case 'number':
      return [act('replace-mx-address', 'you')];
    case 'null-mx-beside':
      return [{ who: 'you', id: 'null-mx-alone', card: 'dane' }];
    case 'localhost':
    case 'invalid-name':
    case 'special-name':
      return [act('remove-mx', 'you')];
    case 'address-none':
    case 'address-proved-none':
      return [addressAction(report, act)];
    case 'address-bogus':
      return [{ ...act('mend-host-signature', signer), host: bogusAddress(report) }];
    case 'tlsa-bogus':
      return [{ ...act('mend-tlsa-signature'), host: bogusTlsa(report) }];
    case 'address-failed':
    case 'tlsa-failed':
      return [act('look-up-again', 'checker')];
    case 'encrypt':
      return [act('mend-tlsa')];
    case 'authenticate':
      return warnings.includes('single-record') ? [act('second-record')] : [];
    case 'address-insecure':
      return [{ ...act('sign-host-zone', signer), host: unsignedAddress(report) }];
    case 'tlsa-insecure':
      return tlsaUnsigned(report).map((found) => ({
        ...act(found.alias === undefined ? 'sign-host-zone' : 'sign-tlsa-alias', signer),
        ...found,
      }));
    case 'tlsa-absent':
      return [tlsaElsewhere(report, act('publish-tlsa'))];
    case 'mx-insecure':
      return [];
  }
}

/** The name whose signature is wrong: the one asked for, or where an alias that is proved leads. */
const bogusNameOf = ({ name, links }: ValidatedLookup): DomainName =>
  links.find(({ security }) => security === 'bogus')?.name ?? name;

const isBogus = ({ security }: ValidatedLookup): boolean => security === 'bogus';

const bogusAddress = ({ host, addressLookups }: HostReport): DomainName => {
  const found = addressLookups.find(isBogus);
  return found === undefined ? host : bogusNameOf(found);
};

/** The mail host; beyond an alias the owner of the records, which are not the host's to sign. */
const bogusTlsa = ({ host, candidates }: HostReport): DomainName => {
  const lookup = candidates.map((each) => each.lookup).find(isBogus);
  const name = lookup && bogusNameOf(lookup);
  return name === undefined || name === lookup?.name ? host : name;
};

/** The owner of an alias can hold no address itself (RFC 1034 §3.6.2); a name that was mistyped needs none. */
function addressAction(
  { host, never, addressLookups, warnings }: HostReport,
  act: (id: ActionId, by?: Actor) => Action,
): Action {
  if (warnings.some((each) => mistyped.includes(each))) return act('replace-mx-address', 'you');
  if (never !== undefined) return act('remove-mx', 'you');
  const end = addressless(addressLookups);
  return end === undefined
    ? act('give-host-address')
    : { ...act('give-host-alias-address'), host: end, alias: host };
}

const mistyped: readonly HostWarning[] = ['not-a-host-name', 'address-as-name', 'missing-dot'];

/** The first name on the way to the answer whose zone does not prove what it says. */
function unsignedNameOf({ name, answer }: ValidatedLookup): DomainName | undefined {
  if (answer.kind === 'failed' || answer.security === 'secure') return undefined;
  const unsigned = answer.aliases.find(({ security }) => security === 'insecure');
  return unsigned?.from ?? answer.aliases.at(-1)?.to ?? name;
}

const unsignedAddress = ({ host, addressLookups }: HostReport): DomainName =>
  addressLookups.map(unsignedNameOf).find((name) => name !== undefined) ?? host;

/** Where the TLSA records are found unsigned: at the name itself, or where its alias leads. */
function tlsaUnsigned({
  candidates,
}: HostReport): readonly { readonly host: DomainName; readonly alias?: DomainName }[] {
  for (const { name, lookup } of candidates) {
    const unsigned = lookup.answer.kind === 'found' ? unsignedNameOf(lookup) : undefined;
    if (unsigned !== undefined)
      return [unsigned === name ? { host: name } : { host: unsigned, alias: name }];
  }
  return [];
}

/** The owner of an alias can hold no TLSA record itself (RFC 1034 §3.6.2): where it goes instead. */
function tlsaElsewhere({ candidates }: HostReport, usual: Action): Action {
  for (const { name, lookup } of candidates) {
    const { answer } = lookup;
    const last = answer.kind === 'absent' ? answer.aliases.at(-1) : undefined;
    if (answer.kind === 'absent' && last !== undefined) {
      const id = answer.denial === 'nxdomain' ? 'mend-tlsa-alias' : 'publish-tlsa-beyond-alias';
      return { ...usual, id, host: last.to, alias: name };
    }
  }
  return usual;
}

function stsActions(
  report: Report,
  { sts }: Verdict,
  policy: PolicyReading | undefined,
): readonly Action[] {
  const act = (id: ActionId): Action => ({ who: 'you', id, card: 'mta-sts' });
  switch (sts.standing) {
    case 'faulty':
      return [act('mend-sts-record')];
    case 'absent':
    case 'proved-absent':
      return [act('publish-sts')];
    case 'bogus':
      return [recordSignature('mta-sts', report.sts.lookup)];
    case 'not-looked-up':
      return [{ ...act('look-up-again'), who: 'checker' }];
    case 'no-policy-host':
      return [policyHostAction(report, act)];
    case 'found':
      break;
  }
  if (policy?.standing === 'faulty') return [act('mend-policy')];
  if (policy?.standing === 'testing') return [act('enforce-policy')];
  if (policy?.standing !== 'host-not-listed') return [];
  return policy.hosts
    .filter(({ pattern }) => pattern === undefined)
    .map(({ host }) => ({ ...act('list-host'), host }));
}

function policyHostAction({ domain, sts }: Report, act: (id: ActionId) => Action): Action {
  const { policyHostLookups: lookups } = sts;
  // Nobody can give "localhost" an address.
  const end = deadEndOf(lookups, domain) === undefined ? addressless(lookups) : undefined;
  return end === undefined
    ? { ...act('give-policy-host'), host: sts.policyHost }
    : { ...act('give-policy-host-alias'), host: end, alias: sts.policyHost };
}

/** Senders still deliver: what a record says that they do not believe is all that is lost. */
const recordSignature = (card: Action['card'], lookup: ValidatedLookup): Action => ({
  who: 'dns-operator',
  id: 'mend-record-signature',
  card,
  host: bogusNameOf(lookup),
});

function tlsRptActions(report: Report, { tlsRpt }: Verdict): readonly Action[] {
  const act = (id: ActionId): Action => ({ who: 'you', id, card: 'tls-rpt' });
  switch (tlsRpt.standing) {
    case 'faulty':
      return [act('mend-rpt')];
    case 'no-usable-rua':
      return [act('mend-rua')];
    case 'absent':
    case 'proved-absent':
      return [act('publish-rpt')];
    case 'bogus':
      return [recordSignature('tls-rpt', report.tlsRpt.lookup)];
    default:
      return [];
  }
}
