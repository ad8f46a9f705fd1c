/**
 * Which hosts take mail for a domain, in which order (RFC 5321 §5.1, RFC 7505), and at which addresses, with what is
 * proved about them (RFC 7672 §2.2.2).
 *
 * A failed lookup and an empty answer are kept apart: the first is what an attacker who can only
 * break answers achieves, and it must never look like "no MX record".
 */
import { type DomainName, rootName } from '../dns/name.ts';
import { recordsOfType, type ResourceRecord } from '../dns/record.ts';
import type { LookupFailure, LookupAnswer } from '../ask.ts';
import { oncePer } from '../once-per.ts';
import { ask, step, type Procedure } from '../trace.ts';
import './ask.ts';

export interface MxHosts {
  readonly kind: 'hosts';
  /** Best preference first; equal preferences in the order of the answer. */
  readonly hosts: readonly DomainName[];
  readonly security: 'secure' | 'insecure';
  /** No MX record: the domain itself is the host. */
  readonly implicit: boolean;
  /** The domain and, where it is an alias, the name it stands for. */
  readonly nextHopNames: readonly DomainName[];
}

export type MxResult =
  | MxHosts
  | { readonly kind: 'failed'; readonly why: LookupFailure }
  | { readonly kind: 'no-domain' }
  | { readonly kind: 'null-mx' };

const hostsOf = oncePer((records: readonly ResourceRecord[]): readonly DomainName[] =>
  recordsOfType(records, 'MX')
    .toSorted((one, other) => one.preference - other.preference)
    .map(({ exchange }) => exchange),
);

/**
 * Finds the mail hosts of a domain, best preference first; without an MX record the domain itself.
 * Errors: `failed` (the lookup did not succeed: the message must wait), `no-domain` (the name does not exist),
 * `null-mx` (the domain says that it takes no mail).
 * Source: RFC 5321 §5.1, RFC 7505 §3.
 */
export function* resolveMx(domain: DomainName): Procedure<MxResult> {
  const answer = yield* ask({ ask: 'lookup', name: domain, type: 'MX' });
  if (answer.kind === 'failed') {
    yield step('smtp.mx-lookup-failed', { domain, why: answer.why });
    return { kind: 'failed', why: answer.why };
  }
  const { security, aliases } = answer;
  const last = aliases.at(-1);
  const nextHopNames = last === undefined ? [domain] : [domain, last.to];
  if (answer.kind === 'absent') {
    if (answer.denial === 'nxdomain') {
      yield step('smtp.domain-absent', { domain, security });
      return { kind: 'no-domain' };
    }
    yield step('smtp.mx-implicit', { domain, security });
    return { kind: 'hosts', hosts: [domain], security, implicit: true, nextHopNames };
  }
  const hosts = hostsOf(answer.records);
  if (hosts.length === 1 && hosts[0] === rootName) {
    yield step('smtp.mx-null', { domain, security });
    return { kind: 'null-mx' };
  }
  yield step('smtp.mx-found', { domain, hosts, security });
  return { kind: 'hosts', hosts, security, implicit: false, nextHopNames };
}

export type HostAddresses =
  | {
      readonly kind: 'found';
      readonly addresses: readonly string[];
      /** Of the whole chain to the addresses. */
      readonly security: 'secure' | 'insecure';
      /** Of its first link: the alias where there is one, else the addresses themselves. */
      readonly firstSecurity: 'secure' | 'insecure';
      /** The name at the end of the aliases; the host itself where there are none. */
      readonly expanded: DomainName;
    }
  /** Secure: proved, so that nobody on the way can make up an address. */
  | { readonly kind: 'none'; readonly security: 'secure' | 'insecure' }
  | { readonly kind: 'failed'; readonly why: LookupFailure };

/** Asks for A and, where there is none, for AAAA: one address is enough to show what a sender does. */
export function* resolveAddresses(host: DomainName): Procedure<HostAddresses> {
  const first = yield* ask({ ask: 'lookup', name: host, type: 'A' });
  const answer = first.kind === 'absent' ? yield* askSix(host, first) : first;
  if (answer.kind === 'failed') return { kind: 'failed', why: answer.why };
  if (answer.kind === 'absent') {
    const isProved = first.kind === 'absent' && first.security === 'secure';
    return { kind: 'none', security: isProved ? answer.security : 'insecure' };
  }
  const { security, aliases, records } = answer;
  const addresses: string[] = [];
  for (const record of records)
    if (record.type === 'A' || record.type === 'AAAA') addresses.push(record.address);
  return {
    kind: 'found',
    addresses,
    security,
    firstSecurity: aliases[0]?.security ?? security,
    expanded: aliases.at(-1)?.to ?? host,
  };
}

function* askSix(host: DomainName, four: LookupAnswer): Procedure<LookupAnswer> {
  if (four.kind === 'absent' && four.denial === 'nxdomain') return four;
  return yield* ask({ ask: 'lookup', name: host, type: 'AAAA' });
}
