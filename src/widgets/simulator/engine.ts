/**
 * Senders, world and the picture of a trace together, and the reading of addresses: loaded at the
 * first change or step, or when the address asks for a state.
 */
export { sentenceOf } from '../../view/trace/sentence.ts';
export { settle } from '../../view/simulator/knob-groups.ts';
export { fromQuery } from '../../view/simulator/link.ts';
export { simulate } from '../../view/simulator/simulate.ts';
export { default as Trace } from './Trace.svelte';
