/**
 * An MTA-STS policy held against the mail hosts of its domain: what the standard makes of it, what a
 * widely used policy daemon makes of it, and which host each pattern covers.
 *
 * A host that no pattern covers gets no mail from a sender that enforces (RFC 8461 §4.1, §5): the
 * fault that hurts most, and that only shows when both lists lie side by side.
 */
import type { PolicyStanding } from './verdict.table.ts';
import { daySeconds } from '../ask.ts';
import type { DomainName } from '../dns/name.ts';
import { nameKey } from '../grammar/idn.ts';
import { loosePolicy } from '../mta-sts/loose-reading.ts';
import { matchMx } from '../mta-sts/match.ts';
import type { FetchedStsPolicy, StsMode } from '../mta-sts/memory.ts';
import { parseStsPolicy, type PolicyResponse, type StsPolicyResult } from '../mta-sts/policy.ts';

/** Where a policy came from: how far what is known of it reaches. */
export type PolicyOrigin =
  /** Read over HTTPS by the visitor's browser: address, certificate and status are then good. */
  | 'fetched'
  /** Given by the visitor: only the text is known. */
  | 'given';

export interface PolicyReading {
  readonly origin: PolicyOrigin;
  readonly text: string;
  readonly result: StsPolicyResult;
  /** As postfix-mta-sts-resolver 1.1 would apply it; undefined where it refuses the file. */
  readonly loose: FetchedStsPolicy | undefined;
  /** Each mail host with the first pattern that covers it. */
  readonly hosts: readonly { readonly host: DomainName; readonly pattern: string | undefined }[];
  /** Each pattern with the hosts it covers. */
  readonly patterns: readonly {
    readonly pattern: string;
    readonly hosts: readonly DomainName[];
  }[];
  readonly standing: PolicyStanding;
  readonly notes: readonly PolicyNote[];
}

export type PolicyNote =
  /** Under a day: hardly remembered (RFC 8461 §3.2 expects weeks). */
  'age-below-day' | 'age-below-week';

/** Reads a policy for these hosts; `response` only where it was fetched. Never throws. */
export function readPolicy(
  origin: PolicyOrigin,
  body: string | Uint8Array,
  hosts: readonly DomainName[],
  response: PolicyResponse = {},
): PolicyReading {
  const result = parseStsPolicy(body, response);
  // Of a given text the media type is not known; nothing is held against it.
  const loose = loosePolicy(result.text, response.contentType ?? 'text/plain');
  const policy = result.ok ? result.value : undefined;
  const patterns = policy?.mx ?? [];
  const covered = hosts.map((host) => ({ host, pattern: matchMx(patterns, host).pattern }));
  return {
    origin,
    text: result.text,
    result,
    loose,
    hosts: covered,
    patterns: oncePerName(patterns).map((pattern) => ({
      pattern,
      hosts: hosts.filter((host) => matchMx([pattern], host).matches),
    })),
    standing: standingOf(policy?.mode, covered),
    notes: policy === undefined || policy.mode === 'none' ? [] : ageNotes(policy.maxAgeSeconds),
  };
}

const ageNotes = (maxAgeSeconds: number): readonly PolicyNote[] => {
  if (maxAgeSeconds < daySeconds) return ['age-below-day'];
  return maxAgeSeconds < 7 * daySeconds ? ['age-below-week'] : [];
};

/** Spellings of one name once, as written first. */
const oncePerName = (patterns: readonly string[]): readonly string[] => {
  const first = new Map<string, string>();
  for (const pattern of patterns)
    if (!first.has(nameKey(pattern))) first.set(nameKey(pattern), pattern);
  return [...first.values()];
};

function standingOf(mode: StsMode | undefined, covered: PolicyReading['hosts']): PolicyStanding {
  if (mode === undefined) return 'faulty';
  if (mode === 'none') return 'withdrawn';
  if (mode === 'testing') return 'testing';
  return covered.some(({ pattern }) => pattern === undefined) ? 'host-not-listed' : 'enforced';
}
