/** What is computed about the matrix when the site is built: once, for all pages that show it. */
import { everyRow } from '../../view/matrix/enumeration.ts';
import { outcomesOf, type Outcomes } from '../../view/matrix/outcomes.ts';
import { fullGrid } from '../../view/matrix/axes.ts';
import { defaultKnobs } from '../../world/simulated/knobs.ts';
import { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';

let matrix: Outcomes | undefined;
/** The default receiver. */
export const matrixOfBuild = (): Outcomes =>
  (matrix ??= outcomesOf(outcomeOfKnobs, defaultKnobs, fullGrid));

let enumeration: Outcomes | undefined;
/** Every combination. */
export const enumerationOfBuild = (): Outcomes =>
  (enumeration ??= [...everyRow(outcomeOfKnobs)].join(''));
