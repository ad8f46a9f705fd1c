/** The simulator in one call: knobs in, a run out, or only how it ends. */
import type { Outcome } from '../../core/verdict.ts';
import type { Knobs } from './knobs.ts';
import { scenarioOfKnobs } from './scenario-of-knobs.ts';
import { outcomeOfScenario, simulate, type ScenarioRun } from './simulate.ts';

export const simulateKnobs = (knobs: Knobs): ScenarioRun => simulate(scenarioOfKnobs(knobs));

export const outcomeOfKnobs = (knobs: Knobs): Outcome => outcomeOfScenario(scenarioOfKnobs(knobs));
