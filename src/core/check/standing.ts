/** What one answer, or one host's answers, say by themselves. What the whole comes to is `verdict.ts`. */
import type { ValidatedLookup } from '../dnssec/validate.ts';
import type { DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import { joinStrings } from '../grammar/versioned-record.ts';
import type { HostAddresses } from '../smtp/address.ts';
import type { HostWarning, RecordStanding, TlsaCandidate } from './report.ts';

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

const daySeconds = 86_400;

/** What will go wrong at the next renewal (RFC 7671 §8, RFC 7672 §4), and names that should not be there. */
export function hostWarnings(
  host: DomainName,
  addresses: HostAddresses,
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
  return warnings;
}
