/** What was found, as the data file that the site reads (`content/laws/results.json`). */
import { formatKnobs } from '../../src/world/simulated/knobs.ts';
import type { Cell, Finding, ToldDay } from '../../src/world/laws/check.ts';
import type { Harmed } from '../../src/world/laws/owner.ts';
import { lettersOf } from '../../src/world/laws/powers.ts';
import { knobsOf } from '../../src/world/laws/replay.ts';
import { harmAtCeilings, type RowFindings } from '../../src/world/laws/run.ts';
import type { LawResults } from '../../src/site/schemas/laws.ts';

type FindingResult = LawResults['findings'][number];

const tell = ({ acts, delivered }: ToldDay): FindingResult['weakest'][number]['days'][number] => ({
  acts: acts.map(({ id }) => id),
  ...delivered,
});

function weakestOf({ row, budget, broken }: Cell): FindingResult['weakest'] {
  if (broken === undefined) return [];
  const knobs = knobsOf(row, broken);
  return [
    {
      powers: lettersOf(budget),
      start: broken.start,
      days: broken.days.map(tell),
      ...(knobs && { knobs: Object.fromEntries(formatKnobs(knobs)) }),
    },
  ];
}

/** No counterexample of a strict reading is longer than its lifetime and a day or two. */
function digit(days: number): string {
  if (days > 35) throw new Error(`${days} days do not fit one character`);
  return days.toString(36);
}

const harmedOf = (harmed: Harmed | undefined): LawResults['plans'][number]['harmed'] =>
  harmed === undefined ? null : { ...harmed, before: [...harmed.before] };

const resultOf = (finding: Finding): FindingResult => ({
  law: finding.law,
  row: finding.row.id,
  lengths: finding.cells.map(({ broken }) => digit(broken?.days.length ?? 0)).join(''),
  weakest: finding.weakest.flatMap(weakestOf),
});

/** How many laws hold: each held against each row and each set of powers is one. */
export function countLaws(found: readonly RowFindings[]) {
  const all = found.flatMap(({ findings }) => findings).flatMap(({ cells }) => cells);
  const broken = all.filter((cell) => cell.broken !== undefined).length;
  // That more power never helps is one more law for each row, and that our own plans never harm where there are plans.
  const others = found.flatMap(({ reversals, owner }) => [
    ...(reversals === undefined ? [] : [reversals.length === 0]),
    ...(owner === undefined ? [] : [owner.harmed === undefined]),
  ]);
  const laws = all.length + others.length;
  const notHeld = broken + others.filter((holds) => !holds).length;
  return { laws, hold: laws - notHeld, broken: notHeld };
}

/** How long the harm lasts that the weakest attackers can do, after they left. */
export const harmsOf = (found: readonly RowFindings[]): LawResults['harms'] =>
  found.flatMap(({ graph, harms }) =>
    harms.map(({ budget, harm }) => ({
      row: graph.row.id,
      powers: lettersOf(budget),
      days: harm.days,
    })),
  );

export function resultsOf(found: readonly RowFindings[], lifetimeDays: number): LawResults {
  const sum = (of: (each: RowFindings) => number) =>
    found.reduce((total, each) => total + of(each), 0);
  return {
    lifetimeDays,
    counted: {
      states: sum(({ graph }) => graph.states.length),
      transitions: sum(({ graph }) => graph.transitions),
      ...countLaws(found),
    },
    rows: found.map(({ graph: { row, states, transitions } }) => ({
      id: row.id,
      protection: row.protection,
      scope: row.scope,
      profile: row.profile,
      states: states.length,
      transitions,
      quiet: states[0]?.quiet.delivered.end ?? 'stuck',
    })),
    findings: found.flatMap(({ findings }) => findings.map(resultOf)),
    harms: harmsOf(found),
    ceilings: harmAtCeilings().map(({ protection, ...rest }) => ({ row: protection, ...rest })),
    reversals: found.flatMap(({ reversals = [] }) => reversals),
    plans: found.flatMap(({ graph, owner }) =>
      owner === undefined
        ? []
        : [
            {
              row: graph.row.id,
              states: owner.states,
              deliveries: owner.deliveries,
              harmed: harmedOf(owner.harmed),
            },
          ],
    ),
    mistakes: found.flatMap(({ graph, mistakes }) =>
      mistakes.map(({ id, harmed }) => ({ id, row: graph.row.id, harmed: harmedOf(harmed) })),
    ),
  };
}

/** The data file: each row, finding and so on is a line, so that a change shows which. */
export function fileOf(results: LawResults): string {
  const parts = Object.entries(results).map(([name, value]) => {
    if (!Array.isArray(value)) return `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    const lines = value.map((each) => JSON.stringify(each)).join(',\n');
    return `${JSON.stringify(name)}: [\n${lines}\n]`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}
