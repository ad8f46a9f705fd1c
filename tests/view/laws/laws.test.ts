import { describe, expect, it } from 'vitest';
import { contentOfBuild } from '../../../src/site/content.ts';
import { lawResultsSchema } from '../../../src/site/schemas/laws.ts';
import { ladderOf } from '../../../src/view/laws/ladder.ts';
import { placePoisoned, poisonedDayOf } from '../../../src/view/laws/poisoned.ts';
import {
  cellIn,
  cellOf,
  columnsOf,
  departuresOf,
  lawOrder,
  queryOf,
  spansOf,
  tallyOf,
  type Day,
  type Weakest,
} from '../../../src/view/laws/table.ts';
import { lawIds } from '../../../src/world/laws/law.ts';
import { budgets, isWithin, setOf } from '../../../src/world/laws/powers.ts';

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
    const picture = placePoisoned(told);
    for (const { protection, days } of picture.rows) {
      const found = results.harms.filter(
        ({ row, powers }) => row === protection && isWithin(setOf(powers), setOf(told.letters)),
      );
      const shown = days.filter(({ sign }) => sign === 'harmed').length;
      expect(shown, protection).toBe(Math.max(0, ...found.map((harm) => Number(harm.days))));
      expect(days.at(-1)?.sign).toBe('arrives');
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
  it('has a dot for each power of each minimal set, in its column', () => {
    const ladder = ladderOf(results, 'secrecy', 1100, 190, 100);
    for (const { protection, sets } of ladder.groups) {
      const finding = results.findings.find(
        ({ law, row }) => law === 'secrecy' && row === protection,
      );
      const letters = sets.map(({ dots }) =>
        dots.map((x) => ladder.columns.find(({ middle }) => middle === x)?.letter).join(''),
      );
      expect(letters).toEqual(finding?.weakest.map(({ powers }) => powers));
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

  it('has an address where it has settings, and none where it has not', () => {
    for (const weakest of results.findings.flatMap((finding) => finding.weakest))
      expect(queryOf(weakest) === undefined).toBe(weakest.knobs === undefined);
    const [unknown] = breaking(['L', 1]);
    if (unknown === undefined) throw new Error('no counterexample');
    expect(() => queryOf({ ...unknown, knobs: { line: 'nowhere' } })).toThrow('nowhere');
  });
});
