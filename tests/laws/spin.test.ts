/** The second prover: what the texts say by hand, what it does with a bad model or program, and that it notices. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import {
  differences,
  harmDifferences,
  hasSpin,
  spinCells,
  spinLaws,
  spinRows,
} from '../../commands/laws/spin.ts';
import { lawResultsSchema, lawsSchema } from '../../src/site/schemas/laws.ts';
import { contentOfBuild } from '../../src/site/content.ts';
import type { LawId } from '../../src/world/laws/law.ts';
import { budgetOf, budgets, lettersOf } from '../../src/world/laws/powers.ts';
import { findProgram } from '../testbed/programs.ts';
import expected from './expected.json' with { type: 'json' };

const model = readFileSync('laws/mail.pml', 'utf8');
const lifetimeDays = 3;
const spin = findProgram('spin');
const gcc = findProgram('gcc');

/** What SPIN says of the model as it is. */
const second = spinCells({ lifetimeDays });

describe.runIf(hasSpin())('SPIN and the texts', () => {
  const { cells, faults, harms } = second;

  it('judges every row, without a fault', () => {
    expect(faults).toEqual([]);
    expect(new Set(cells.map(({ protection }) => protection))).toEqual(new Set(spinRows));
    expect(new Set(cells.map(({ law }) => law))).toEqual(new Set(spinLaws));
  });

  it.each(expected)('$law of $protection against $budget: $days ($section)', (row) => {
    const cell = cells.find(
      ({ law, protection, budget }) =>
        law === row.law && protection === row.protection && budget === row.budget,
    );
    expect(cell).toBeDefined();
    expect(cell?.days ?? 0).toBe(row.days);
  });

  // The explorer's results are a file, of which another test says that it is fresh.
  it('agrees with the explorer on each law, row and set of powers, in verdict and in length', () => {
    const { findings } = contentOfBuild('laws/results.json', lawResultsSchema);
    const ofExplorer = findings
      .filter(({ row }) => spinRows.some((each) => each === row))
      .flatMap(({ law, row, lengths }) =>
        budgets.map((budget) => {
          const days = parseInt(lengths.charAt(budget), 36);
          return {
            law,
            protection: row,
            budget: lettersOf(budget),
            holds: days === 0,
            ...(days === 0 ? {} : { days }),
          };
        }),
      );
    expect(differences(ofExplorer, cells)).toEqual([]);
  });

  it('agrees on how long the harm lasts after he left', () => {
    const ofExplorer = contentOfBuild('laws/results.json', lawResultsSchema).harms;
    expect(harmDifferences(ofExplorer, second)).toEqual([]);
  });

  // A policy fetched on day d holds on the days d to d + 3, and d was his.
  it.each([
    ['sts-2016', 'D', 3, 'D16 §3.3: until it expires, a policy is replaced only as it says itself'],
    ['mta-sts', 'LP', 3, 'RFC 8461 §5.1: a policy that is in the cache and has not expired'],
    ['mta-sts', 'DP', 3, 'RFC 8461 §5.1'],
    ['mta-sts/daily-refresh', 'LP', 1, 'RFC 8461 §3.3: fetched again each day'],
    ['both', 'LP', 3, 'RFC 8461 §5.1: DANE does not lift what the policy stops'],
  ])('harm to %s after %s left: %i days (%s)', (row, powers, days) => {
    expect(harms).toContainEqual({ row, powers, days });
  });

  it('harms none that honours DANE alone, or STARTTLS alone, after he left', () => {
    expect(harms.filter(({ row }) => row === 'starttls' || row.startsWith('dane'))).toEqual([]);
  });

  it('has no attacker with more power who breaks less, or later', () => {
    const days = new Map(
      cells.map((cell) => [
        `${cell.law} ${cell.protection} ${budgetOf(cell.budget)}`,
        cell.days ?? Infinity,
      ]),
    );
    for (const { law, protection, budget, days: least = Infinity } of cells)
      for (let bit = 1; bit < 128; bit *= 2)
        expect(
          days.get(`${law} ${protection} ${(budgetOf(budget) ?? 0) | bit}`),
        ).toBeLessThanOrEqual(least);
  });
});

