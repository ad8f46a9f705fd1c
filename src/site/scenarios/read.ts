/**
 * Reads `content/scenarios/`: for pages at build, for tests and for commands alike. One file is one
 * situation; a file that does not fit is a problem with file, line and reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import { changeScenario } from '../../world/simulated/scenario-change.ts';
import { scenarioOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import type { Scenario } from '../../world/simulated/scenario.ts';
import { idsIn, parseContent, type Problem } from '../content.ts';
import { scenarioGroups, scenarioSchema, type ScenarioFile } from '../schemas/scenario.ts';

export interface NamedScenario extends Omit<ScenarioFile, 'knobs' | 'world'> {
  /** The name of its file. */
  readonly id: string;
  /** All settings, defaults included. */
  readonly knobs: Knobs;
  /** Do the settings alone say it all, so that the simulator can open it? */
  readonly isKnobs: boolean;
  readonly scenario: Scenario;
}

/** In the order of the menu: by group, then by place, then by name. */
export function readScenarios(folder: string): {
  readonly scenarios: readonly NamedScenario[];
  readonly problems: readonly Problem[];
} {
  const scenarios: NamedScenario[] = [];
  const problems: Problem[] = [];
  for (const id of idsIn(folder, 'scenarios')) {
    const file = `scenarios/${id}.yaml`;
    const read = readScenario(`content/${file}`, readFileSync(join(folder, file), 'utf8'));
    if ('problems' in read) problems.push(...read.problems);
    else scenarios.push({ id, ...read.scenario });
  }
  return { scenarios: scenarios.toSorted(inOrder), problems };
}

const placeOf = ({ menu }: NamedScenario): number => (menu === false ? 2_000 : (menu ?? 1_000));
const inOrder = (one: NamedScenario, other: NamedScenario): number =>
  scenarioGroups.indexOf(one.group) - scenarioGroups.indexOf(other.group) ||
  placeOf(one) - placeOf(other) ||
  one.id.localeCompare(other.id);

export function readScenario(
  file: string,
  text: string,
): { readonly scenario: Omit<NamedScenario, 'id'> } | { readonly problems: readonly Problem[] } {
  const read = parseContent(file, text, scenarioSchema);
  if (!read.ok) return read;
  const { knobs: set, world, ...rest } = read.value;
  const knobs: Knobs = { ...defaultKnobs, ...set };
  const base = scenarioOfKnobs(knobs);
  return {
    scenario: {
      ...rest,
      knobs,
      isKnobs: world === undefined,
      scenario: world === undefined ? base : changeScenario(base, world),
    },
  };
}
