/**
 * Recorded worlds: the answers a check rests on, kept as text or in a link and read again. A recording has the answers
 * and no proof; what is proved again is in `dnssec`, as `validateProof`.
 */
export {
  formatRecording,
  parseRecording,
  recordingOf,
  type Recording,
} from '../core/check/recording.ts';
export type { Report } from '../core/check/report.ts';
export { verdictOf, type Verdict } from '../core/check/verdict.ts';
export {
  packRecording,
  recordedWorld,
  reportOfRecording,
  unpackRecording,
} from '../world/recorded.ts';
