/**
 * Senders and world together, and the reading of addresses: loaded on the first change, or when the
 * address asks for a state.
 */
export { settle } from './knob-groups.ts';
export { fromQuery } from './link.ts';
export { simulate } from './simulate.ts';
