/**
 * The second prover: `laws/mail.pml` under SPIN, written from the texts of the standards and not from our code.
 * For each protection `spin -a` writes a C program from the model and `gcc` compiles it; that program walks through all
 * states of all 128 sets of powers at once.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LawResults } from '../../src/site/schemas/laws.ts';
import type { LawId } from '../../src/world/laws/law.ts';
import { budgets, isWithin, lettersOf } from '../../src/world/laws/powers.ts';
import type { PlainCell } from '../../src/world/laws/run.ts';
import { findProgram } from '../../tests/testbed/programs.ts';

/** In the order of the numbers that the model prints. */
const lawsOfModel = [
  'secrecy',
  'known-is-safe',
  'while-remembered',
  'no-illusion',
  'heals',
  'within',
] as const satisfies readonly LawId[];
export const spinLaws: readonly LawId[] = [...lawsOfModel, 'beside-each-other'];

/** What the sender honours, as definitions for the model. */
const definitions = {
  starttls: [],
  'sts-2016': ['DRAFT'],
  'mta-sts': ['STS'],
  'mta-sts/daily-refresh': ['STS', 'REFRESH'],
  dane: ['DANE', 'SIGNED'],
  'dane/unsigned-domain': ['DANE', 'SIGNED_HOST'],
  'dane/unsigned-host': ['DANE', 'SIGNED_DOMAIN'],
  both: ['DANE', 'STS', 'SIGNED'],
} as const;
type SpinRow = keyof typeof definitions;
export const spinRows = Object.keys(definitions) as readonly SpinRow[];

/** `starttls` and `dane` remember nothing; DANE, which needs nothing to remember, is held to `known-is-safe` too. */
const withoutMemory: readonly LawId[] = ['while-remembered', 'within'];
const notOf: Readonly<Partial<Record<SpinRow, readonly LawId[]>>> = {
  starttls: ['known-is-safe', ...withoutMemory],
  dane: withoutMemory,
  'dane/unsigned-domain': withoutMemory,
  'dane/unsigned-host': withoutMemory,
};
const applies = (law: LawId, row: SpinRow): boolean => notOf[row]?.includes(law) !== true;

export interface SpinOptions {
  readonly lifetimeDays: number;
  /** Others than `spinRows` are left to the explorer. */
  readonly protections?: readonly string[];
  readonly laws?: readonly LawId[];
  /** The text of the model, where it is not `laws/mail.pml`. */
  readonly model?: string;
  /** Where the two programs are; by default looked for in the `PATH`. */
  readonly programs?: { readonly spin: string | undefined; readonly gcc: string | undefined };
}

/** For how many days in a row mail suffers at most after he left; `endless`: for longer than the lifetime. */
type PlainHarm = LawResults['harms'][number];

export interface SpinCells {
  readonly cells: readonly PlainCell[];
  /** Of the sets of powers that break `heals`, where that law was asked. */
  readonly harms: readonly PlainHarm[];
  /** Why a row has no cells, or none of them, each a sentence. */
  readonly faults: readonly string[];
  /** States that were stored, and transitions between them. */
  readonly states: number;
  readonly transitions: number;
}

/** Days per law and budget; absent: the law holds. */
interface Walk {
  readonly days: ReadonlyMap<string, number>;
  /** Most days of harm in a row without him, per set of powers. */
  readonly harmedDays: ReadonlyMap<number, number>;
  readonly states: number;
  readonly transitions: number;
}

export const hasSpin = (): boolean =>
  findProgram('spin') !== undefined && findProgram('gcc') !== undefined;
export const withoutSpin =
  'No SPIN with gcc on this machine (Debian: spin and gcc): the second prover of the laws was left out.';

const modelFile = new URL('../../laws/mail.pml', import.meta.url);
const minutes = 5;
/** A day is one byte in the model, and days from the horizon on count as one. */
const lifetimeMostDays = 200;

/** The first lines of what a program said, for a sentence. */
const said = (...texts: readonly (string | null)[]): string =>
  texts
    .flatMap((text) => (text ?? '').split('\n'))
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join(' / ');

