import { describe, expect, it } from 'vitest';
import { fileOf, resultsOf } from '../../commands/laws/results.ts';
import { readFileSync } from 'node:fs';
import { contentOfBuild } from '../../src/site/content.ts';
import { readFacts } from '../../src/site/facts/read.ts';
import { lawResultsSchema, lawsSchema } from '../../src/site/schemas/laws.ts';
import { toQuery } from '../../src/view/simulator/address.ts';
import { fromQuery } from '../../src/view/simulator/link.ts';
import type { Cell } from '../../src/world/laws/check.ts';
import { believedOf, endOf, lawIds } from '../../src/world/laws/law.ts';
import { mistakes } from '../../src/world/laws/plans.ts';
import { lettersOf, powers } from '../../src/world/laws/powers.ts';
import { knobsOf, scenarioOf } from '../../src/world/laws/replay.ts';
import { rowsWith } from '../../src/world/laws/rows.ts';
import { findingsOf, plainCells } from '../../src/world/laws/run.ts';
import { parseScenario } from '../../src/world/simulated/scenario-file.ts';
import { simulateKnobs } from '../../src/world/simulated/scenario-of-knobs.ts';
import { simulate, type ScenarioRun } from '../../src/world/simulated/simulate.ts';

const laws = contentOfBuild('laws.yaml', lawsSchema);
const results = contentOfBuild('laws/results.json', lawResultsSchema);
const rows = rowsWith(laws.lifetimeDays);
const found = rows.map((row) => findingsOf(row));
const weakest = found.flatMap(({ findings }) => findings).flatMap((finding) => finding.weakest);
const named = weakest.map(
  (cell) => [`${cell.law}, ${cell.row.id}, ${lettersOf(cell.budget)}`, cell] as const,
);

describe('the laws as data', () => {
  it('name each law, power and mistake of the code once', () => {
    expect(laws.laws.map(({ id }) => id).sort()).toEqual([...lawIds].sort());
    expect(laws.powers.map(({ id, letter }) => ({ id, letter }))).toEqual(powers);
    expect(laws.mistakes.map(({ id }) => id)).toEqual(mistakes.map(({ id }) => id));
  });

  it('have words for each act, and for no other', () => {
    const acts = rows.flatMap((row) => [...row.acts.values()].flat()).map(({ id }) => id);
    const told = new Set(acts.filter((id) => !id.endsWith('.nothing')));
    expect(Object.keys(laws.acts).sort()).toEqual([...told].sort());
  });

  it('point to claims that there are', () => {
    const { facts } = readFacts('content');
    const claims = laws.laws.flatMap((law) => law.claims);
    expect(claims.length).toBeGreaterThan(5);
    expect(claims.filter((id) => !facts.claims.some((claim) => claim.id === id))).toEqual([]);
  });
});

describe('the results on file', () => {
  it('are what a run finds: npm run laws -- --write', () => {
    const file = readFileSync('content/laws/results.json', 'utf8');
    expect(fileOf(resultsOf(found, laws.lifetimeDays))).toBe(file);
  });

  it('say of no attacker that less power would break more', () => {
    expect(found.every(({ reversals }) => reversals !== undefined)).toBe(true);
    expect(results.reversals).toEqual([]);
  });

  it('count every law, row and set of powers', () => {
    const { laws: count, hold, broken } = results.counted;
    expect(hold + broken).toBe(count);
    expect(count).toBe(results.findings.length * 128 + results.rows.length + results.plans.length);
  });

  it('are the same cell by cell, as the second prover is given them', () => {
    for (const { row, law, lengths } of results.findings) {
      const own = found.find(({ graph }) => graph.row.id === row)?.findings ?? [];
      const given = own
        .filter((finding) => finding.law === law)
        .flatMap((each) => [...plainCells(each)]);
      expect(given.map(({ days = 0 }) => days.toString(36)).join(''), `${law} ${row}`).toBe(
        lengths,
      );
    }
  });
});

const endsOf = ({ past, ...last }: ScenarioRun, { broken }: Cell) => {
  const days = broken?.days ?? [];
  return [...past, last].slice(-days.length).map(({ outcome }, index) => ({
    end: endOf(outcome, (days[index]?.acts.length ?? 0) > 0),
    belief: believedOf(outcome),
  }));
};

describe('a counterexample', () => {
  it.each(named)('%s: played again day by day ends as told', (_name, cell) => {
    if (cell.broken === undefined) throw new Error('holds');
    const read = parseScenario(JSON.stringify(scenarioOf(cell.row, cell.broken)));
    if (!read.ok) throw new Error(read.problems.map(({ found }) => found).join());
    const told = cell.broken.days.map(({ delivered: { end, belief } }) => ({ end, belief }));
    expect(endsOf(simulate(read.value), cell)).toEqual(told);
  });

  it.each(named)('%s: taking away any power restores the law', (_name, { law, row, budget }) => {
    const finding = found
      .flatMap(({ findings }) => findings)
      .find((each) => each.law === law && each.row === row);
    for (let bit = 1; bit <= budget; bit *= 2)
      if ((budget & bit) !== 0) expect(finding?.cells[budget & ~bit]?.broken).toBeUndefined();
  });

  it.each(named)('%s: played at its address in the simulator ends as told', (_name, cell) => {
    const { row, broken } = cell;
    const knobs = broken && knobsOf(row, broken);
    if (knobs === undefined) throw new Error('no address');
    const link = { knobs, preset: undefined, compare: undefined, step: undefined };
    const { state, corrections } = fromQuery(toQuery({ ...link, predict: false }), []);
    expect(corrections).toEqual([]);
    const { past, outcome } = simulateKnobs(state.knobs);
    const last = broken?.days.at(-1);
    expect(endOf(outcome, (last?.acts.length ?? 0) > 0)).toBe(last?.delivered.end);
    expect(believedOf(outcome)).toBe(last?.delivered.belief);
    // The simulator may have more or fewer days of one kind before it; each ended as one that is told.
    const told = (broken?.days ?? []).map(({ delivered }) => delivered.belief);
    const first = broken?.start === 'known' ? ['proven'] : [];
    for (const each of past) expect([...first, ...told]).toContain(believedOf(each.outcome));
    const earlier = (broken?.days.length ?? 0) - 1;
    expect(past.length > 0).toBe(earlier + first.length > 0);
  });
});