describe.runIf(hasSpin())('a fault in the model', () => {
  const rightOf = (row: string) => second.cells.filter(({ protection }) => protection === row);
  const judge = (text: string, ...protections: readonly string[]) =>
    spinCells({ lifetimeDays, model: text, protections });
  const replaced = (from: string, to: string): string => {
    expect(model).toContain(from);
    return model.replace(from, to);
  };

  // The world without attacker, and what he can do; each would show in a comparison.
  it.each([
    ['a policy host without certificates', 'mta-sts', ' && CAN(POLICY_CERT) ->', ' ->'],
    [
      'a bogus TLSA answer taken for absent',
      'dane',
      '-> tlsa = FAILED; acts',
      '-> tlsa = ABSENT; acts',
    ],
    [
      'a first policy of the draft that needs no validation',
      'sts-2016',
      'txt != NONE && PASSES(txt)',
      'txt != NONE',
    ],
  ])('%s is a difference', (_fault, row, from, to) => {
    const right = rightOf(row);
    const wrong = judge(replaced(from, to), row);
    expect(differences(right, right)).toEqual([]);
    expect(wrong.faults).toEqual([]);
    expect(differences(right, wrong.cells)).not.toEqual([]);
  });

  it('that only makes the harm shorter, or lets a policy last for ever, is a difference', () => {
    const wrong = judge(
      replaced('policy = https; age = 0; otherId', 'policy = https; age = 1; otherId'),
      'mta-sts',
    );
    const endless = judge(replaced('policy = NONE; age = 0; otherId = false', 'skip'), 'mta-sts');
    expect(endless.faults).toEqual([]);
    const right = rightOf('mta-sts');
    const heals = (cells: typeof wrong.cells) => cells.filter(({ law }) => law === 'heals');
    expect(heals(wrong.cells)).toEqual(heals(right));
    expect(differences(right, endless.cells)).not.toEqual([]);
    expect(harmDifferences(second.harms, second)).toEqual([]);
    const told = 'harm to mta-sts after LP left: explorer 3 days, SPIN';
    expect(harmDifferences(second.harms, wrong)).toContain(`${told} 2 days`);
    expect(harmDifferences(second.harms, endless)).toContain(`${told} for ever`);
  });

  it('that SPIN cannot read is said, and the others go on', () => {
    const broken = model.replace('#ifdef DRAFT\n', '#ifdef DRAFT\ninline {\n');
    const { cells, faults } = judge(broken, 'sts-2016', 'starttls');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^SPIN did not judge sts-2016: SPIN cannot read the model: /);
    expect(new Set(cells.map(({ protection }) => protection))).toEqual(new Set(['starttls']));
  });

  it('that gcc cannot compile is said', () => {
    const { cells, faults } = judge(replaced('least[law][budget] = day;', 'no C;'), 'starttls');
    expect(cells).toEqual([]);
    expect(faults[0]).toMatch(/^SPIN did not judge starttls: gcc failed: .*pan|error/);
  });

  it('that leaves the sender without a next step is said, and not taken for a law that holds', () => {
    const { cells, faults } = judge(
      replaced(':: mx = GENUINE\n', ':: false -> mx = GENUINE\n'),
      'starttls',
    );
    expect(cells).toEqual([]);
    expect(faults[0]).toContain('the walk did not end');
  });

  it.each([
    ['a spin that fails', { spin: '/bin/false', gcc }],
    ['a gcc that fails', { spin, gcc: '/bin/false' }],
  ])('%s is said', (_what, programs) => {
    const { cells, faults } = spinCells({ lifetimeDays, programs, protections: ['starttls'] });
    expect(cells).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(' starttls: ');
  });
});

describe('npm run laws -- --spin', () => {
  const laws = (...given: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('node', ['commands/laws.ts', ...given], {
      encoding: 'utf8',
    });
    return { status, stderr, last: stdout.trimEnd().split('\n').at(-1) };
  };

  it.runIf(hasSpin())('ends with how many differ', () => {
    const { status, last, stderr } = laws('secrecy', '--protection', 'dane', '--spin');
    expect(last).toBe('128 laws, 72 hold, 56 broken, 0 differ');
    expect(stderr).toContain('128 laws compared');
    expect(status).toBe(0);
  });

  it('does not say so where SPIN judged nothing, and ends with 3', () => {
    const given = ['secrecy', '--protection', 'dane', '--lifetime', '250', '--spin'];
    const { status, last, stderr } = laws(...given);
    expect(last).toBe('128 laws, 72 hold, 56 broken');
    expect(stderr).toMatch(/No SPIN with gcc|lifetime of 200 days at most/);
    expect(status).toBe(3);
  });
});

test('without SPIN or gcc one sentence says so', () => {
  for (const programs of [
    { spin: undefined, gcc: '/usr/bin/gcc' },
    { spin: '/usr/bin/spin', gcc: undefined },
  ]) {
    const { cells, faults } = spinCells({ lifetimeDays, programs });
    expect(cells).toEqual([]);
    expect(faults.join()).toMatch(/^No SPIN with gcc/);
  }
});

test('a difference is one in verdict, in length, or a cell that only one has', () => {
  const cell = (budget: string, days?: number, law: LawId = 'heals') => ({
    law,
    protection: 'dane',
    budget,
    holds: days === undefined,
    ...(days === undefined ? {} : { days }),
  });
  const found = differences(
    [cell('L', 2), cell('D', 2), cell('B'), cell('C'), cell('L', 1, 'visible')],
    [cell('L', 2), cell('D', 3), cell('B', 1), cell('P')],
  );
  const told = (budget: string, explorer: string, second: string) =>
    `heals of dane against ${budget}: explorer ${explorer}, SPIN ${second}`;
  expect(found).toEqual([
    told('D', 'broken in 2 days', 'broken in 3 days'),
    told('B', 'holds', 'broken in 1 day'),
    told('C', 'holds', 'not judged'),
    told('P', 'not judged', 'holds'),
  ]);
});

test('the laws that SPIN judges are those of which the content says so', () => {
  const { laws } = contentOfBuild('laws.yaml', lawsSchema);
  expect(
    laws
      .filter(({ provers }) => provers.includes('spin'))
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...spinLaws].sort());
});
