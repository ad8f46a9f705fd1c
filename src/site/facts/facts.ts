/**
 * The facts for pages. A file that breaks its schema, or a reference that dangles, ends the build
 * with every problem named.
 */
import { readFacts, sayProblem, type Facts } from './read.ts';
import { danglingReferences } from './references.ts';

let kept: Facts | undefined;

/** Reads and checks `content/` once per build; in development at every page, to follow edits. */
export function factsOfBuild(): Facts {
  if (kept && import.meta.env.PROD) return kept;
  const { facts, problems } = readFacts('content');
  const all = [...problems, ...danglingReferences(facts)];
  if (all.length > 0)
    throw new Error(['The facts in content/ do not hold:', ...all.map(sayProblem)].join('\n'));
  kept = facts;
  return facts;
}
