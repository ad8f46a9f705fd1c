/**
 * npm run laws [-- LAW… --protection ROW… --powers LETTERS --lifetime DAYS --spin --json --scenario --write]
 *
 * Explores everything that any attacker can do to each sender, day after day, and holds the laws of
 * `content/laws.yaml` against it. Prints for each law and row the weakest attackers that break it, and the
 * shortest way in which they do. Last line: `N laws, N hold, N broken, N differ`, where a law held against one row and
 * one set of powers counts as one; they differ from what the site tells (`content/laws/results.json`).
 *
 * `--spin` asks a second prover too (`laws/mail.pml`, docs/laws-second-prover.md): the last line then says how many
 * laws the two provers judge differently, in verdict or in length. It judges the rows and laws that its model has; the others stand as they are.
 *
 * `--json` prints the results instead; `--write` writes them to `content/laws/results.json`, which the site
 * reads. `--scenario` prints the shortest counterexample of one law, one row and one set of powers, for
 * `sts-dane simulate`.
 *
 * Exit codes: 0 explored; 1 more power turned out to help the owner, which is a fault of the explorer, or the two
 * provers differ; 3 SPIN is missing or failed; 2 a law, a row or a set of powers that does not exist, or more memories
 * than the limit of states. The rest is explored all the same.
 */
import { daySeconds } from '../src/core/ask.ts';
import { writeFileSync } from 'node:fs';
import { contentOfBuild } from '../src/site/content.ts';
import { lawResultsSchema, lawsSchema } from '../src/site/schemas/laws.ts';
import { exitCode } from '../src/command-line/exit-code.ts';
import { isTooLarge, statesAtMost, statesMost } from '../src/world/laws/graph.ts';
import { lawIds, type LawId } from '../src/world/laws/law.ts';
import { budgetOf } from '../src/world/laws/powers.ts';
import { scenarioOf } from '../src/world/laws/replay.ts';
import { makeRow, rowChoices, rowId } from '../src/world/laws/rows.ts';
import { findingsOf, plainCells, type RowFindings } from '../src/world/laws/run.ts';
import { counted, fileOf, harmsOf, resultsOf, tableOf } from './laws/results.ts';
import { differences, harmDifferences, spinCells } from './laws/spin.ts';
import { readArguments } from './run.ts';

const startedMilliseconds = performance.now();
const content = contentOfBuild('laws.yaml', lawsSchema);
const options = {
  protection: { type: 'string', multiple: true, default: [] as string[] },
  powers: { type: 'string' },
  spin: { type: 'boolean', default: false },
  lifetime: { type: 'string', default: String(content.lifetimeDays) },
  json: { type: 'boolean', default: false },
  scenario: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
} as const;

// Of what cannot be read at all nothing is explored.
const { positionals, values } = readArguments({ allowPositionals: true, options }, (why) => {
  const names = Object.keys(options).map((name) => `--${name}`);
  console.error(`${why}\nOptions: ${names.join(' ')}`);
  process.exit(exitCode.usage);
});

/** Says what is wrong with the command; the rest of it is done all the same. */
function misused(sentence: string): void {
  console.error(sentence);
  process.exitCode = exitCode.usage;
}

const isLaw = (name: string): name is LawId => (lawIds as readonly string[]).includes(name);
for (const name of positionals)
  if (!isLaw(name)) misused(`There is no law "${name}". There are: ${lawIds.join(', ')}.`);
const laws = positionals.length === 0 ? lawIds : positionals.filter(isLaw);

const known = new Map(rowChoices.map((choice) => [rowId(choice), choice]));
for (const name of values.protection)
  if (!known.has(name))
    misused(`There is no protection "${name}". There are: ${[...known.keys()].join(', ')}.`);
const choices =
  values.protection.length === 0
    ? rowChoices
    : values.protection.flatMap((name) => known.get(name) ?? []);

const powers = values.powers === undefined ? undefined : budgetOf(values.powers);
if (values.powers !== undefined && powers === undefined) {
  const letters = content.powers.map(({ letter, name }) => `${letter} (${name.en})`).join(', ');
  misused(`"${values.powers}" is no set of powers. Powers, each at most once: ${letters}.`);
}

