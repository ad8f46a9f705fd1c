import { daySeconds } from '../../../src/core/ask.ts';
import { describe, expect, it } from 'vitest';
import { emptyMemory, type SenderMemory } from '../../../src/core/sender/sender.ts';
import {
  attackedLaws,
  breakLaw,
  checkLaw,
  harmAfterOneDay,
  longestHarm,
  reversalsOf,
  type Finding,
} from '../../../src/world/laws/check.ts';
import { Days, type Day } from '../../../src/world/laws/day.ts';
import { exhaust, isTooLarge, statesAtMost, type Graph } from '../../../src/world/laws/graph.ts';
import { isBreach, type LawId } from '../../../src/world/laws/law.ts';
import { keyOf } from '../../../src/world/laws/memory.ts';
import { checkOwner } from '../../../src/world/laws/owner.ts';
import { mistakes } from '../../../src/world/laws/plans.ts';
import {
  budgetOf,
  budgets,
  everything,
  isWithin,
  lettersOf,
  setOf,
  type Budget,
} from '../../../src/world/laws/powers.ts';
import {
  makeRow,
  rowsWith,
  type ProtectionId,
  type Row,
  type RowOptions,
} from '../../../src/world/laws/rows.ts';
import { findingsOf } from '../../../src/world/laws/run.ts';
import {
  forgetsExpiry,
  letsTheDaemonSkipDane,
  takesBogusForAbsent,
  trustsFirstPolicy,
} from './mutants.ts';

const rowOf = (
  protection: ProtectionId,
  options: Partial<RowOptions> = {},
  lifetimeDays = 3,
): Row =>
  makeRow(
    { protection, scope: 'base', profile: 'strict' },
    { lifetimeSeconds: lifetimeDays * daySeconds, ...options },
  );

const rows = rowsWith(3);
const rowNamed = (id: string): Row => {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
};

/** The rows as they are, each explored once for all tests. */
const explored = new Map<string, Graph>();
function graphOf(id: string): Graph {
  const known = explored.get(id) ?? exhaust(rowNamed(id));
  explored.set(id, known);
  return known;
}

const weakestIn = ({ weakest }: Finding): readonly string[] =>
  weakest.map(({ budget }) => lettersOf(budget));

/** The weakest attackers that break a law, as letters. */
const weakestAgainst = (law: LawId, protection: ProtectionId): readonly string[] =>
  law === 'beside-each-other'
    ? findingsOf(rowNamed(protection), [law]).findings.flatMap(weakestIn)
    : weakestIn(checkLaw(graphOf(protection), law));

describe('sets of powers', () => {
  it('are letters in any order, each at most once', () => {
    expect(budgetOf('kl')).toBe(setOf('LK'));
    expect(lettersOf(everything)).toBe('LDBCPKZ');
    expect(budgets.map(lettersOf).map(budgetOf)).toEqual(budgets);
    expect(['LL', 'X', 'L D'].map(budgetOf)).toEqual([undefined, undefined, undefined]);
  });
});

describe('the weakest attackers, worked out by hand from the standards', () => {
  it.each<readonly [LawId, ProtectionId, string]>([
    ['secrecy', 'starttls', 'L D'],
    ['secrecy', 'sts-2016', 'L D'],
    ['secrecy', 'mta-sts', 'L D'],
    ['secrecy', 'dane', 'LK DZ'],
    ['while-remembered', 'mta-sts', 'LC DC DP LK DK'],
    ['no-illusion', 'starttls', ''],
    ['no-illusion', 'sts-2016', 'D LC LK'],
    ['no-illusion', 'dane', 'LK DZ'],
    ['heals', 'starttls', ''],
    ['heals', 'sts-2016', 'D'],
    ['heals', 'mta-sts', 'LP DP'],
    ['heals', 'dane', ''],
    ['beside-each-other', 'both', ''],
  ])('%s, %s: %s', (law, protection, sets) => {
    const weakest = weakestAgainst(law, protection);
    expect([...weakest].sort()).toEqual(sets.split(' ').filter(Boolean).sort());
  });
});

