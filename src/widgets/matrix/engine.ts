/** Senders and world together: loaded when a receiver other than the page's own is asked for. */
export { outcomeOfKnobs } from '../../world/simulate-knobs.ts';
export { outcomeRows } from './outcomes.ts';
