/**
 * Senders, world, the drawing and the list of a trace's steps together, and the reading of addresses: loaded at the
 * first change or step, or when the address asks for a state.
 */
export { settle } from '../../view/simulator/knob-groups.ts';
export { fromQuery } from '../../view/simulator/link.ts';
export { readRange } from '../../view/query.ts';
export { simulate } from '../../view/simulator/simulate.ts';
export { default as Rows } from '../trace/StepList.svelte';
export { default as Stage } from '../stage/Stage.svelte';
export { default as Sheet } from '../stage/Sheet.svelte';
export { default as Days } from './Days.svelte';
export { default as MoreChoices } from './MoreChoices.svelte';
export { default as Unlike } from './Unlike.svelte';
export { default as Comparison } from './Comparison.svelte';
export { default as Profiles } from './Profiles.svelte';
export { default as MemoTrack } from './MemoTrack.svelte';
