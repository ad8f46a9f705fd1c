/** The addresses of one mail host, with what is proved about them (RFC 5321 §5.1, RFC 7672 §2.2.2). */
import type { LookupAnswer, LookupFailure } from '../ask.ts';
import type { DomainName } from '../dns/name.ts';
import { ask, type Procedure } from '../trace.ts';

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
