/**
 * What the wire adds to what the DNS says: one verdict for a domain whose mail servers and policy host
 * were also connected with. What was found there decides: a proved TLSA record that the certificate does
 * not fit stops mail, whatever looks right in the DNS. A server that could not be reached decides nothing.
 */
import type { DomainName } from '../dns/name.ts';
import type { StsMode } from '../mta-sts/memory.ts';
import type { Standing } from './verdict.table.ts';

export interface HostSeen {
  readonly host: DomainName;
  /** `not-tried`: it has no address that is known, or is beyond the number that is looked at. */
  readonly channel: 'encrypted' | 'not-encrypted' | 'not-reached' | 'not-tried';
  /** By the TLSA records that a sender must follow; undefined where there are none. */
  readonly dane: 'recognised' | 'refused' | undefined;
  /** By the policy that was fetched; undefined where none counts, or the host was not seen. */
  readonly sts: 'admitted' | 'refused' | undefined;
}

export interface ConnectionSeen {
  /** A host stands here once for each session: of each address, and of each kind of certificate. */
  readonly hosts: readonly HostSeen[];
  /** Undefined where none is announced. */
  readonly policy:
    { readonly usable: false } | { readonly usable: true; readonly mode: StsMode } | undefined;
}

/** What a connection can make of a domain, beside what the DNS already says; worst first. */
export const connectionFaults = [
  /** A sender with DANE delivers to none of the servers, or not to some. */
  'dane-fails',
  'dane-fails-some',
  /** A sender that follows the policy does not deliver to some. */
  'sts-fails',
  /** The policy is announced and cannot be had, or not used. */
  'policy-fails',
  /** The policy says `none`, and there is nothing else. */
  'policy-withdrawn',
  /** The policy is in testing, and would stop mail. */
  'sts-testing-fails',
  'not-encrypted',
  'not-reached',
] as const;

export type ConnectionFault = (typeof connectionFaults)[number];

export type ConnectionVerdict = {
  /** The servers that the standing is about. */
  readonly hosts: readonly DomainName[];
} & (
  | {
      readonly standing: ConnectionFault;
      /** Something was seen to be wrong; or nothing was, and something could not be seen. */
      readonly outcome: 'fault' | 'unknown';
    }
  | { readonly standing: Standing; readonly outcome: 'as-published' }
);

/** `published`: what the DNS says of the domain (`verdictOf`). */
export function judgeConnection(
  published: Standing,
  { hosts, policy }: ConnectionSeen,
): ConnectionVerdict {
  const tried = hosts.filter(({ channel }) => channel !== 'not-tried');
  const named = (of: readonly HostSeen[]) => [...new Set(of.map(({ host }) => host))];
  const fault = (
    standing: ConnectionFault,
    of: readonly HostSeen[] = [],
    outcome: 'fault' | 'unknown' = 'fault',
  ): ConnectionVerdict => ({ standing, hosts: named(of), outcome });
  const byDane = tried.filter(({ dane }) => dane === 'refused');
  if (byDane.length > 0)
    return fault(byDane.length === hosts.length ? 'dane-fails' : 'dane-fails-some', byDane);
  const bySts = tried.filter(({ sts }) => sts === 'refused');
  if (policy?.usable === false) return fault('policy-fails');
  if (bySts.length > 0)
    return fault(policy?.mode === 'testing' ? 'sts-testing-fails' : 'sts-fails', bySts);
  const clear = tried.filter(({ channel }) => channel === 'not-encrypted');
  if (clear.length > 0) return fault('not-encrypted', clear);
  const missed = tried.filter(({ channel }) => channel === 'not-reached');
  if (missed.length > 0) return fault('not-reached', missed, 'unknown');
  // A policy that says "none" is no policy (RFC 8461 §5), whatever its record announces.
  const isWithdrawn = policy?.usable === true && policy.mode === 'none';
  if (isWithdrawn && published === 'sts-only') return fault('policy-withdrawn');
  const standing = isWithdrawn && published === 'dane-and-sts' ? 'dane' : published;
  return { standing, hosts: [], outcome: 'as-published' };
}
