import { describe, expect, it } from 'vitest';
import { runs } from '../../src/site/facts/runs.ts';
import { countWords } from '../../src/site/schemas/text.ts';
import { runOf, scenarios } from '../scenarios/every.ts';
import { facts } from './facts.ts';

const { claims, sources } = facts;

describe('the ledger', () => {
  it('holds the 71 claims, in order', () => {
    expect(claims.map(({ id }) => id)).toEqual(
      Array.from({ length: 71 }, (_, index) => `C${String(index + 1).padStart(2, '0')}`),
    );
  });

  it('counts 23 supported, 28 with nuance, 5 not supported, 3 contradicted, 12 opinion', () => {
    const count = (verdict: string) => claims.filter((claim) => claim.verdict === verdict).length;
    expect(['S', 'SN', 'NS', 'CON', 'OP'].map(count)).toEqual([23, 28, 5, 3, 12]);
  });

  it('says "in part" only of what contradicts a source, and then for which part', () => {
    const inPart = claims.filter((claim) => claim.inPart);
    expect(inPart.map(({ id }) => id)).toContain('C28');
    for (const { id, verdict, then } of inPart) {
      expect(verdict, id).toBe('CON');
      expect(then.nl, id).toMatch(/klopt dit\. .*klopt het niet\./);
      expect(then.en, id).toMatch(/is right .*not right/);
    }
  });

  it('tells a claim with another only where that one names it and stands for itself', () => {
    const folded = claims.filter(({ toldWith }) => toldWith !== undefined);
    expect(folded.length).toBeGreaterThan(0);
    for (const { id, toldWith, verdict } of folded) {
      const host = claims.find((claim) => claim.id === toldWith);
      expect(host?.toldWith, id).toBeUndefined();
      // One note has one verdict.
      expect(host?.verdict, id).toBe(verdict);
      expect(host?.then.nl, id).toContain(id);
      expect(host?.then.en, id).toContain(id);
    }
  });

  it('has at least 30 claims with a run, and a reason for every other', () => {
    expect(claims.filter(({ run }) => run !== null).length).toBeGreaterThanOrEqual(30);
    for (const claim of claims)
      expect((claim.run === null) === (claim.notRunnableBecause !== undefined), claim.id).toBe(
        true,
      );
  });

  it('covers every row of the memo table and every conclusion that it checks', () => {
    const places = new Set(claims.flatMap(({ places }) => places));
    for (const part of Array.from({ length: 11 }, (_, index) => `p${index + 1}`).filter(
      // p6 is the table: its rows are places of their own.
      (part) => part !== 'p6',
    ))
      expect([...places], part).toContain(part);
    for (const row of ['pro-1', 'pro-2', 'pro-3', 'pro-4', 'pro-5', 'pro-6', 'pro-7'])
      expect([...places]).toContain(row);
    for (const row of ['con-1', 'con-2', 'con-3', 'con-4', 'con-5', 'con-6', 'con-7'])
      expect([...places]).toContain(row);
  });

  it('marks as a forecast or norm only what no source can settle', () => {
    for (const claim of claims)
      if (claim.kind !== 'fact') expect(['OP', 'SN'], claim.id).toContain(claim.verdict);
  });
});

describe.each(claims.map((claim) => [claim.id, claim] as const))('%s', (_, claim) => {
  it('quotes at most 25 words of the memo and 15 of any other source, each with its place', () => {
    expect(countWords(claim.quotation.join(' '))).toBeLessThanOrEqual(25);
    for (const place of claim.places) expect(sources.get('memo')?.sections).toHaveProperty([place]);
    for (const given of claim.sources) {
      if (given.quote === undefined) continue;
      expect(countWords(given.quote)).toBeLessThanOrEqual(given.source === 'memo' ? 25 : 15);
      expect(given.checked?.sha256).toBe(sources.get(given.source)?.text?.sha256);
    }
    expect(claim.checked.sha256).toBe(sources.get('memo')?.text?.sha256);
  });

  it('speaks both languages', () => {
    for (const said of [claim.text, claim.then, claim.later]) {
      expect(said.nl).not.toBe('');
      expect(said.en).not.toBe('');
    }
  });
});

describe('the scenario of', () => {
  const byScenario = claims.flatMap((claim) => {
    const scenario = scenarios.find(({ id }) => id === claim.run);
    return scenario ? [[claim.id, scenario.id, claim, scenario] as const] : [];
  });

  it('at least ten claims is there', () => {
    expect(byScenario.length).toBeGreaterThanOrEqual(10);
  });

  it.each(byScenario)('%s (%s) ends as the claim says', (_, __, { shows }, scenario) => {
    const { nl: _nl, en: _en, ...outcome } = shows!;
    expect(runOf(scenario).outcome).toEqual(outcome);
  });
});

describe('the parse or computation of', () => {
  it.each(
    claims.flatMap((claim) =>
      claim.run !== null && claim.run in runs ? [[claim.id, claim.run, claim] as const] : [],
    ),
  )('%s (%s) comes out as the claim says', (_, run, claim) => {
    const result = runs[run]?.run();
    expect(result).toEqual({
      outcome: claim.shows && 'outcome' in claim.shows ? claim.shows.outcome : undefined,
      demonstrates: claim.verdict,
    });
  });

  it.each(
    (facts.comparison?.defects ?? []).flatMap((defect) =>
      defect.run === null ? [] : [[defect.id, defect.run, defect] as const],
    ),
  )('defect %s (%s) comes out as the comparison says', (_, run, defect) => {
    expect(runs[run]?.run().outcome).toBe(defect.shows?.outcome);
  });

  it('no run is left without a claim or defect that uses it', () => {
    const used = new Set<string | null>([
      ...claims.map(({ run }) => run),
      ...(facts.comparison?.defects.map(({ run }) => run) ?? []),
    ]);
    if (facts.comparison) expect(Object.keys(runs).filter((run) => !used.has(run))).toEqual([]);
  });
});
