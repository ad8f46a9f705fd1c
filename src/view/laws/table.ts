/**
 * What `npm run laws` found, as cells: for each law and each row of the table a word and its ground. Nothing is
 * judged here: every word follows from the minimal sets of powers on file.
 */
import { parseKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import type { Believed, End, LawId } from '../../world/laws/law.ts';
import type { PlanId } from '../../world/laws/plans.ts';
import { budgetOf, powers } from '../../world/laws/powers.ts';
import {
  protectionIds,
  protectionOf,
  type ProtectionId,
  type Scope,
} from '../../world/laws/rows.ts';
import type { MessageKey } from '../messages/message-key.ts';
import type { Say } from '../messages/say.ts';
import { linkOf } from '../matrix/axes.ts';
import type { Ending } from '../stage/signs.ts';

export type PowerId = (typeof powers)[number]['id'];

export interface Day {
  readonly acts: readonly string[];
  readonly end: End;
  readonly belief: Believed;
  readonly isCounted: boolean;
}
export interface Weakest {
  /** Letters, in the order of the powers. */
  readonly powers: string;
  readonly start: 'nothing' | 'known';
  readonly days: readonly Day[];
  readonly knobs?: Readonly<Record<string, string>> | undefined;
}
export interface Finding {
  readonly law: LawId;
  readonly row: string;
  readonly lengths: string;
  readonly weakest: readonly Weakest[];
}
export interface ResultRow {
  readonly id: string;
  readonly protection: ProtectionId;
  readonly scope: Scope;
  readonly profile: string;
  /** How mail arrives on a day without attacker. */
  readonly quiet: End;
}
export interface Harmed {
  readonly plan: PlanId;
  readonly end: End;
}
/** The part of `content/laws/results.json` that the page reads. */
export interface Results {
  readonly lifetimeDays: number;
  readonly rows: readonly ResultRow[];
  readonly findings: readonly Finding[];
  readonly harms: readonly {
    readonly row: string;
    readonly powers: string;
    readonly days: number | 'endless';
  }[];
  readonly ceilings: readonly { readonly row: string; readonly days: number }[];
  readonly plans: readonly { readonly row: string; readonly harmed: Harmed | null }[];
  readonly reversals: readonly { readonly row: string }[];
}

/** The sign of the stage for each end. */
export const endingOf: Readonly<Record<End, Ending>> = {
  proven: 'delivered-proven',
  encrypted: 'delivered-unproven',
  readable: 'delivered-readable',
  attacker: 'delivered-to-attacker',
  waits: 'waits',
  stuck: 'stuck',
};

export const protectionWord = (protection: ProtectionId) =>
  `matrix.protection.${protectionOf[protection]}` as const satisfies MessageKey;

/** All of them together: `be on the line + block answers`. */
export const setWords = (set: readonly PowerId[], say: Say): string =>
  set.map((id) => say(`laws.power.${id}`)).join(' + ');

/**
 * What nobody has by standing in the right place: a wrongly issued certificate or a stolen key. Whether a law that breaks
 * “holds as long as” or “does not hold” depends on this division, which is this site's, and which the page says.
 */
const obtained: readonly PowerId[] = [
  'host-certificate',
  'policy-certificate',
  'server-key',
  'zone-key',
];

/**
 * `always`: nobody breaks it. `while`: an attacker who breaks it needs one of `powers`, all certificates or keys.
 * `never`: each of `sets` is enough, without any certificate or key. `none`: the law does not apply.
 */
export type Cell =
  | { readonly kind: 'always' }
  | { readonly kind: 'while'; readonly powers: readonly PowerId[] }
  | {
      readonly kind: 'never';
      readonly sets: readonly (readonly PowerId[])[];
      /** Up to and including the first one on which the law is broken. */
      readonly days: number;
    }
  | { readonly kind: 'harmed'; readonly plan: PlanId }
  | { readonly kind: 'none' };

export const powersOf = (letters: string): readonly PowerId[] =>
  powers.filter(({ letter }) => letters.includes(letter)).map(({ id }) => id);

export function cellOf(weakest: readonly Weakest[]): Cell {
  if (weakest.length === 0) return { kind: 'always' };
  const sets = weakest.map((each) => ({ ids: powersOf(each.powers), days: each.days.length }));
  const easy = sets.filter(({ ids }) => !ids.some((id) => obtained.includes(id)));
  if (easy.length > 0)
    return {
      kind: 'never',
      sets: easy.map(({ ids }) => ids),
      days: Math.min(...easy.map(({ days }) => days)),
    };
  const needed = new Set(sets.flatMap(({ ids }) => ids));
  return { kind: 'while', powers: obtained.filter((id) => needed.has(id)) };
}

/** One law in one row; `monotone` and `no-self-harm` have their own parts of the results. */
export function cellIn(results: Results, law: LawId, row: string): Cell {
  if (law === 'monotone')
    return results.reversals.some((each) => each.row === row)
      ? { kind: 'never', sets: [], days: 0 }
      : { kind: 'always' };
  if (law === 'no-self-harm') {
    const plan = results.plans.find((each) => each.row === row);
    if (plan === undefined) return { kind: 'none' };
    return plan.harmed ? { kind: 'harmed', plan: plan.harmed.plan } : { kind: 'always' };
  }
  const finding = findingIn(results, law, row);
  return finding ? cellOf(finding.weakest) : { kind: 'none' };
}

export const findingIn = (results: Results, law: LawId, row: string): Finding | undefined =>
  results.findings.find((each) => each.law === law && each.row === row);

/** The senders that follow the text, at one domain with one mail server: the columns of the first table. */
export const columnsOf = (results: Results): readonly ResultRow[] =>
  results.rows.filter(({ id }) => (protectionIds as readonly string[]).includes(id));

/** The law of the headline first; `monotone` is a check on ourselves and is told below the table. */
export const lawOrder: readonly LawId[] = [
  'heals',
  'secrecy',
  'known-is-safe',
  'while-remembered',
  'no-illusion',
  'within',
  'visible',
  'beside-each-other',
  'no-self-harm',
];

/** The name of a counterexample's place on the page. */
export const anchorOf = (law: LawId, row: string): string => `${law}-${row.replace('/', '-')}`;

/** How many laws of a column break without a certificate or key, of those that apply. */
export function tallyOf(results: Results, row: string) {
  const kinds = lawOrder.map((law) => cellIn(results, law, row).kind);
  return {
    broken: kinds.filter((kind) => kind === 'never' || kind === 'harmed').length,
    of: kinds.filter((kind) => kind !== 'none').length,
  };
}

/** Other domains and senders as observed: only where a cell differs from that of the same protection above. */
export function departuresOf(results: Results) {
  const columns = columnsOf(results);
  return results.rows
    .filter((row) => !columns.includes(row))
    .map((row) => ({
      row,
      cells: lawOrder
        .filter((law) => findingIn(results, law, row.id) !== undefined)
        .map((law) => ({ law, cell: cellIn(results, law, row.id) }))
        .filter(
          ({ law, cell }) =>
            JSON.stringify(cell) !== JSON.stringify(cellIn(results, law, row.protection)),
        ),
    }));
}

/** Days with the same in them, told once: `from` and `to` count from 0. */
export interface DaySpan extends Day {
  readonly from: number;
  readonly to: number;
}

export function spansOf(days: readonly Day[]): readonly DaySpan[] {
  const spans: DaySpan[] = [];
  for (const [index, day] of days.entries()) {
    const last = spans.at(-1);
    const isSame =
      last !== undefined &&
      last.acts.join() === day.acts.join() &&
      last.end === day.end &&
      last.belief === day.belief &&
      last.isCounted === day.isCounted;
    if (isSame) spans[spans.length - 1] = { ...last, to: index };
    else spans.push({ ...day, from: index, to: index });
  }
  return spans;
}

/** The settings of the simulator that end like the last day. */
export function knobsOfWeakest({ knobs }: Weakest): Knobs {
  if (knobs === undefined) throw new Error('results.json: a counterexample without settings');
  const read = parseKnobs(Object.entries(knobs));
  if (read.problems.length > 0)
    throw new Error(`results.json: no settings ${JSON.stringify(read.problems)}`);
  return read.knobs;
}

/** The same as a query. */
export const queryOf = (weakest: Weakest): string => linkOf(knobsOfWeakest(weakest), '');

/** The days that break a law with these powers; 0: it holds. */
export function lengthWith({ lengths }: Finding, letters: string): number {
  const budget = budgetOf(letters);
  if (budget === undefined) throw new Error(`no set of powers: ${letters}`);
  return Number.parseInt(lengths.charAt(budget), 36);
}
