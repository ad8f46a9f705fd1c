/** What one answer, or one host's answers, say by themselves. What the whole comes to is `verdict.ts`. */
import { daySeconds } from '../ask.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { isSubdomainOf, labelsOf, type DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import { joinStrings } from '../grammar/versioned-record.ts';
import type { HostAddresses } from '../smtp/mx.ts';
import type { HostWarning, MistypedHost, RecordStanding, TlsaCandidate } from './report.ts';

/**
 * Was this text meant as the record of this protocol, however badly it is written? Anything else that
 * answers at the name, such as a wildcard's SPF record, nobody published for this protocol.
 */
const isMeantAs: Readonly<Record<'mta-sts' | 'tls-rpt', RegExp>> = {
  'mta-sts': /^[^a-z0-9]*(?:v[^a-z0-9]*sts|id\s*=)|stsv1/i,
  'tls-rpt': /^[^a-z0-9]*(?:v[^a-z0-9]*tlsrpt|rua\s*=)|tlsrptv1/i,
};

/** TXT records answered, and none of them is or was meant as this protocol's: senders discard them. */
export const isOnlyOtherText = (
  protocol: 'mta-sts' | 'tls-rpt',
  { answer }: ValidatedLookup,
): boolean =>
  answer.kind === 'found' &&
  !recordsOfType(answer.records, 'TXT').some(({ strings }) =>
    isMeantAs[protocol].test(joinStrings(strings)),
  );

/**
 * Absent and proved absent are different answers; a failed lookup is none, and neither is an answer
 * whose signature is wrong. Text of another kind is discarded (RFC 8461 §3.1, RFC 8460 §3), so that
 * nothing is left.
 */
export function recordStanding(
  protocol: 'mta-sts' | 'tls-rpt',
  lookup: ValidatedLookup,
  record: { readonly ok: boolean } | undefined,
): RecordStanding {
  const { answer } = lookup;
  if (answer.kind === 'failed') return answer.why === 'bogus' ? 'bogus' : 'not-looked-up';
  if (record?.ok === true) return 'found';
  if (answer.kind === 'found' && !isOnlyOtherText(protocol, lookup)) return 'faulty';
  return answer.security === 'secure' ? 'proved-absent' : 'absent';
}

/** What will go wrong at the next renewal (RFC 7671 §8, RFC 7672 §4), and names that should not be there. */
export function hostWarnings(
  domain: DomainName,
  host: DomainName,
  addresses: HostAddresses,
  addressLookups: readonly ValidatedLookup[],
  candidates: readonly TlsaCandidate[],
): HostWarning[] {
  const usable = candidates.flatMap(({ records }) =>
    records.filter(({ judgement }) => judgement.usable),
  );
  const warnings: HostWarning[] = [];
  if (usable.length === 1) warnings.push('single-record');
  const usages = new Set(usable.map(({ tlsa }) => tlsa.usage));
  if (usages.has(2) && usages.has(3)) warnings.push('mixed-usages');
  if (usable.some(({ ttlSeconds }) => ttlSeconds > daySeconds)) warnings.push('long-ttl');
  if (addresses.kind === 'found' && addresses.expanded !== host) warnings.push('alias');
  if (addresses.kind === 'none' && addressless(addressLookups) !== undefined)
    warnings.push('alias-without-address');
  const mistyped = mistypedHost(domain, host, addresses.kind === 'none');
  if (mistyped !== undefined) warnings.push(mistyped);
  return warnings;
}

/** Where an alias leads to a name without records: that name, which is the one at fault. */
export const addressless = (lookups: readonly ValidatedLookup[]): DomainName | undefined =>
  lookups
    .map(({ answer }) => (answer.kind === 'absent' ? answer.aliases.at(-1)?.to : undefined))
    .find((name) => name !== undefined);

/** RFC 5321 §4.1.2 (`sub-domain`); case is folded before. */
const hostLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const octet = /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/;

/** What stands before the name of the domain in a name below it. */
export const nameBefore = (host: DomainName, domain: DomainName): DomainName =>
  (isSubdomainOf(host, domain) && host !== domain
    ? host.slice(0, -domain.length - 1)
    : host) as DomainName;

function mistypedHost(
  domain: DomainName,
  host: DomainName,
  isWithoutAddress: boolean,
): MistypedHost | undefined {
  if (!labelsOf(host).every((label) => hostLabel.test(label))) return 'not-a-host-name';
  if (!isWithoutAddress || host === domain) return undefined;
  const before = labelsOf(nameBefore(host, domain));
  if (before.length > 3 && before.slice(0, 4).every((label) => octet.test(label)))
    return 'address-as-name';
  const isWhole = before.length > 1 && before.at(-1) === labelsOf(domain).at(-1);
  return isWhole && isSubdomainOf(host, domain) ? 'missing-dot' : undefined;
}
