/**
 * What DANE asks of the sender before it speaks to one MX host (RFC 7672 §2.2).
 *
 * The threat: someone on the path who removes STARTTLS or answers in the server's place. The defence
 * hangs on one distinction: proved absence is an answer, a failed lookup is not. Were a failure read
 * as "no DANE", whoever can break DNS answers could switch DANE off.
 * Implements: RFC 6698 §2, RFC 7671 §5, §9, RFC 7672 §2, §3, §5. Locating TLSA records is here; which
 * are usable is `usable.ts`, what matches `match.ts`, what to publish `association.ts`.
 * Left out: usages 0 and 1, which RFC 7672 §3.1.3 leaves open (unusable here), TLS itself, and
 * revocation.
 */
import type { LookupFailure } from '../ask.ts';
import { maxNameOctets, prefixName, type DomainName } from '../dns/name.ts';
import { recordsOfType } from '../dns/record.ts';
import type { HostAddresses } from '../smtp/mx.ts';
import { ask, step, type Procedure } from '../trace.ts';
import { departed, type DaneSender } from './departures.ts';
import type { Tlsa } from './tlsa.ts';
import { usableOf, type UsableSet } from './usable.ts';

/** The actions of RFC 7672 §2.2, one member for each. */
export type DanePolicy =
  /** Secure records, at least one usable: TLS and authentication, or not this host. */
  | {
      readonly kind: 'authenticate';
      readonly base: DomainName;
      readonly records: UsableSet;
      /** False where the MX record itself was not secure: the domain is then not proved. */
      readonly mxSecure: boolean;
    }
  /** Secure records, none usable: TLS, with anyone's certificate. */
  | { readonly kind: 'encrypt'; readonly base: DomainName }
  | { readonly kind: 'opportunistic'; readonly why: NoDane }
  /** A lookup failed: this host may not be used. */
  | { readonly kind: 'unreachable'; readonly why: LookupFailure };

export type NoDane = 'mx-insecure' | 'address-insecure' | 'tlsa-absent' | 'tlsa-insecure';

type Addresses = Extract<HostAddresses, { kind: 'found' }>;

/**
 * What DANE asks before a host is spoken to. Puts `lookup` questions for TLSA records.
 * Shape: `mxSecurity` of the MX record that named the host, `addresses` of the host as they were looked up.
 * Errors: none; a lookup that failed is the answer `unreachable`, never "no DANE".
 * Source: RFC 7672 §2.2.
 */
export function* danePolicy(
  sender: DaneSender,
  host: DomainName,
  mxSecurity: 'secure' | 'insecure',
  addresses: Addresses,
): Procedure<DanePolicy> {
  const mxSecure = mxSecurity === 'secure';
  if (!mxSecure) {
    // §2.2.1 leaves it to the sender whether TLSA records still count; a strict one keeps to what
    // it must do, because the name of this host may be the attacker's choice.
    const stillAsks = !sender.isMandatory && sender.departures.has('dane-despite-insecure-mx');
    if (!stillAsks) {
      yield step('dane.mx-insecure', { host });
      return { kind: 'opportunistic', why: 'mx-insecure' };
    }
  }
  const candidates = yield* baseDomains(sender, host, addresses);
  if (candidates.length === 0) return { kind: 'opportunistic', why: 'address-insecure' };
  let why: NoDane = 'tlsa-absent';
  for (const base of candidates) {
    const found = yield* tlsaOf(base);
    if (found.kind === 'none') {
      why = found.why;
      continue;
    }
    if (!mxSecure) yield departed('dane-despite-insecure-mx', { host, base });
    if (found.kind === 'failed') return { kind: 'unreachable', why: found.why };
    const records = usableOf(found.records);
    if (records === undefined) {
      yield step('dane.none-usable', { base, records: found.records });
      return { kind: 'encrypt', base };
    }
    yield step('dane.authentication-required', { base, records });
    return { kind: 'authenticate', base, records, mxSecure };
  }
  if (addresses.security === 'secure' && !candidates.includes(host))
    yield departed('alias-name-not-tried', { host, expanded: addresses.expanded });
  return { kind: 'opportunistic', why };
}

/** Under which names TLSA records may stand, the first to ask first (§2.2.2, §2.2.3). */
function* baseDomains(
  sender: DaneSender,
  host: DomainName,
  addresses: Addresses,
): Procedure<readonly DomainName[]> {
  const { security, firstSecurity, expanded } = addresses;
  const isAlias = expanded !== host;
  if (security === 'secure') {
    if (!isAlias) {
      yield step('dane.address-secure', { host });
      return [host];
    }
    yield step('dane.alias-followed', { host, expanded });
    return sender.departures.has('alias-name-not-tried') ? [expanded] : [expanded, host];
  }
  if (!isAlias || firstSecurity === 'insecure') {
    yield step('dane.address-insecure', { host });
    return [];
  }
  // The alias is proved, what it points to is not: only the name that was published counts.
  if (sender.departures.has('insecure-alias-ends-dane')) {
    yield departed('insecure-alias-ends-dane', { host, expanded });
    return [];
  }
  yield step('dane.alias-insecure', { host, expanded });
  return [host];
}

type TlsaFound =
  | { readonly kind: 'some'; readonly records: readonly Tlsa[] }
  | { readonly kind: 'none'; readonly why: 'tlsa-absent' | 'tlsa-insecure' }
  | { readonly kind: 'failed'; readonly why: LookupFailure };

function* tlsaOf(base: DomainName): Procedure<TlsaFound> {
  const name = tlsaName(base);
  if (name === undefined) {
    yield step('dane.tlsa-absent', { name: base, security: 'secure', denial: 'nxdomain' });
    return { kind: 'none', why: 'tlsa-absent' };
  }
  const answer = yield* ask({ ask: 'lookup', name, type: 'TLSA' });
  if (answer.kind === 'failed') {
    yield step('dane.tlsa-lookup-failed', { name, why: answer.why });
    return { kind: 'failed', why: answer.why };
  }
  if (answer.kind === 'absent') {
    yield step('dane.tlsa-absent', { name, security: answer.security, denial: answer.denial });
    return { kind: 'none', why: 'tlsa-absent' };
  }
  if (answer.security === 'insecure') {
    yield step('dane.tlsa-insecure', { name });
    return { kind: 'none', why: 'tlsa-insecure' };
  }
  return { kind: 'some', records: recordsOfType(answer.records, 'TLSA') };
}

/**
 * `_25._tcp.` and the base domain (RFC 7672 §2.2.3); undefined where that is longer than a name may be,
 * so that no TLSA record can exist. In text a name is never shorter than on the wire, less two octets.
 */
export const tlsaName = (base: DomainName): DomainName | undefined =>
  base.length + '_25._tcp.'.length <= maxNameOctets - 2
    ? (`_25._tcp.${base}` as DomainName)
    : prefixName(['_25', '_tcp'], base);
