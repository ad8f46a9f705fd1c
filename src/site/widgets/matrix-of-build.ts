/** What is computed about the matrix when the site is built: once, for all pages that show it. */
import { everyRow } from '../../view/matrix/enumeration.ts';
import { spaceDepth, spaceOf } from '../../view/matrix/space.ts';
import { keptForBuild } from '../content.ts';
import { outcomesOf } from '../../view/matrix/outcomes.ts';
import {
  fullGrid,
  homeAttackers,
  homeProtections,
  protections,
  type Attacker,
  type History,
  type MatrixProtection,
} from '../../view/matrix/axes.ts';
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import { matrixOf, readingOf } from '../../view/matrix/view.ts';

/** The default receiver. */
export const matrixOfBuild = keptForBuild(() => outcomesOf(outcomeOfKnobs, defaultKnobs, fullGrid));

/** Every combination. */
export const enumerationOfBuild = keptForBuild(() => [...everyRow(outcomeOfKnobs)].join(''));

/** The same, by the choices that decide. */
export const spacesOfBuild = keptForBuild(() =>
  protections.map((protection) => ({
    protection,
    space: spaceOf(enumerationOfBuild(), protection, spaceDepth),
  })),
);

/** The choices above the figure of the comparison: whom the sender writes to, and what the recipient has. */
export const figureHistories = ['first-contact', 'known'] as const satisfies readonly History[];
const figureReceivers = {
  all: {},
  'mta-sts': { zone: 'unsigned', tlsa: 'none', sts2016: 'no-policy' },
  dane: { sts: 'no-policy', sts2016: 'no-policy' },
} as const satisfies Readonly<Record<string, Partial<Knobs>>>;
type FigureReceiver = keyof typeof figureReceivers;
export const figureReceiverIds = Object.keys(figureReceivers) as readonly FigureReceiver[];

/** The matrix of the attackers of the home page, or of all of them, for one pair of choices. */
export function figureMatrix(
  history: History,
  receiver: FigureReceiver,
  simulator: string,
  attackers: readonly Attacker[] = homeAttackers,
) {
  const knobs: Knobs = { ...defaultKnobs, ...figureReceivers[receiver] };
  const grid = { histories: [history], attackers, protections: homeProtections };
  return matrixOf(outcomesOf(outcomeOfKnobs, knobs, grid), grid, history, knobs, simulator);
}

/** Of how many attackers each protection lets the message be read or taken. */
export const exposedBy = (
  matrix: ReturnType<typeof figureMatrix>,
): ReadonlyMap<MatrixProtection, number> =>
  new Map(readingOf(matrix).columns.map(({ protection, exposed }) => [protection, exposed]));
