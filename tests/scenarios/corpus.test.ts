/** The corpus as others read it: nothing but the published JSON is used here. */
import { describe, expect, it } from 'vitest';
import { corpusJsonSchema, corpusOf } from '../../src/site/scenarios/corpus.ts';
import type { Corpus } from '../../src/site/schemas/corpus.ts';
import { simulate } from '../../src/world/simulated/simulate.ts';
import { faultsOf } from '../json-schema.ts';
import { scenarios } from './every.ts';

const published = JSON.parse(
  JSON.stringify(corpusOf(scenarios, { site: 'https://example.org/', release: '1.2.3' })),
) as Corpus;
const schema = corpusJsonSchema();

describe('the published corpus', () => {
  it('holds at least 120 scenarios, versioned and licensed', () => {
    expect(published.scenarios.length).toBeGreaterThanOrEqual(120);
    expect(published).toMatchObject({
      count: published.scenarios.length,
      version: '1.2.3',
      licence: 'CC-BY-4.0',
    });
  });

  it('fits its JSON Schema', () => {
    expect(faultsOf(schema, published)).toEqual([]);
  });

  it.each([
    ['an unknown field', (corpus: Corpus) => ({ ...corpus, more: 1 })],
    ['another format', (corpus: Corpus) => ({ ...corpus, format: 2 })],
    ['no scenarios', (corpus: Corpus) => ({ ...corpus, scenarios: [] })],
    [
      'a verdict of its own',
      (corpus: Corpus) => ({
        ...corpus,
        scenarios: [{ ...corpus.scenarios[0], expected: { verdict: 'lost', belief: 'proven' } }],
      }),
    ],
    [
      'a world without zones',
      (corpus: Corpus) => ({
        ...corpus,
        scenarios: [{ ...corpus.scenarios[0], world: { format: 1 } }],
      }),
    ],
  ])('does not fit its schema with %s', (_, break_) => {
    expect(faultsOf(schema, break_(published))).not.toEqual([]);
  });

  it.each(published.scenarios.map((each) => [each.id, each] as const))(
    '%s, run again from the JSON alone, gives its verdict by its rules',
    (_, { world, expected, rule, rules }) => {
      const run = simulate(world);
      expect(run.outcome).toEqual(expected);
      const passed = run.trace.events.flatMap((event) =>
        event.kind === 'step' ? [event.rule] : [],
      );
      expect(passed).toEqual(rules);
      expect(rule.citations.length).toBeGreaterThan(0);
    },
  );

  it('covers every protection, every sender, every end and every belief', () => {
    const has = (of: (each: Corpus['scenarios'][number]) => string) =>
      new Set(published.scenarios.map(of));
    expect(has(({ world }) => world.sender.protection).size).toBe(8);
    expect(has(({ world }) => world.sender.profile).size).toBe(5);
    expect(has(({ expected }) => expected.verdict).size).toBe(6);
    expect(has(({ expected }) => expected.belief).size).toBe(4);
  });
});
