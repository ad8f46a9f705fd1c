/** The quoted clauses of the sections that rules cite, for widgets that show steps. */
import { rules } from '../../core/rules.ts';
import type { Facts } from './read.ts';

/**
 * "source section" → its clause, for every section cited by a rule whose id begins with one of
 * `rooms`. A section without a quoted clause is left out: the link beside it still leads there.
 */
export function clausesOf(
  { sources }: Pick<Facts, 'sources'>,
  rooms: readonly string[],
): Readonly<Record<string, string>> {
  const clauses: Record<string, string> = {};
  for (const [rule, citations] of Object.entries(rules)) {
    if (!rooms.some((room) => rule.startsWith(`${room}.`))) continue;
    for (const { source, section } of citations) {
      const clause = sources.get(source)?.sections[section]?.clause;
      if (clause !== undefined) clauses[`${source} ${section}`] = clause;
    }
  }
  return clauses;
}
