/** From findings to the few words that stand on a card. Words only; the findings stay beside them. */
import type { ValidatedLookup } from '../dnssec/validate.ts';
import type { DomainName } from '../dns/name.ts';
import type { HostAddresses } from '../smtp/address.ts';
import type { MxResult } from '../smtp/mx.ts';
import type {
  DaneStanding,
  HostReport,
  RecordStanding,
  HostWarning,
  TlsaCandidate,
} from './report.ts';

/** DANE protects a domain as far as its least protected host does: a sender may use any of them. */
export function daneStanding(
  mx: MxResult,
  hosts: readonly HostReport[],
  leftOut: number,
): DaneStanding {
  if (mx.kind === 'failed') return 'not-looked-up';
  if (mx.kind !== 'hosts') return 'no-mail';
  const kinds = hosts.map(({ dane }) => dane?.kind ?? 'none');
  if (kinds.length > 0 && kinds.every((kind) => kind === 'authenticate'))
    return leftOut === 0 ? 'all-hosts' : 'first-hosts';
  if (kinds.includes('authenticate')) return 'some-hosts';
  if (kinds.includes('encrypt')) return 'only-encrypted';
  if (mx.security === 'insecure') return 'mx-insecure';
  if (kinds.includes('unreachable') || hosts.some(({ addresses }) => addresses.kind === 'failed'))
    return 'not-looked-up';
  return 'none';
}

/** Absent and proved absent are different answers; a failed lookup is none. */
export function recordStanding(
  { answer }: ValidatedLookup,
  record: { readonly ok: boolean } | undefined,
): RecordStanding {
  if (answer.kind === 'failed') return 'not-looked-up';
  if (answer.kind === 'absent') return answer.security === 'secure' ? 'proved-absent' : 'absent';
  return record?.ok === true ? 'found' : 'faulty';
}

const daySeconds = 86_400;

/** An IPv4 address is four labels of digits; no top level domain is a number. */
const looksLikeAddress = (host: DomainName): boolean => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);

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
  if (looksLikeAddress(host)) warnings.push('address-as-name');
  return warnings;
}
