/** Something to say: the key of a message and what it names. */
import type { Args } from './format.ts';

export interface Line {
  readonly key: string;
  readonly args?: Args;
}

/** How a finding is meant; a word always stands beside it. */
export type Tone = 'good' | 'attention' | 'bad' | 'open';
