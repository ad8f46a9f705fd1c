import { describe, expect, it } from 'vitest';
import { rules } from '../../src/core/rules.ts';
import { sayProblem } from '../../src/site/content.ts';
import { readFacts } from '../../src/site/facts/read.ts';
import { danglingReferences } from '../../src/site/facts/references.ts';
import { countWords } from '../../src/site/schemas/text.ts';
import { contentFolder, facts, problems } from './facts.ts';

describe('content/', () => {
  it('holds no file that breaks its schema', () => {
    expect(problems.map(sayProblem)).toEqual([]);
  });

  it('holds no dangling source, section, scenario or claim id', () => {
    expect(danglingReferences(facts).map(sayProblem)).toEqual([]);
  });

  it('says file, path and reason of what is wrong', () => {
    const claim = facts.claims[0];
    if (!claim) throw new Error('no claims');
    const broken = {
      ...facts,
      claims: [{ ...claim, run: 'no-such-run', sources: [{ source: 'rfc9999', section: '1' }] }],
      comparison: undefined,
      criteria: undefined,
    };
    expect(danglingReferences(broken).map(sayProblem)).toEqual([
      `content/claims/${claim.id}.yaml: sources.0.source: no source "rfc9999"`,
      `content/claims/${claim.id}.yaml: run: no scenario, parse or computation "no-such-run"`,
    ]);
  });

  it('reads nothing from a folder that is not there, without throwing', () => {
    const { facts: none } = readFacts(`${contentFolder}no-such-folder/`);
    expect(none.claims).toEqual([]);
  });
});

describe('content/sources', () => {
  it('has the section of every citation of the core', () => {
    const missing = Object.entries(rules).flatMap(([rule, citations]) =>
      citations
        // Choices of this site are decision records; the house test holds those.
        .filter(({ source }) => source !== 'site')
        .filter(({ source, section }) => !(section in (facts.sources.get(source)?.sections ?? {})))
        .map(({ source, section }) => `${rule}: ${source} §${section}`),
    );
    expect(missing).toEqual([]);
  });

  it.each([...facts.sources.values()].map((source) => [source.id, source] as const))(
    '%s says where it is, what we read and how sure we are',
    (_, source) => {
      expect(source.address).not.toBe('');
      expect(source.title.trim()).toBe(source.title);
      if (source.confidence === 'own') expect(source.id).toBe('site');
      for (const { clause } of Object.values(source.sections))
        if (clause !== undefined) expect(countWords(clause)).toBeLessThanOrEqual(15);
    },
  );

  it('never shows the disputed study of 2020 without its rebuttal', () => {
    const uses = [
      ...facts.claims.map((claim) => [...claim.sources, ...claim.later.sources]),
      ...facts.timeline.map((event) => event.sources),
    ].map((given) => given.map(({ source }) => source));
    const disputed = uses.filter((used) => used.includes('dane-study-2020'));
    expect(disputed.length).toBeGreaterThan(0);
    for (const used of disputed) expect(used).toContain('dane-study-rebuttal-2020');
  });
});
