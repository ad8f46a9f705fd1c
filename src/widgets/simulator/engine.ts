/** Senders and world together: loaded on the first change, or when the address asks for a state. */
export { simulate } from './simulate.ts';
