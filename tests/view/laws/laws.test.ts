import { describe, expect, it } from 'vitest';
import { contentOfBuild } from '../../../src/site/content.ts';
import { lawResultsSchema } from '../../../src/site/schemas/laws.ts';
import { drawLadder, ladderOf, waysOf, type Ways } from '../../../src/view/laws/ladder.ts';
import { daysShown, poisonedDayOf, signOn } from '../../../src/view/laws/poisoned.ts';
import {
  cellIn,
  cellOf,
  columnsOf,
  departuresOf,
  findingIn,
  lawOrder,
  powersOf,
  queryOf,
  spansOf,
  tallyOf,
  type Day,
  type PowerId,
  type Weakest,
} from '../../../src/view/laws/table.ts';
import { lawIds } from '../../../src/world/laws/law.ts';
import { budgets, isWithin, powers, setOf } from '../../../src/world/laws/powers.ts';

const results = contentOfBuild('laws/results.json', lawResultsSchema);

const day: Day = { acts: [], end: 'waits', belief: 'waits', isCounted: true };
const breaking = (...sets: readonly (readonly [letters: string, days: number])[]): Weakest[] =>
  sets.map(([powers, days]) => ({
    powers,
    start: 'nothing',
    days: Array.from({ length: days }, () => day),
  }));

describe('a cell', () => {
  it.each([
    ['holds always, if no set of powers breaks the law', breaking(), { kind: 'always' }],
    [
      'holds as long as nobody has any of the certificates and keys that each way needs',
      breaking(['LK', 1], ['DCZ', 1]),
      { kind: 'while', powers: ['host-certificate', 'server-key', 'zone-key'] },
    ],
    [
      'does not hold, if one way needs no certificate or key: only those ways, and their days',
      breaking(['D', 4], ['LB', 2], ['LC', 1]),
      { kind: 'never', sets: [['dns'], ['line', 'block']], days: 2 },
    ],
  ])('%s', (_title, weakest, cell) => {
    expect(cellOf(weakest)).toEqual(cell);
  });

  // From the lengths, which the minimal sets do not enter: the two halves of the results must say the same.
  it('says what the length for every set of powers says', () => {
    const obtained = setOf('CPKZ');
    for (const { law, row, lengths } of results.findings) {
      const broken = budgets.filter((budget) => lengths.charAt(budget) !== '0');
      const isEasy = broken.some((budget) => (budget & obtained) === 0);
      const kind = broken.length === 0 ? 'always' : isEasy ? 'never' : 'while';
      const cell = cellIn(results, law, row);
      expect(cell.kind, `${law} ${row}`).toBe(kind);
      if (cell.kind !== 'never') continue;
      const shortest = broken
        .filter((budget) => (budget & obtained) === 0)
        .map((budget) => Number.parseInt(lengths.charAt(budget), 36));
      // More power may be quicker; the minimal sets are what the cell tells.
      expect(cell.days, `${law} ${row}`).toBeGreaterThanOrEqual(Math.min(...shortest));
    }
  });

  it('is there for each law but the check on ourselves, and counted at the foot', () => {
    expect([...lawOrder, 'monotone'].sort()).toEqual([...lawIds].sort());
    for (const { id } of columnsOf(results)) {
      const kinds = lawOrder.map((law) => cellIn(results, law, id).kind);
      const { broken, of } = tallyOf(results, id);
      expect(of).toBe(kinds.filter((kind) => kind !== 'none').length);
      expect(broken).toBe(kinds.filter((kind) => kind === 'never').length);
    }
  });

  it('of another sender is told only where it differs', () => {
    const told = departuresOf(results);
    expect(told.length).toBe(results.rows.length - columnsOf(results).length);
    for (const { row, cells } of told)
      for (const { law, cell } of cells)
        expect(cell, `${law} ${row.id}`).not.toEqual(cellIn(results, law, row.protection));
  });
});

