/**
 * Whether an MX host name is one that the policy lists. RFC 8461 §4.1 (by RFC 6125 §6.4).
 * Only the name: STARTTLS and the certificate are the other half of validity.
 */
import { foldDomain } from '../grammar/idn.ts';

export interface MxMatch {
  readonly matches: boolean;
  /** The first pattern that fits. */
  readonly pattern?: string;
  /** What readers of the standard judge differently: `pattern-final-dot`, `star-in-host`. */
  readonly notes: readonly string[];
}

/** One dot at the end is how DNS writes a complete name; it is no part of the comparison. */
const fold = (name: string): string => foldDomain(name.endsWith('.') ? name.slice(0, -1) : name);

const isLabel = (text: string): boolean => text !== '' && !/[\s.\p{Cc}]/u.test(text);

function fits(pattern: string, host: string): boolean {
  if (pattern.startsWith('*.')) {
    const base = pattern.slice(2);
    const dot = host.indexOf('.');
    // "*" stands for exactly one whole label, never for none and never for two.
    if (dot < 0 || base === '' || base.includes('*')) return false;
    return isLabel(host.slice(0, dot)) && host.slice(dot + 1) === base;
  }
  return pattern !== '' && !pattern.startsWith('.') && !pattern.includes('*') && pattern === host;
}

/**
 * Compares a host name with the patterns of a policy: whole labels, without regard to case,
 * U-labels as the A-labels they stand for.
 */
export function matchMx(patterns: readonly string[], host: string): MxMatch {
  const name = fold(host);
  const pattern = patterns.find((candidate) => fits(fold(candidate), name));
  const notes = [
    ...(patterns.some((candidate) => candidate.endsWith('.')) ? ['pattern-final-dot'] : []),
    ...(host.includes('*') ? ['star-in-host'] : []),
  ];
  return pattern === undefined ? { matches: false, notes } : { matches: true, pattern, notes };
}
