/**
 * Reads `content/scenarios/`: for pages at build, for tests and for commands alike. One file is one
 * situation; a file that does not fit is a problem with file, line and reason.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseDocument, isNode, type Document } from 'yaml';
import { defaultKnobs, type Knobs } from '../../world/knobs.ts';
import { changeScenario } from '../../world/scenario-change.ts';
import { scenarioOfKnobs } from '../../world/scenario-of-knobs.ts';
import type { Scenario } from '../../world/scenario.ts';
import { sayMisfit } from '../facts/misfit.ts';
import type { Problem } from '../facts/read.ts';
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
  const room = join(folder, 'scenarios');
  const names = existsSync(room) ? readdirSync(room).filter((name) => name.endsWith('.yaml')) : [];
  const scenarios: NamedScenario[] = [];
  const problems: Problem[] = [];
  for (const name of names.sort()) {
    const text = readFileSync(join(room, name), 'utf8');
    const read = readScenario(`content/scenarios/${name}`, text);
    if ('problems' in read) problems.push(...read.problems);
    else scenarios.push({ id: name.replace(/\.yaml$/, ''), ...read.scenario });
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken !== undefined)
    return { problems: [{ file: at(broken.pos[0]), path: '', reason: broken.message }] };
  const read = scenarioSchema.safeParse(document.toJS(), { error: sayMisfit });
  if (!read.success)
    return {
      problems: read.error.issues.map(({ path, message }) => ({
        file: at(offsetOf(document, path)),
        path: path.map(String).join('.'),
        reason: message,
      })),
    };
  const { knobs: set, world, ...rest } = read.data;
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

/** Where the nearest part of the path stands that is there at all. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
