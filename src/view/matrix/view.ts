/** The threat matrix as rows of cells, each computed by the core and each a link to its trace. */
import { type Outcome, verdicts } from '../../core/verdict.ts';
import type { Protection } from '../../core/sender/sender.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';
import { safetyOf } from '../stage/signs.ts';
import { gapOf, type Gap } from '../verdict.ts';
import {
  cellKnobs,
  linkOf,
  situationGrid,
  type Attacker,
  type History,
  type MatrixProtection,
  type NamedGrid,
  type Situation,
} from './axes.ts';
import { outcomeAt, type Outcomes } from './outcomes.ts';

export interface Cell extends Outcome {
  readonly protection: MatrixProtection;
  readonly gap: Gap;
  /** Where the simulator shows how it came to this. */
  readonly href: string;
}

/** One attacker against every protection. */
export interface MatrixRow {
  readonly attacker: Attacker['id'];
  readonly cells: readonly Cell[];
}

export interface Matrix {
  readonly history: History;
  readonly protections: readonly MatrixProtection[];
  readonly rows: readonly MatrixRow[];
}

/** One history of a grid; `simulator` is the path of the simulator's page. */
export function matrixOf(
  outcomes: Outcomes,
  grid: NamedGrid,
  history: History,
  receiver: Knobs,
  simulator: string,
): Matrix {
  const { attackers, protections } = grid;
  const start = grid.histories.indexOf(history) * attackers.length;
  return {
    history,
    protections,
    rows: attackers.map((attacker, row) => ({
      attacker: attacker.id,
      cells: protections.map((protection, column) => {
        const outcome = outcomeAt(outcomes, (start + row) * protections.length + column);
        const href = linkOf(cellKnobs(receiver, protection, attacker, history), simulator);
        return { protection, ...outcome, gap: gapOf(outcome), href };
      }),
    })),
  };
}

/** A situation's row, and the sender that it is told of. */
export interface SituationRow {
  readonly title: string;
  readonly own: Protection;
  readonly history: History;
  readonly cells: readonly Cell[];
}

export function situationRowOf(
  situation: Situation,
  outcomes: Outcomes,
  simulator: string,
): SituationRow {
  const settings = situation.knobs;
  const { history, protection: own } = settings;
  const grid = situationGrid(settings);
  const cells = matrixOf(outcomes, grid, history, settings, simulator).rows[0]?.cells ?? [];
  return { title: situation.title, own, history, cells };
}

/** How many cells in which the sender believes itself protected and is not. */
const falseIn = (cells: readonly Cell[]): number =>
  cells.filter(({ gap }) => gap === 'false-security').length;

/** Counts a matrix for its sentences; verdicts in the fixed order, without the empty ones. */
export function readingOf(matrix: Matrix) {
  const all = matrix.rows.flatMap(({ cells }) => cells);
  return {
    cells: all.length,
    false: falseIn(all),
    columns: matrix.protections.map((protection) => {
      const cells = all.filter((cell) => cell.protection === protection);
      return {
        protection,
        counts: verdicts
          .map(
            (verdict) =>
              [verdict, cells.filter((cell) => cell.verdict === verdict).length] as const,
          )
          .filter(([, count]) => count > 0),
        /** In which the attacker gets the message, or reads it. */
        exposed: cells.filter(({ verdict }) => safetyOf[verdict] === 'unsafe').length,
        false: falseIn(cells),
      };
    }),
  };
}
