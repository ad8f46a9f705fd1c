/** The threat matrix as rows of cells, each computed by the core and each a link to its trace. */
import type { Protection } from '../../core/sender/sender.ts';
import type { Outcome, Verdict } from '../../core/verdict.ts';
import type { Knobs } from '../../world/knobs.ts';
import { gapOf, verdicts, type Gap } from '../parts/verdict.ts';
import {
  attackers,
  cellKnobs,
  defaultKnobs,
  homeAttackers,
  homeProtections,
  protections,
  type AttackerColumn,
  type History,
} from './axes.ts';

export interface Cell extends Outcome {
  readonly protection: Protection;
  readonly knobs: Knobs;
  readonly gap: Gap;
}

/** One attacker against every protection. */
export interface MatrixRow {
  readonly attacker: string;
  readonly cells: readonly Cell[];
}

export interface Matrix {
  readonly history: History;
  readonly protections: readonly Protection[];
  readonly rows: readonly MatrixRow[];
}

/** How a delivery with these settings ends. */
export type OutcomeOf = (knobs: Knobs) => Outcome;

export const matrixOf = (
  outcomeOf: OutcomeOf,
  receiver: Knobs,
  history: History,
  columns: readonly Protection[] = protections,
  rows: readonly AttackerColumn[] = attackers,
): Matrix => ({
  history,
  protections: columns,
  rows: rows.map((attacker) => ({
    attacker: attacker.id,
    cells: columns.map((protection) => {
      const knobs = cellKnobs(receiver, protection, attacker, history);
      const { verdict, belief } = outcomeOf(knobs);
      return { protection, knobs, verdict, belief, gap: gapOf({ verdict, belief }) };
    }),
  })),
});

/** Four protections, five attackers, first contact: the picture of the home page. */
export const homeMatrix = (outcomeOf: OutcomeOf): Matrix =>
  matrixOf(outcomeOf, defaultKnobs, 'first-contact', homeProtections, homeAttackers);

/** How one protection fares: its verdicts, counted, in the fixed order, without the empty ones. */
export function countOf(matrix: Matrix, protection: Protection): (readonly [Verdict, number])[] {
  const cells = matrix.rows.flatMap(({ cells }) =>
    cells.filter((cell) => cell.protection === protection),
  );
  return verdicts
    .map((verdict) => [verdict, cells.filter((cell) => cell.verdict === verdict).length] as const)
    .filter(([, count]) => count > 0);
}
