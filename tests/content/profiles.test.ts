import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCase } from '../../conformance/oracle/case.ts';
import { scenarioOf } from '../../conformance/oracle/scenario.ts';
import { departuresTaken, departures, type DepartureId } from '../../src/core/sender/departures.ts';
import { deliver } from '../../src/core/sender/deliver.ts';
import { verdictOf } from '../../src/core/sender/outcome.ts';
import { profiles } from '../../src/core/sender/profiles.table.ts';
import { emptyMemory, type ProfileId } from '../../src/core/sender/sender.ts';
import { defaultKnobs, parseKnobs } from '../../src/world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../src/world/simulated/scenario-of-knobs.ts';
import type { Scenario } from '../../src/world/simulated/scenario.ts';
import { run } from '../../src/world/run.ts';
import { envelopeOf, senderOf, simulate } from '../../src/world/simulated/simulate.ts';
import { SimulatedWorld } from '../../src/world/simulated/simulated.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const words = (lang: string) =>
  JSON.parse(read(`content/messages/profiles.${lang}.json`)) as Record<string, string>;

interface InBothLanguages {
  readonly nl: string;
  readonly en: string;
}

interface Described {
  readonly id: DepartureId;
  readonly kind: string;
  readonly rule: string;
  readonly source: string;
  readonly section: string;
  readonly strict: string;
  readonly observed: string;
  /** What a strict sender must do too before this difference shows. */
  readonly given?: readonly DepartureId[];
  readonly example: { readonly case?: string; readonly knobs?: Record<string, string> } | null;
}

interface Profile {
  readonly id: ProfileId;
  readonly title: InBothLanguages;
  readonly software: readonly { readonly name: string; readonly version: string }[];
  readonly observed: string | null;
  readonly setup: InBothLanguages;
  readonly includes: readonly ProfileId[];
  readonly departures: readonly Described[];
}

const files = globSync('content/profiles/*.yaml', { cwd: project });
const described = new Map(
  files.map((file) => {
    const profile = parse(read(file)) as Profile;
    return [profile.id, profile] as const;
  }),
);

const allOf = ({ includes, departures: own }: Profile): readonly Described[] => [
  ...includes.flatMap((id) => allOf(described.get(id)!)),
  ...own,
];

const cases = JSON.parse(read('tests/oracle/cases.json')) as readonly { readonly id: string }[];

/** The situation in which a departure shows itself. */
function exampleOf({ example }: Described): Scenario {
  if (example?.knobs !== undefined) {
    const { knobs, problems } = parseKnobs(Object.entries(example.knobs));
    expect(problems).toEqual([]);
    return scenarioOfKnobs({ ...defaultKnobs, ...knobs });
  }
  const found = readCase(cases.find(({ id }) => id === example?.case));
  if (!found.ok) throw new Error(`no case ${example?.case}`);
  const scenario = scenarioOf(found.value);
  if (!scenario.ok) throw new Error(scenario.notModelled.join());
  return scenario.value;
}

const verdictWith = (scenario: Scenario, profile: ProfileId) =>
  simulate({ ...scenario, sender: { ...scenario.sender, profile } });

/** What a sender does that is strict but for some departures; at first contact. */
function verdictGiven(scenario: Scenario, given: readonly DepartureId[]): string {
  expect(scenario.past).toBeUndefined();
  const world = new SimulatedWorld(scenario);
  const sender = { ...senderOf(scenario.sender), departures: new Set(given) };
  const { result } = run(deliver(sender, envelopeOf(scenario), emptyMemory), world);
  return verdictOf(result.action, world.truth);
}

describe('the described senders', () => {
  it('are those that the core knows, one file each', () => {
    expect([...described.keys()].sort()).toEqual(Object.keys(profiles).sort());
    for (const file of files) expect(described.has((parse(read(file)) as Profile).id)).toBe(true);
  });

  it.each([...described.values()])(
    '$id take the departures that the core gives them',
    (profile) => {
      expect(
        allOf(profile)
          .map(({ id }) => id)
          .sort(),
      ).toEqual([...profiles[profile.id]].sort());
    },
  );

  it.each([...described.values()])('$id say with what and how they were seen', (profile) => {
    for (const text of [profile.title, profile.setup])
      for (const lang of ['nl', 'en'] as const) expect(text[lang]).toMatch(/\S{3}/);
    expect(profile.software.length > 0).toBe(profile.observed !== null);
    for (const { name, version } of profile.software) {
      expect(name).toBeTruthy();
      expect(version).toMatch(/^\d+\.\d+/);
    }
  });

  it('together describe every departure once', () => {
    const ids = [...described.values()].flatMap(({ departures: own }) => own.map(({ id }) => id));
    expect(ids.sort()).toEqual(Object.keys(departures).sort());
  });
});

const own = [...described.values()].flatMap((profile) =>
  profile.departures.map((each) => ({ ...each, profile: profile.id })),
);

describe('each departure', () => {
  const [nl, en] = [words('nl'), words('en')];

  it.each(own)('$id cites the rule and the section that the core cites', (each) => {
    const { rule, citation, kind } = departures[each.id];
    expect([each.rule, each.source, each.section, each.kind]).toEqual([
      rule,
      citation.source,
      citation.section,
      kind,
    ]);
  });

  it.each(own)('$id has a sentence in both languages', ({ id }) => {
    for (const text of [nl, en]) expect(text[`departure.${id}`]).toMatch(/\.$/);
  });

  it.each(own.filter(({ example }) => example !== null))(
    '$id: a strict sender $strict, this one $observed',
    (each) => {
      const scenario = exampleOf(each);
      const mine = verdictWith(scenario, each.profile);
      expect(mine.outcome.verdict).toBe(each.observed);
      expect(departuresTaken(mine.trace.events)).toContain(each.id);
      if (each.given === undefined)
        expect(verdictWith(scenario, 'strict').outcome.verdict).toBe(each.strict);
      else expect(verdictGiven(scenario, each.given)).toBe(each.strict);
    },
  );

  it('has an example, but for one that changes no outcome', () => {
    const without = own.filter(({ example }) => example === null);
    for (const { strict, observed } of without) expect(strict).toBe(observed);
    expect(without.length).toBeLessThan(2);
  });
});
