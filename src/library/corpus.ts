/**
 * The corpus of deliveries: one case, or any world in its format, played again by our sender. The cases themselves are
 * in the package as `corpus/cases.jsonl`.
 */
export { replay, type Replayed } from '../world/simulated/replay.ts';