describe('the poisoned day', () => {
  it('shows as many days of harm as were found, for the columns that his powers reach', () => {
    const told = poisonedDayOf(results);
    if (told === undefined) throw new Error('the draft heals');
    for (const row of told.rows) {
      const found = results.harms.filter(
        (harm) => harm.row === row.protection && isWithin(setOf(harm.powers), setOf(told.letters)),
      );
      const signs = daysShown(told).map((day) => signOn(row, day));
      const shown = signs.filter((sign) => sign === 'harmed').length;
      expect(shown, row.protection).toBe(Math.max(0, ...found.map((harm) => Number(harm.days))));
      expect(signs.at(-1)).toBe(row.protection === 'starttls' ? 'arrives-unproven' : 'arrives');
    }
  });

  it('is not told where the draft heals, or where STARTTLS does not', () => {
    const healed = results.findings.map((finding) =>
      finding.row === 'sts-2016' ? { ...finding, weakest: [] } : finding,
    );
    expect(poisonedDayOf({ ...results, findings: healed })).toBeUndefined();
    const both = results.findings.map((finding) =>
      finding.row === 'starttls' ? { ...finding, weakest: breaking(['L', 2]) } : finding,
    );
    expect(poisonedDayOf({ ...results, findings: both })).toBeUndefined();
  });
});

describe('the ladder', () => {
  /** The sets that a row of dots stands for. */
  const setsOf = (way: Ways): readonly string[] =>
    way
      .reduce<readonly (readonly PowerId[])[]>(
        (sets, choice) => sets.flatMap((set) => choice.map((id) => [...set, id])),
        [[]],
      )
      .map((set) =>
        powers
          .filter(({ id }) => set.includes(id))
          .map(({ letter }) => letter)
          .join(''),
      );

  it('says each minimal set of each law and protection, and no other', () => {
    const groups = ladderOf(results);
    expect(groups.length).toBeGreaterThan(4);
    for (const { law, rows } of groups) {
      const named = rows.flatMap(({ protections }) => protections);
      expect(named.length).toBe(
        columnsOf(results).filter(({ id }) => findingIn(results, law, id)).length,
      );
      for (const { protections, ways } of rows)
        for (const protection of protections)
          expect(ways.flatMap(setsOf).sort(), `${law} ${protection}`).toEqual(
            findingIn(results, law, protection)
              ?.weakest.map((each) => each.powers)
              .sort(),
          );
    }
  });

  it('has the fewest rows', () => {
    const ways = ['LC', 'DC', 'DP', 'LK', 'DK'].map((set) => powersOf(set).map((id) => [id]));
    expect(waysOf(ways).map((way) => way.map((choice) => choice.length))).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });

  it('has a dot for each power of a row, in its column', () => {
    const groups = ladderOf(results);
    const wanted = groups.flatMap(({ rows }) => rows.flatMap(({ ways }) => ways.flat(2))).length;
    for (const shape of ['wide', 'narrow'] as const) {
      const { items } = drawLadder(
        groups,
        (law) => law,
        shape,
        (key) => key,
      );
      expect(items.filter(({ kind }) => kind === 'circle')).toHaveLength(wanted);
    }
  });
});

describe('a counterexample', () => {
  it('tells days with the same in them once', () => {
    const attacked: Day = { ...day, acts: ['line.reads'], end: 'readable' };
    expect(spansOf([day, day, attacked]).map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [2, 2],
    ]);
  });

  it('has an address', () => {
    for (const weakest of results.findings.flatMap((finding) => finding.weakest))
      expect(queryOf(weakest)).toMatch(/^\?protection=/);
    const [unknown] = breaking(['L', 1]);
    if (unknown === undefined) throw new Error('no counterexample');
    expect(() => queryOf(unknown)).toThrow('without settings');
    expect(() => queryOf({ ...unknown, knobs: { line: 'nowhere' } })).toThrow('nowhere');
  });
});
