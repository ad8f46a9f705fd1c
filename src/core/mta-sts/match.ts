/**
 * Whether an MX host name is one that the policy lists. RFC 8461 §4.1 (by RFC 6125 §6.4).
 * Only the name: STARTTLS and the certificate are the other half of validity.
 */
import { nameFits } from '../pkix/certificate.ts';

export interface MxMatch {
  readonly matches: boolean;
  /** The first pattern that fits. */
  readonly pattern?: string;
  /** What readers of the standard judge differently: `pattern-final-dot`, `star-in-host`. */
  readonly notes: readonly string[];
}

/** What a "*" may stand for; a host name that does not begin with a label is none. */
const beginsWithLabel = (host: string): boolean => /^[^\s.\p{Cc}]+(?:\.|$)/u.test(host);

/**
 * Compares a host name with the patterns of a policy: whole labels, without regard to case,
 * U-labels as the A-labels they stand for.
 */
export function matchMx(patterns: readonly string[], host: string): MxMatch {
  const pattern = beginsWithLabel(host)
    ? patterns.find((candidate) => nameFits(candidate, host))
    : undefined;
  const notes = [
    ...(patterns.some((candidate) => candidate.endsWith('.')) ? ['pattern-final-dot'] : []),
    ...(host.includes('*') ? ['star-in-host'] : []),
  ];
  return pattern === undefined ? { matches: false, notes } : { matches: true, pattern, notes };
}
