import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corpusEntryOf } from '../../src/site/scenarios/corpus.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { parseScenario } from '../../src/world/scenario-file.ts';
import { simulate } from '../../src/world/simulate.ts';

const { scenarios } = readScenarios('content');
const [first] = scenarios;

test('every scenario of ours passes as a file of somebody else, unchanged', () => {
  expect(scenarios.length).toBeGreaterThan(50);
  for (const { id, scenario } of scenarios) {
    const read = parseScenario(JSON.stringify(scenario));
    expect(read, id).toMatchObject({ ok: true });
    if (read.ok) expect(read.value).toEqual(JSON.parse(JSON.stringify(scenario)));
  }
});

test('an entry of the published corpus is read as the world in it', () => {
  const named = scenarios[0];
  if (!named) throw new Error('there are no scenarios');
  const entry = corpusEntryOf(named, { site: undefined, release: '0' });
  const read = parseScenario(JSON.stringify(entry));
  expect(read).toMatchObject({ ok: true });
  if (read.ok) expect(simulate(read.value).outcome).toEqual(entry.expected);
});

describe('what does not fit is told with its path', () => {
  const whole = JSON.parse(JSON.stringify(first?.scenario)) as Record<string, unknown>;
  test.each([
    ['', 'not-json', undefined],
    ['[]', 'not-an-object', '(root)'],
    ['null', 'not-an-object', '(root)'],
    [{ format: 2 }, 'not-one-of', 'format (1)'],
    [{ domain: 'Example.NL' }, 'not-a-name', 'domain'],
    [{ domain: 'a..nl' }, 'not-a-name', 'domain'],
    [{ clockSeconds: '1' }, 'not-a-number', 'clockSeconds'],
    [{ zones: {} }, 'not-a-list', 'zones'],
    [{ zones: [{ name: 'a.nl', records: [] }] }, 'missing', 'zones[0].signed'],
    [{ attacker: { smtp: 'magic' } }, 'not-one-of', undefined],
    [{ attacker: { serverKeys: ['nobody'] } }, 'no-such-certificate', 'attacker.serverKeys[0]'],
    [{ constructor: 1 }, 'unknown-field', 'constructor'],
    [
      { zones: [{ name: 'a.nl', signed: true, records: [{ type: 'SPF' }] }] },
      'not-one-of',
      undefined,
    ],
  ])('%j', (given, code, path) => {
    const text = typeof given === 'string' ? given : JSON.stringify({ ...whole, ...given });
    const read = parseScenario(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems.map((problem) => problem.code)).toContain(code);
    if (path !== undefined) expect(read.problems.map(({ found }) => found)).toContain(path);
  });

  test('whatever JSON it is: refused with a path, or played to its end', () => {
    const part = fc.constantFrom(...Object.keys(whole));
    fc.assert(
      fc.property(part, fc.jsonValue(), (field, value) => {
        const read = parseScenario(JSON.stringify({ ...whole, [field]: value }));
        if (read.ok) expect(simulate(read.value).outcome.verdict).toBeTruthy();
        else expect(read.problems.length).toBeGreaterThan(0);
      }),
    );
  });
});
