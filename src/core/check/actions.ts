/**
 * Who must do what, as far as the findings say. Three parties can act: whoever decides for the domain
 * (you), whoever serves its DNS, and whoever runs its mail servers; often they are not the same, and
 * a finding without an addressee is not acted on.
 */
import { isSubdomainOf, type DomainName } from '../dns/name.ts';
import type { HostReport, Report } from './report.ts';
import type { PolicyReading } from './sts-policy.ts';

export type Actor = 'you' | 'dns-operator' | 'mail-provider';

export type ActionId =
  | 'sign-domain'
  | 'mend-signature'
  | 'look-up-again'
  | 'sign-host-zone'
  | 'publish-tlsa'
  | 'mend-tlsa'
  | 'mend-tlsa-signature'
  | 'give-host-address'
  | 'publish-mx'
  | 'replace-mx-address'
  | 'second-record'
  | 'publish-sts'
  | 'mend-sts-record'
  | 'mend-policy'
  | 'list-host'
  | 'enforce-policy'
  | 'publish-rpt'
  | 'mend-rpt';

export interface Action {
  readonly who: Actor;
  readonly id: ActionId;
  readonly card: 'dane' | 'mta-sts' | 'tls-rpt';
  /** The mail host it is about. */
  readonly host?: DomainName;
}

/** In the order in which they help: what others rest on first. */
export function actionsFor(report: Report, policy?: PolicyReading): readonly Action[] {
  const { mx } = report;
  if (mx.kind === 'no-domain' || mx.kind === 'null-mx') return [];
  if (mx.kind === 'failed')
    return mx.why === 'bogus'
      ? [{ who: 'dns-operator', id: 'mend-signature', card: 'dane' }]
      : [{ who: 'you', id: 'look-up-again', card: 'dane' }];
  // Without any server everything else can wait.
  if (mx.implicit && report.hosts.every(({ addresses }) => addresses.kind === 'none'))
    return [{ who: 'you', id: 'publish-mx', card: 'dane' }];
  const actions: Action[] = [];
  if (mx.security === 'insecure')
    actions.push({ who: 'dns-operator', id: 'sign-domain', card: 'dane' });
  for (const host of report.hosts) actions.push(...hostActions(report.domain, host));
  actions.push(...stsActions(report, policy));
  const rpt = report.tlsRpt.standing;
  if (rpt === 'faulty') actions.push({ who: 'you', id: 'mend-rpt', card: 'tls-rpt' });
  if (rpt === 'absent' || rpt === 'proved-absent')
    actions.push({ who: 'you', id: 'publish-rpt', card: 'tls-rpt' });
  return actions;
}

/** A host under the domain is taken to be the domain's own; any other to be a provider's. */
const ownerOf = (domain: DomainName, host: DomainName): Actor =>
  isSubdomainOf(host, domain) ? 'you' : 'mail-provider';

function hostActions(domain: DomainName, report: HostReport): readonly Action[] {
  const { host, addresses, warnings } = report;
  const who = ownerOf(domain, host);
  const act = (id: ActionId, by: Actor = who): Action => ({ who: by, id, card: 'dane', host });
  if (warnings.includes('address-as-name')) return [act('replace-mx-address', 'you')];
  if (addresses.kind === 'none') return [act('give-host-address')];
  if (addresses.kind === 'failed')
    return addresses.why === 'bogus'
      ? [act('mend-signature', who === 'you' ? 'dns-operator' : who)]
      : [act('look-up-again', 'you')];
  // Where only the domain's own signature is missing, the host's side is judged as if it were there.
  const dane = report.daneDespiteMx ?? report.dane;
  if (dane === undefined) return [];
  if (dane.kind === 'unreachable') {
    const bogus = report.candidates.some(({ lookup }) => lookup.security === 'bogus');
    return [bogus ? act('mend-tlsa-signature') : act('look-up-again', 'you')];
  }
  if (dane.kind === 'encrypt') return [act('mend-tlsa')];
  if (dane.kind === 'authenticate')
    return warnings.includes('single-record') ? [act('second-record')] : [];
  const isUnsigned = dane.why === 'address-insecure' || dane.why === 'tlsa-insecure';
  if (isUnsigned) return [act('sign-host-zone', who === 'you' ? 'dns-operator' : who)];
  return [act('publish-tlsa')];
}

function stsActions({ sts }: Report, policy: PolicyReading | undefined): readonly Action[] {
  const act = (id: ActionId): Action => ({ who: 'you', id, card: 'mta-sts' });
  if (sts.standing === 'faulty') return [act('mend-sts-record')];
  if (sts.standing === 'absent' || sts.standing === 'proved-absent') return [act('publish-sts')];
  if (sts.standing === 'not-looked-up') return [act('look-up-again')];
  if (policy?.standing === 'faulty') return [act('mend-policy')];
  if (policy?.standing === 'testing') return [act('enforce-policy')];
  if (policy?.standing !== 'host-not-listed') return [];
  return policy.hosts
    .filter(({ pattern }) => pattern === undefined)
    .map(({ host }) => ({ ...act('list-host'), host }));
}
