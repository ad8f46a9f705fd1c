/** Senders, world and picture: loaded at the first attack. */
import { sceneOf } from '../../view/stage/scene.ts';
import type { Scene } from '../../view/stage/model.ts';
import { gapOf } from '../../view/verdict.ts';
import type { Knobs } from '../../world/simulated/knobs.ts';
import { simulateKnobs } from '../../world/simulated/scenario-of-knobs.ts';

export { default as Stage } from '../stage/Stage.svelte';

export function sceneAt(knobs: Knobs): Scene {
  const run = simulateKnobs(knobs);
  return sceneOf(run, gapOf(run.outcome) === 'false-security');
}
