/**
 * Senders, world and the picture of a trace together, and the reading of addresses: loaded at the
 * first change or step, or when the address asks for a state.
 */
export { sentenceOf } from '../parts/sentence.ts';
export { settle } from './knob-groups.ts';
export { fromQuery } from './link.ts';
export { simulate } from './simulate.ts';
export { default as Trace } from './Trace.svelte';
