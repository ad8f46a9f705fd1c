/** What a value of a knob is called. */
import type { KnobName } from '../../world/simulated/knobs.ts';
import type { MessageKey } from '../messages/message-key.ts';

/** The words of a value. A knob of yes or no is a box to tick, and has none. */
export const knobValueKey = (name: KnobName, value: string): MessageKey =>
  `knob.${name}.${value}` as MessageKey;
