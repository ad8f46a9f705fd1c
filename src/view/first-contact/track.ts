/** What first contact shows: three tracks of messages over days, and what the sender remembered. */
import type { Outcome } from '../../core/verdict.ts';
import type { Ending } from '../stage/signs.ts';

export const trackIds = ['smtp-sts-2016', 'mta-sts', 'dane'] as const;
export type TrackId = (typeof trackIds)[number];

export interface Message extends Outcome {
  /** Days since the first message. */
  readonly day: number;
  /** The verdict; or that a planted policy alone holds back real mail. */
  readonly ending: Ending;
}

/** A stretch of time in which the sender held a policy in memory. */
export interface MemorySpan {
  readonly from: number;
  readonly to: number;
  readonly forged: boolean;
}

export interface Track {
  readonly id: TrackId;
  readonly messages: readonly Message[];
  readonly memory: readonly MemorySpan[];
}
