/**
 * Names that every object has without having got them (`__proto__`, `constructor`, `toString`, …), in every
 * place of a text where a stranger can write one: no reader throws, none takes them for something it
 * knows, and what is made of the text afterwards does not stumble either.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readArguments } from '../../src/command-line/arguments.ts';
import { readFields } from '../../src/core/mta-sts/policy-fields.ts';
import { PolicyLines } from '../../src/core/mta-sts/policy-lines.ts';
import { parseRecording } from '../../src/core/check/recording.ts';
import { parseSts2016Record } from '../../src/core/sts-2016/record.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { parseScenario } from '../../src/world/simulated/scenario-file.ts';
import { simulate } from '../../src/world/simulated/simulate.ts';
import { nodeParsers } from './node-parsers.ts';
import { inherited, parsers, type Parser } from './parsers.ts';

const { scenarios } = readScenarios('content');
const recorded = JSON.parse(
  readFileSync(new URL('../world/recordings/only-sts.test.json', import.meta.url), 'utf8'),
) as unknown;

const own = () => Object.getOwnPropertyNames(Object.prototype).sort().join();
const atFirst = own();

type Json = unknown;
const isParent = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null;

/**
 * The JSON with one place changed, for every place: its key is the name, its value is the name, or a field
 * of the name stands beside it. As text: `__proto__` is then a key as JSON has it. Of places that are `seen` already
 * (the same path, whichever entry of a list, the same fields beside it, the same value) one is enough.
 */
function* changed(json: Json, name: string, seen = new Set<string>()): Generator<string> {
  const key = JSON.stringify(name);
  const [asKey, asField] = ['"@key@"', '"@field@"'];
  const places: (readonly [parent: Record<string, Json>, field: string])[] = [];
  const copy = structuredClone(json);
  const collect = (value: Json, path: string): void => {
    if (!isParent(value)) return;
    const fields = Object.keys(value);
    for (const field of fields) {
      const here = Array.isArray(value) ? `${path}[]` : `${path}{${fields.join()}}.${field}`;
      const place = here + JSON.stringify(value[field]);
      if (!seen.has(place)) places.push([value, field]);
      seen.add(place);
      collect(value[field], here);
    }
  };
  collect(copy, '');
  for (const [parent, field] of places) {
    const kept = parent[field];
    for (const value of [name, [name], { '@key@': name }, { '@key@': { '@key@': null } }]) {
      parent[field] = value;
      yield JSON.stringify(copy).replaceAll(asKey, key);
    }
    parent[field] = kept;
    if (Array.isArray(parent)) continue;
    delete parent[field];
    parent['@key@'] = kept;
    yield JSON.stringify(copy).replaceAll(asKey, key);
    delete parent['@key@'];
    parent[field] = kept;
    for (const value of [kept, null, 1, 'x', {}, []]) {
      parent['@field@'] = value;
      yield JSON.stringify(copy).replaceAll(asField, key);
    }
    delete parent['@field@'];
  }
}

/** A text with the name in place of each of its words, and behind each sign. */
function* rewritten(text: string, name: string): Generator<string> {
  for (const { 0: word, index } of text.matchAll(/[\w-]+|[^\w\s]/g)) {
    yield text.slice(0, index) + name + text.slice(index + word.length);
    yield text.slice(0, index + word.length) + name + text.slice(index + word.length);
  }
}

function* textsFor({ good, frames }: Parser, name: string): Generator<string> {
  yield name;
  for (const [before, after] of frames) yield before + name + after;
  yield* rewritten(good, name);
  if (good.startsWith('{')) yield* changed(JSON.parse(good), name);
}

test.each([...parsers, ...nodeParsers].map((parser) => [parser.name, parser] as const))(
  '%s reads no property that nobody gave',
  (_, parser) => {
    let count = 0;
    for (const name of inherited)
      for (const text of textsFor(parser, name)) {
        count += 1;
        expect(() => parser.read(text), text.slice(0, 500)).not.toThrow();
      }
    expect(count).toBeGreaterThan(inherited.length);
    expect(own()).toBe(atFirst);
  },
);

test('a scenario that is let through is played to its end, whatever names stand in it', () => {
  // Few, but with every kind of part: a past, attackers, forged records, switches.
  const chosen = ['past', 'stub', 'https', 'tlsa-of-attacker', 'draft2016', 'serverKeys'].map(
    (part) => scenarios.find(({ scenario }) => JSON.stringify(scenario).includes(`"${part}"`)),
  );
  let [refused, played] = [0, 0];
  for (const name of inherited) {
    const seen = new Set<string>();
    for (const found of new Set(chosen)) {
      if (!found) continue;
      for (const text of changed(found.scenario, name, seen)) {
        const read = parseScenario(text);
        if (!read.ok) {
          refused += 1;
          continue;
        }
        played += 1;
        expect(() => simulate(read.value), text.slice(0, 3000)).not.toThrow();
      }
    }
  }
  expect(refused).toBeGreaterThan(1000);
  expect(played).toBeGreaterThan(0);
  expect(own()).toBe(atFirst);
});

test('what the present names must stand in the present, even where the past has it', () => {
  const found = scenarios.find(({ scenario }) => scenario.past?.certificates !== undefined);
  const scenario = structuredClone(found?.scenario ?? scenarios[0]?.scenario) as unknown as {
    servers: { certificate?: string }[];
    past: object;
  };
  for (const id of ['only-then', ...inherited]) {
    const [server] = scenario.servers;
    if (server) server.certificate = id;
    const certificates = JSON.parse(
      `{${JSON.stringify(id)}:{"issuer":"self","names":[]}}`,
    ) as object;
    const text = JSON.stringify({ ...scenario, past: { deliveries: [], certificates } });
    const read = parseScenario(text);
    expect(read.ok, id).toBe(false);
    if (read.ok) continue;
    expect(read.problems).toContainEqual(
      expect.objectContaining({ code: 'no-such-certificate', found: 'servers[0].certificate' }),
    );
  }
});

test('a server that takes STARTTLS and has no certificate ends no simulation', () => {
  for (const { scenario } of scenarios) {
    const servers = scenario.servers.map(({ certificate: _, ...each }) => each);
    const read = parseScenario(JSON.stringify({ ...scenario, servers }));
    if (read.ok) expect(() => simulate(read.value)).not.toThrow();
  }
});

test('a recording with such names is refused, or read without them', () => {
  for (const name of inherited)
    for (const text of changed(recorded, name))
      expect(() => parseRecording(text), text.slice(0, 500)).not.toThrow();
});

test.each(inherited)('"%s" is no key of a policy, no field of the draft and no option', (name) => {
  const lines = new PolicyLines(`version: STSv1\nmode: none\nmax_age: 1\n${name}: x\n`);
  const { problems, warnings } = readFields(lines);
  if (/^[A-Za-z0-9]/.test(name)) {
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'unknown-key', found: name }));
  } else expect(problems).toContainEqual(expect.objectContaining({ situation: 'bad-key' }));
  const draft = parseSts2016Record([[`v=STS1; to=true; ${name}=x`]]);
  expect(draft.ok).toBe(false);
  if (!draft.ok && /^[A-Za-z]+$/.test(name))
    expect(draft.problems[0]?.situation).toBe('unknown-field');
  for (const word of [`--${name}`, `--${name}=x`])
    expect(readArguments(['check', 'a.nl', word], 'en')).toMatchObject({
      kind: 'wrong',
      key: 'cli.wrong.option',
    });
});