const lifetimeDays = Number(values.lifetime);
if (!Number.isInteger(lifetimeDays) || lifetimeDays < 1 || lifetimeDays > 36_500) {
  misused(`"${values.lifetime}" is no lifetime: a whole number of days, 1 to 36500.`);
  process.exit();
}

const found: RowFindings[] = [];
for (const choice of choices) {
  const row = makeRow(choice, { lifetimeSeconds: lifetimeDays * daySeconds });
  if (isTooLarge(row)) {
    misused(
      `${row.id} with a lifetime of ${lifetimeDays} days is too large to explore: up to ${statesAtMost(row)} memories, and there is room for ${statesMost}. Choose a shorter lifetime.`,
    );
    continue;
  }
  found.push(findingsOf(row, laws));
}

const second = values.spin ? askSpin() : undefined;

if (values.scenario) printScenario();
else if (values.json) console.log(JSON.stringify(resultsOf(found, lifetimeDays)));
else {
  for (const line of tableOf(found, powers)) console.log(line);
  const seconds = ((performance.now() - startedMilliseconds) / 1000).toFixed(1);
  const { states, transitions, laws: count, hold, broken } = counted(found);
  console.log(`${states} memories, ${transitions} days played, ${seconds} s`);
  const differ = values.spin ? second?.differ : differFromSite();
  console.log(
    [
      `${count} laws, ${hold} hold, ${broken} broken`,
      ...(differ === undefined ? [] : [`${differ} differ`]),
    ].join(', '),
  );
}
const isWhole =
  positionals.length === 0 &&
  values.protection.length === 0 &&
  lifetimeDays === content.lifetimeDays &&
  process.exitCode !== exitCode.usage;
if (values.write && !isWhole) misused('Nothing is written: the site reads the whole table only.');
else if (values.write) {
  const file = new URL('../content/laws/results.json', import.meta.url);
  writeFileSync(file, fileOf(resultsOf(found, lifetimeDays)));
}
if (second !== undefined && second.differ > 0) process.exitCode ??= exitCode.finding;
if (found.some(({ reversals = [] }) => reversals.length > 0)) process.exitCode = exitCode.finding;

/** How many cells the site tells otherwise; undefined where that says nothing. */
function differFromSite(): number | undefined {
  // What is about to be written is not held against what it replaces, which may have another form.
  if (values.write || lifetimeDays !== content.lifetimeDays) return undefined;
  const kept = contentOfBuild('laws/results.json', lawResultsSchema).findings;
  return resultsOf(found, lifetimeDays)
    .findings.map(({ law, row, lengths }) => {
      const told = kept.find((each) => each.law === law && each.row === row)?.lengths ?? '';
      return [...lengths].filter((length, budget) => length !== told[budget]).length;
    })
    .reduce((total, count) => total + count, 0);
}

/** Undefined where SPIN judged nothing: then it is not said that nothing differs. */
function askSpin(): { readonly differ: number } | undefined {
  const second = spinCells({
    lifetimeDays,
    laws,
    protections: found.map(({ graph }) => graph.row.id),
  });
  const { cells, faults, states, transitions } = second;
  for (const sentence of faults) console.error(sentence);
  if (faults.length > 0) process.exitCode ??= exitCode.unknown;
  if (cells.length === 0) {
    if (faults.length === 0) console.error('The model for SPIN has none of these laws and rows.');
    return undefined;
  }
  const ofExplorer = found.flatMap(({ findings }) =>
    findings.flatMap((each) => [...plainCells(each)]),
  );
  const differ = [...differences(ofExplorer, cells), ...harmDifferences(harmsOf(found), second)];
  for (const sentence of differ) console.error(sentence);
  console.error(
    `SPIN: ${states} states, ${transitions} transitions, ${cells.length} laws compared`,
  );
  return { differ: differ.length };
}

function printScenario(): void {
  const all = found.flatMap(({ findings }) => findings);
  const [only] = all;
  if (only === undefined || all.length > 1 || powers === undefined)
    return misused('A scenario is of one law, one protection and one set of powers.');
  const broken = only.cells[powers]?.broken;
  if (broken === undefined)
    return misused(`${only.law} holds for ${only.row.id} against ${values.powers}.`);
  console.log(JSON.stringify(scenarioOf(only.row, broken), null, 1));
}
