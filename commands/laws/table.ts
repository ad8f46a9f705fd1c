/** The results as a table for a terminal: a law on each line, under it the weakest attackers and their shortest way. */
import type { Cell, Finding, ToldDay } from '../../src/world/laws/check.ts';
import type { Harmed } from '../../src/world/laws/owner.ts';
import { lettersOf, type Budget } from '../../src/world/laws/powers.ts';
import type { RowFindings } from '../../src/world/laws/run.ts';

/** `policy.forge + mx.forge: attacker (believes proven)`. */
function tellDay({ acts, delivered }: ToldDay): string {
  const did = acts.map(({ id }) => id).join(' + ') || 'nothing';
  const { end, belief } = delivered;
  return `${did}: ${end}${belief === end ? '' : ` (believes ${belief})`}`;
}

const daysOf = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

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
