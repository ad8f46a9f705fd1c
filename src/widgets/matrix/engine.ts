/** Senders and world together: loaded where no worker may be started. */
export { outcomeOfKnobs } from '../../world/simulate-knobs.ts';
export { everyRow } from './enumeration.ts';
export { outcomeRows } from './outcomes.ts';
