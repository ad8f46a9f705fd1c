/**
 * The run that the check shows before anybody has pressed its button, and that a pinned check keeps:
 * the answers of the test bed for a made-up municipality, exactly as a link with answers carries them;
 * and beside it the proof that the same run left behind. Both come from `node commands/recording.ts`.
 */
import { readFileSync } from 'node:fs';
import { parseRecording } from '../core/check/recording.ts';
import type { ChainProof } from '../view/check/chain-proof.ts';
import { reportOfRecording } from '../world/recorded.ts';

export const recordedDomain = 'gemeente-zilverdam.test';
const folder = 'content/recordings';
export const recordingFiles = {
  answers: `${folder}/${recordedDomain}.json`,
  proof: `${folder}/${recordedDomain}.proof.json`,
} as const;

/** The recording as `formatRecording` wrote it, and its report. Ends the build where the file is no recording. */
export function recordedRun() {
  const text = readFileSync(recordingFiles.answers, 'utf8');
  const recording = parseRecording(text);
  if (recording === undefined) throw new Error(`${recordingFiles.answers}: no recording`);
  return { text, report: reportOfRecording(recording) };
}

export const formatProof = (atSeconds: number, proof: ChainProof): string =>
  JSON.stringify({ at: atSeconds, proof });

/** The proof of the same run. Ends the build where it is of another, or proves something else. */
export function recordedProof(): ChainProof {
  const { report } = recordedRun();
  const { at, proof } = JSON.parse(readFileSync(recordingFiles.proof, 'utf8')) as {
    readonly at: number;
    readonly proof: ChainProof;
  };
  const { security } = proof.links.find(
    ({ name, type }) => name === report.domain && type === 'MX',
  ) ?? { security: undefined };
  if (at !== report.checkedAtSeconds || security !== report.mxLookup.security)
    throw new Error(`${recordingFiles.proof}: not the proof of ${recordingFiles.answers}`);
  return proof;
}