describe('what can come of a row', () => {
  const small = rows.filter(({ profile }) => profile === 'strict');

  it('is no more than was said before it was explored', () => {
    for (const row of rows)
      expect(statesAtMost(row), row.id).toBeGreaterThanOrEqual(graphOf(row.id).states.length);
    expect(isTooLarge(rowOf('mta-sts', {}, 10_000))).toBe(true);
    expect(isTooLarge(rowOf('dane', {}, 10_000))).toBe(false);
  });

  it.each(['sts-2016', 'mta-sts'] as const)(
    'is found the same when nothing is left out of the memory of %s',
    (protection) => {
      const own = graphOf(protection);
      const whole = exhaust(rowOf(protection, { keepsWholeMemory: true }));
      expect(whole.states.length).toBeGreaterThan(own.states.length);
      for (const law of attackedLaws.filter((each) => each !== 'beside-each-other'))
        for (const budget of budgets)
          expect(breakLaw(whole, law, budget)?.days.length, `${law} ${lettersOf(budget)}`).toBe(
            breakLaw(own, law, budget)?.days.length,
          );
    },
  );

  it.each(small.map((row) => [row.id, row] as const))(
    '%s: the length of a breach is that of a plain walk, day by day',
    (_id, row) => {
      const graph = graphOf(row.id);
      const firstBreach = firstBreachOf(row);
      for (const letters of ['', 'L', 'D', 'B', 'LC', 'DP', 'LK', 'DZ', 'LDBCPKZ']) {
        const budget = setOf(letters);
        expect(breakLaw(graph, 'secrecy', budget)?.days.length, letters).toBe(firstBreach(budget));
      }
    },
  );

  it('has a judge of reversals that knows one', () => {
    const finding = checkLaw(graphOf('starttls'), 'secrecy');
    const cells = finding.cells.map((cell) =>
      cell.budget === everything ? { ...cell, broken: undefined } : cell,
    );
    expect(reversalsOf({ ...finding, cells }).length).toBeGreaterThan(0);
  });
});

/** Without the graph: every memory of a day, and every way to the next. Undefined: none in eight days. */
function firstBreachOf(row: Row) {
  const days = new Days(row);
  const known = new Map<string, readonly Day[]>();
  const daysFrom = (memory: SenderMemory): readonly Day[] => {
    const key = keyOf(memory);
    const all = known.get(key) ?? [...days.all(memory)];
    known.set(key, all);
    return all;
  };
  return (budget: Budget): number | undefined => {
    let front = new Map<string, SenderMemory>([['', emptyMemory]]);
    for (let length = 1; length <= 8; length += 1) {
      const next = new Map<string, SenderMemory>();
      for (const memory of front.values())
        for (const day of daysFrom(memory)) {
          if (!day.needs.some((need) => isWithin(need, budget))) continue;
          if (isBreach(day.delivered.end)) return length;
          next.set(keyOf(day.memory), day.memory);
        }
      front = next;
    }
    return undefined;
  };
}

describe('the harm after he left', () => {
  it.each(['sts-2016', 'mta-sts'] as const)(
    'of %s lasts as long as a policy does',
    (protection) => {
      for (const lifetimeDays of [1, 2, 3, 5, 8]) {
        const row = rowOf(protection, {}, lifetimeDays);
        expect(longestHarm(exhaust(row), everything).days).toBe(lifetimeDays);
        expect(harmAfterOneDay(row)).toBe(lifetimeDays);
      }
    },
  );

  it('of MTA-STS is over after a day where the sender refreshes the policy daily', () => {
    expect(longestHarm(graphOf('mta-sts/daily-refresh'), everything).days).toBe(1);
  });

  it('never ends where a daemon counts the age from its last look', () => {
    const daemon = graphOf('mta-sts/postfix-policy-daemon-1.1');
    expect(longestHarm(daemon, setOf('LP')).days).toBe('endless');
  });
});

describe('a sender with a fault breaks a law', () => {
  it.each<readonly [string, LawId, ProtectionId, Partial<RowOptions>, string]>([
    ['accepts a forged first policy', 'heals', 'mta-sts', { deliver: trustsFirstPolicy }, 'L'],
    [
      'takes a bogus TLSA answer for none',
      'secrecy',
      'dane',
      { deliver: takesBogusForAbsent },
      'LD',
    ],
    [
      'forgets expiry',
      'within',
      'mta-sts',
      { deliver: forgetsExpiry, keepsWholeMemory: true },
      'LP',
    ],
    ['skips DANE', 'beside-each-other', 'both', { change: letsTheDaemonSkipDane }, 'LC'],
  ])('one that %s: %s of %s', (_fault, law, protection, options, letters) => {
    const sound = weakestAgainst(law, protection);
    expect(sound.some((each) => isWithin(setOf(each), setOf(letters)))).toBe(false);
    const [finding] = findingsOf(rowOf(protection, options), [law]).findings;
    expect(finding?.cells[setOf(letters)]?.broken?.days.length).toBeGreaterThan(0);
    // The counterexample is of this set, and of no part of it.
    expect(finding && weakestIn(finding)).toContain(letters);
  });
});

describe('the owner’s own plans', () => {
  it.each(['dane', 'mta-sts', 'both'] as const)('never keep mail from %s', (protection) => {
    const { harmed, states } = checkOwner(rowOf(protection));
    expect(harmed).toBeUndefined();
    expect(states).toBeGreaterThan(3);
  });

  it.each(mistakes.map((mistake) => [mistake.id, mistake] as const))(
    'do with a mistake in them: %s',
    (_id, mistake) => {
      const protection = mistake.plan === 'rollover' ? 'dane' : 'mta-sts';
      expect(checkOwner(rowOf(protection), mistake).harmed?.end).toBe('stuck');
    },
  );
});
