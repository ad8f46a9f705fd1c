/** The facts for pages. */
import { keptForBuild, mustHold } from '../content.ts';
import { readFacts, type Facts } from './read.ts';
import { danglingReferences } from './references.ts';

/** What breaks its schema, or points at nothing, ends the build with all of it named. */
export const factsOfBuild = keptForBuild((): Facts => {
  const { facts, problems } = readFacts('content');
  mustHold([...problems, ...danglingReferences(facts)]);
  return facts;
});
