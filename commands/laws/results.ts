/**
 * What was found: as the data file that the site reads (`content/laws/results.json`), and as a table for a terminal, a
 * law on each line, under it the weakest attackers and their shortest way.
 */
import { formatKnobs } from '../../src/world/simulated/knobs.ts';
import type { Cell, Finding, ToldDay } from '../../src/world/laws/check.ts';
import type { Harmed } from '../../src/world/laws/owner.ts';
import { lettersOf, type Budget } from '../../src/world/laws/powers.ts';
import { knobsOf } from '../../src/world/laws/replay.ts';
import { harmAtCeilings, type RowFindings } from '../../src/world/laws/run.ts';
import type { LawResults } from '../../src/site/schemas/laws.ts';
import { daysOf } from './spin.ts';

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

/** How much was explored, and how many laws hold: each held against each row and each set of powers is one. */
export function counted(found: readonly RowFindings[]): LawResults['counted'] {
  const all = found.flatMap(({ findings }) => findings).flatMap(({ cells }) => cells);
  const broken = all.filter((cell) => cell.broken !== undefined).length;
  // That more power never helps is one more law for each row, and that our own plans never harm where there are plans.
  const others = found.flatMap(({ reversals, owner }) => [
    ...(reversals === undefined ? [] : [reversals.length === 0]),
    ...(owner === undefined ? [] : [owner.harmed === undefined]),
  ]);
  const laws = all.length + others.length;
  const notHeld = broken + others.filter((holds) => !holds).length;
  const sum = (of: (each: RowFindings) => number) =>
    found.reduce((total, each) => total + of(each), 0);
  return {
    states: sum(({ graph }) => graph.states.length),
    transitions: sum(({ graph }) => graph.transitions),
    laws,
    hold: laws - notHeld,
    broken: notHeld,
  };
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
  return {
    lifetimeDays,
    counted: counted(found),
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

/** `policy.forge + mx.forge: attacker (believes proven)`. */
function tellDay({ acts, delivered }: ToldDay): string {
  const did = acts.map(({ id }) => id).join(' + ') || 'nothing';
  const { end, belief } = delivered;
  return `${did}: ${end}${belief === end ? '' : ` (believes ${belief})`}`;
}

const tellCell = ({ budget, broken }: Cell): readonly string[] => {
  if (broken === undefined) return [];
  const { start, days } = broken;
  const length = daysOf(days.length);
  const from = start === 'known' ? ', policy known before' : '';
  return [
    `    ${lettersOf(budget).padEnd(7)} ${length}${from}`,
    ...days.map((day, index) => `            day ${index}  ${tellDay(day)}`),
  ];
};

function tellFinding(finding: Finding, powers: Budget | undefined): readonly string[] {
  const shown =
    powers === undefined ? finding.weakest : [finding.cells[powers]].flatMap((cell) => cell ?? []);
  const broken = shown.filter((cell) => cell.broken !== undefined);
  const against = finding.cells.filter((cell) => cell.broken !== undefined).length;
  const verdict =
    broken.length === 0
      ? 'holds'
      : powers === undefined
        ? `broken by ${broken.map(({ budget }) => lettersOf(budget)).join(', ')} (${against} of ${finding.cells.length} sets)`
        : 'broken';
  return [`  ${finding.law.padEnd(18)} ${verdict}`, ...broken.flatMap(tellCell)];
}

function tellHarmed(harmed: Harmed | undefined): string {
  if (harmed === undefined) return 'holds';
  const { plan, step, secondsAfter, end, before } = harmed;
  const earlier = before.length === 0 ? '' : `, after ${before.join(', ')}`;
  return `broken: ${end} ${secondsAfter} s after ${step} of ${plan}${earlier}`;
}

/** `powers`: only that set, and not the weakest ones. */
export const tableOf = (
  found: readonly RowFindings[],
  powers: Budget | undefined,
): readonly string[] =>
  found.flatMap(({ graph, findings, harms, reversals, owner, mistakes }) => [
    `${graph.row.id}  (${graph.states.length} memories, ${graph.transitions} days played)`,
    ...findings.flatMap((finding) => tellFinding(finding, powers)),
    ...harms.map(
      ({ budget, harm }) =>
        `  after ${lettersOf(budget)} left, harm for ${harm.days === 'endless' ? 'ever' : daysOf(harm.days)}`,
    ),
    ...(reversals === undefined
      ? []
      : [
          `  ${'monotone'.padEnd(18)} ${reversals.length === 0 ? 'holds' : `${reversals.length} reversals`}`,
        ]),
    ...(owner === undefined
      ? []
      : [
          `  ${'no-self-harm'.padEnd(18)} ${tellHarmed(owner.harmed)} (${owner.states} situations, ${owner.deliveries} deliveries)`,
        ]),
    ...mistakes.map(({ id, harmed }) => `    ${id}: ${tellHarmed(harmed)}`),
    '',
  ]);
