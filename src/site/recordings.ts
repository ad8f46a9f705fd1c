/**
 * The run that the check shows before anybody has pressed its button, and that a pinned check keeps:
 * the answers of the test bed for a made-up municipality, exactly as a link with answers carries them.
 */
import { readFileSync } from 'node:fs';
import { parseRecording } from '../core/check/recording.ts';
import type { Report } from '../core/check/report.ts';
import { reportOfRecording } from '../world/recorded.ts';

const file = 'content/recordings/gemeente-zilverdam.test.json';

export interface RecordedRun {
  /** As `formatRecording` wrote it. */
  readonly text: string;
  readonly report: Report;
}

/** Ends the build where the file is no recording. */
export function recordedRun(): RecordedRun {
  const text = readFileSync(file, 'utf8');
  const recording = parseRecording(text);
  if (recording === undefined) throw new Error(`${file}: no recording`);
  return { text, report: reportOfRecording(recording) };
}