/** Compiles the model for these definitions and lets it walk; a string says why it could not. */
function walk(
  defined: readonly string[],
  { lifetimeDays }: SpinOptions,
  model: string,
  { spin, gcc }: { readonly spin: string; readonly gcc: string },
): Walk | string {
  const horizon = lifetimeDays + 5;
  const folder = mkdtempSync(join(tmpdir(), 'laws-spin-'));
  const run = (program: string, given: readonly string[]) =>
    spawnSync(program, given, {
      cwd: folder,
      encoding: 'utf8',
      timeout: minutes * 60_000,
      maxBuffer: 2 ** 26,
    });
  try {
    const names = [...defined, `LIFETIME=${lifetimeDays}`, `HORIZON=${horizon}`];
    writeFileSync(join(folder, 'mail.pml'), model);
    const made = run(spin, [...names.map((name) => `-D${name}`), '-a', 'mail.pml']);
    if (made.status !== 0) return `SPIN cannot read the model: ${said(made.stdout, made.stderr)}`;
    // With -O2 the compiler takes longer than the walk gains.
    const flags = ['-O1', '-w', '-DSAFETY', '-DNOREDUCE', '-DMEMLIM=1024'];
    const compiled = run(gcc, [...flags, '-o', 'pan', 'pan.c']);
    if (compiled.status !== 0)
      return `gcc failed: ${said(compiled.stderr, compiled.error?.message ?? '')}`;
    const walked = run(join(folder, 'pan'), ['-m1000000', '-n']);
    const counted = /^ *(\d+) states, stored[^]*?^ *(\d+) transitions/m.exec(walked.stdout);
    const isWhole =
      walked.status === 0 &&
      /, errors: 0$/m.test(walked.stdout) &&
      !/max search depth too small|Search not completed|out of memory/.test(walked.stdout);
    if (!isWhole || counted === null)
      return `the walk did not end: ${said(walked.stdout, walked.stderr, walked.error?.message ?? '')}`;
    const days = new Map<string, number>();
    for (const [, law = '', budget = '', day] of walked.stdout.matchAll(
      /^broken (\d+) (\d+) (\d+)$/gm,
    )) {
      const cell = `${law} ${budget}`;
      days.set(cell, Math.min(days.get(cell) ?? Infinity, Number(day)));
    }
    // Each set's lines grow, so the last of them is the most.
    const harmed = walked.stdout.matchAll(/^harmed (\d+) (\d+)$/gm);
    const harmedDays = new Map(
      [...harmed].map(([, budget, most]) => [Number(budget), Number(most)] as const),
    );
    if ([...days.values()].some((day) => day >= horizon))
      return `a law is broken only after ${horizon} days or more, which it does not tell apart`;
    return { days, harmedDays, states: Number(counted[1]), transitions: Number(counted[2]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const cellOf = (
  law: LawId,
  protection: string,
  budget: number,
  days: number | undefined,
): PlainCell => ({
  law,
  protection,
  budget: lettersOf(budget),
  ...(days === undefined ? { holds: true } : { holds: false, days }),
});

const dayOf = (walked: Walk, law: LawId, budget: number): number | undefined =>
  walked.days.get(`${(lawsOfModel as readonly LawId[]).indexOf(law)} ${budget}`);

/** The law `beside-each-other`, of what three senders at the same domain showed: with both, and with one. */
function besideEachOther(both: Walk, alone: readonly Walk[]): readonly PlainCell[] {
  const weaker = (['secrecy', 'known-is-safe'] as const).flatMap((law) =>
    budgets.flatMap((budget) => {
      const days = dayOf(both, law, budget);
      const isStopped = alone.some((sender) => dayOf(sender, law, budget) === undefined);
      return days !== undefined && isStopped ? [{ budget, days }] : [];
    }),
  );
  return budgets.map((budget) => {
    const within = weaker.filter((each) => isWithin(each.budget, budget)).map(({ days }) => days);
    const [least] = within.sort((one, other) => one - other);
    return cellOf('beside-each-other', 'both', budget, least);
  });
}

/**
 * What SPIN finds, in the shape of the explorer's `cells()`: length in days. What cannot be found is a fault, and the
 * other rows go on.
 */
export function spinCells(options: SpinOptions): SpinCells {
  const laws = spinLaws.filter((law) => options.laws?.includes(law) !== false);
  const rows = spinRows.filter((row) => options.protections?.includes(row) !== false);
  const none = (sentence: string): SpinCells => ({
    ...{ cells: [], harms: [], faults: [sentence], states: 0, transitions: 0 },
  });
  const { spin, gcc } = options.programs ?? { spin: findProgram('spin'), gcc: findProgram('gcc') };
  if (spin === undefined || gcc === undefined) return none(withoutSpin);
  if (options.lifetimeDays > lifetimeMostDays)
    return none(`The model for SPIN counts to a lifetime of ${lifetimeMostDays} days at most.`);
  const model = options.model ?? readFileSync(modelFile, 'utf8');
  const faults: string[] = [];
  const harms: PlainHarm[] = [];
  let states = 0;
  let transitions = 0;
  const tried = (row: SpinRow, defined: readonly string[]): Walk | undefined => {
    const walked = walk(defined, options, model, { spin, gcc });
    if (typeof walked === 'string') {
      faults.push(`SPIN did not judge ${row}: ${walked}`);
      return undefined;
    }
    states += walked.states;
    transitions += walked.transitions;
    return walked;
  };
  const cells = rows.flatMap((row): readonly PlainCell[] => {
    const walked = tried(row, definitions[row]);
    if (walked === undefined) return [];
    if (laws.includes('heals'))
      for (const [budget, most] of walked.harmedDays)
        harms.push({
          row,
          powers: lettersOf(budget),
          days: most > options.lifetimeDays ? 'endless' : most,
        });
    const found = laws
      .filter((law) => law !== 'beside-each-other' && applies(law, row))
      .flatMap((law) =>
        budgets.map((budget) => cellOf(law, row, budget, dayOf(walked, law, budget))),
      );
    if (row !== 'both' || !laws.includes('beside-each-other')) return found;
    const dane = tried(row, ['DANE', 'SIGNED']);
    const sts = tried(row, ['STS', 'SIGNED']);
    return dane && sts ? [...found, ...besideEachOther(walked, [dane, sts])] : found;
  });
  return { cells, harms, faults, states, transitions };
}

/** `1 day`, `2 days`. */
export const daysOf = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

const keyOf = ({ law, protection, budget }: PlainCell): string => `${law} ${protection} ${budget}`;

const tellCell = (cell: PlainCell | undefined): string =>
  cell === undefined
    ? 'not judged'
    : cell.days === undefined
      ? 'holds'
      : `broken in ${daysOf(cell.days)}`;

/**
 * Where the two provers differ, in verdict or length, each a sentence. Both are asked of the same laws and rows, so a cell that only one
 * of them has is a difference too; a row that SPIN did not judge at all is a fault, and none.
 */
export function differences(
  explorerCells: Iterable<PlainCell>,
  spinCellsFound: Iterable<PlainCell>,
): readonly string[] {
  const spin = new Map([...spinCellsFound].map((cell) => [keyOf(cell), cell]));
  const rows = new Set([...spin.values()].map(({ protection }) => protection));
  const explorer = new Map(
    [...explorerCells]
      .filter(({ law, protection }) => rows.has(protection) && spinLaws.includes(law))
      .map((cell) => [keyOf(cell), cell]),
  );
  return [...new Map([...explorer, ...spin])].flatMap(([key, { law, protection, budget }]) => {
    const [ofExplorer, ofSpin] = [tellCell(explorer.get(key)), tellCell(spin.get(key))];
    return ofExplorer === ofSpin
      ? []
      : [
          `${law} of ${protection} against ${budget || 'nothing'}: explorer ${ofExplorer}, SPIN ${ofSpin}`,
        ];
  });
}

/**
 * Where the two provers differ in how long the harm lasts, for the sets of powers and the rows that the explorer
 * measured and SPIN judged. Each is a sentence.
 */
export function harmDifferences(
  explorerHarms: readonly PlainHarm[],
  { cells, harms }: Pick<SpinCells, 'cells' | 'harms'>,
): readonly string[] {
  const rows = new Set(
    cells.filter(({ law }) => law === 'heals').map(({ protection }) => protection),
  );
  const spin = new Map(harms.map(({ row, powers, days }) => [`${row} ${powers}`, days]));
  return explorerHarms
    .filter(({ row }) => rows.has(row))
    .flatMap(({ row, powers, days }) => {
      const ofSpin = spin.get(`${row} ${powers}`) ?? 0;
      return ofSpin === days
        ? []
        : [
            `harm to ${row} after ${powers} left: explorer ${tellHarm(days)}, SPIN ${tellHarm(ofSpin)}`,
          ];
    });
}

const tellHarm = (days: PlainHarm['days']): string =>
  days === 'endless' ? 'for ever' : daysOf(days);
