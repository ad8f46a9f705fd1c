/** The facts for pages. */
import { keptForBuild, mustHold } from '../content.ts';
import { readFacts, type WholeFacts } from './read.ts';
import { danglingReferences } from './references.ts';

/** What breaks its schema, or points at nothing, ends the build with all of it named. */
export const factsOfBuild = keptForBuild((): WholeFacts => {
  const { facts, problems } = readFacts('content');
  mustHold([...problems, ...danglingReferences(facts)]);
  const { clauses, comparison, criteria } = facts;
  if (!clauses || !comparison || !criteria)
    throw new Error('content/: clauses.yaml, comparison.yaml or criteria.yaml is missing');
  return { ...facts, clauses, comparison, criteria };
});
