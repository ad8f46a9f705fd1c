import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'astro/zod';
import { corpusEntryOf } from '../../../src/site/scenarios/corpus.ts';
import { readScenarios } from '../../../src/site/scenarios/read.ts';
import { parseScenario } from '../../../src/world/simulated/scenario-file.ts';
import { scenarioSchema } from '../../../src/world/simulated/scenario.ts';
import { simulate } from '../../../src/world/simulated/simulate.ts';
import { faultsOf } from '../../json-schema.ts';

const worldSchema = z.toJSONSchema(scenarioSchema);

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
  const zone = { name: 'a.nl', signed: true, records: [] };
  const recordOf = (record: object) => ({
    zones: [{ ...zone, records: [{ name: 'a.nl', ...record }] }],
  });
  const record0 = 'zones[0].records[0]';
  const forged = (action: unknown) => ({
    attacker: { dns: [{ name: 'a.nl', type: 'A', action }] },
  });
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
    [recordOf({ type: 'SPF' }), 'not-one-of', `${record0}.type (A, AAAA, MX, CNAME, TXT, TLSA)`],
    [recordOf({ type: 'toString' }), 'not-one-of', undefined],
    [recordOf({ type: 'A', address: '999.1.1.1' }), 'not-an-address', `${record0}.address`],
    [recordOf({ type: 'A' }), 'missing', `${record0}.address`],
    [
      recordOf({ type: 'MX', preference: 65_536 }),
      'not-a-number',
      `${record0}.preference (≤ 65535)`,
    ],
    [recordOf({ type: 'MX', preference: -1 }), 'not-a-number', `${record0}.preference (≥ 0)`],
    [recordOf({ type: 'TLSA', of: 'none' }), 'not-one-of', `${record0}.of (no-certificate)`],
    [recordOf({ type: 'TLSA', of: { hex: 'abc' } }), 'not-text', `${record0}.of.hex`],
    [
      recordOf({ type: 'TLSA', of: { certificate: 'nobody', part: 'leaf' } }),
      'no-such-certificate',
      `${record0}.of.certificate`,
    ],
    [{ domain: `${'a'.repeat(64)}.nl` }, 'not-a-name', 'domain'],
    [{ domain: 'a.'.repeat(127) + 'nl' }, 'not-a-name', 'domain'],
    [{ zones: [{ ...zone, failing: ['FOO'] }] }, 'not-one-of', undefined],
    [{ past: { deliveries: [] } }, 'missing', 'past.deliveries[0]'],
    [forged('magic'), 'not-one-of', undefined],
    [forged({}), 'missing', 'attacker.dns[0].action.answer'],
    [forged({ answer: [{ text: 1 }] }), 'not-text', 'attacker.dns[0].action.answer[0].text'],
    [
      forged({ answer: [{ target: 'a.nl', ttl: 1 }] }),
      'unknown-field',
      'attacker.dns[0].action.answer[0].ttl',
    ],
    [{ attacker: { https: { certificate: 'self' } } }, 'missing', 'attacker.https.body'],
  ])('%j', (given, code, path) => {
    const text = typeof given === 'string' ? given : JSON.stringify({ ...whole, ...given });
    const read = parseScenario(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problems.map((problem) => problem.code)).toContain(code);
    if (path !== undefined) expect(read.problems.map(({ found }) => found)).toContain(path);
  });

  test('a list of more than a thousand is too long', () => {
    for (const count of [1000, 1001]) {
      const zones = Array.from({ length: count }, () => zone);
      const read = parseScenario(JSON.stringify({ ...whole, zones }));
      const told = read.ok ? [] : read.problems.map(({ code, found }) => `${code} ${found}`);
      expect(told).toEqual(count > 1000 ? ['too-many zones'] : []);
    }
  });

  test('faults of form and certificates that are not there are told together', () => {
    const given = {
      attacker: { serverKeys: ['nobody'] },
      ...recordOf({ type: 'TLSA', usage: 1.5, selector: 300 }),
    };
    const read = parseScenario(JSON.stringify({ ...whole, ...given }));
    const told = read.ok ? [] : read.problems.map(({ found }) => found);
    expect(told).toEqual(
      expect.arrayContaining([
        `${record0}.usage`,
        `${record0}.selector (≤ 255)`,
        `${record0}.matchingType`,
        'attacker.serverKeys[0]',
      ]),
    );
  });

  test('whatever JSON it is: refused with a path, or played to its end', () => {
    const part = fc.constantFrom(...Object.keys(whole));
    fc.assert(
      fc.property(part, fc.jsonValue(), (field, value) => {
        const read = parseScenario(JSON.stringify({ ...whole, [field]: value }));
        if (read.ok) expect(simulate(read.value).outcome.verdict).toBeTruthy();
        else expect(read.problems.length).toBeGreaterThan(0);
        // What the command accepts is what the published JSON Schema promises; that cannot look up certificates.
        const isOfForm =
          read.ok || read.problems.every((problem) => problem.code === 'no-such-certificate');
        expect(faultsOf(worldSchema, { ...whole, [field]: value }).length === 0).toBe(isOfForm);
      }),
    );
  });
});
