/** The simulator in one call: knobs in, a run out. */
import type { Knobs } from './knobs.ts';
import { scenarioOfKnobs } from './scenario-of-knobs.ts';
import { simulate, type ScenarioRun } from './simulate.ts';

export const simulateKnobs = (knobs: Knobs): ScenarioRun => simulate(scenarioOfKnobs(knobs));
