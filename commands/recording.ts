/**
 * `node commands/recording.ts`: checks a made-up municipality against the really signed zones of the test
 * bed, and keeps the answers and their proof in `content/recordings/`: what the check page shows before
 * its button is pressed, what a pinned check keeps, and two figures.
 */
import { writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { inspect } from '../src/core/check/inspect.ts';
import { formatRecording, recordingOf } from '../src/core/check/recording.ts';
import { nameOf } from '../src/core/dns/name.ts';
import { formatProof, recordedDomain, recordingFiles } from '../src/site/recordings.ts';
import { proofOf } from '../src/view/check/chain-proof.ts';
import { parseAnchors } from '../src/world/live/anchor.ts';
import { openLive } from '../src/world/live/live.ts';
import { runLive } from '../src/world/run.ts';
import { startTestbed } from '../tests/testbed/testbed.ts';

const bed = await startTestbed();
try {
  const anchors = parseAnchors(bed.anchors.join('\n'));
  if (!anchors.ok) throw new Error('the test bed gave no anchors');
  const live = openLive({ address: bed.doh, anchors: anchors.value });
  const { result: report } = await runLive(inspect(nameOf(recordedDomain)), live);
  const keep = async (file: string, json: string) =>
    writeFileSync(file, await format(json, { parser: 'json', printWidth: 100 }));
  await keep(recordingFiles.answers, formatRecording(recordingOf(report)));
  await keep(recordingFiles.proof, formatProof(report.checkedAtSeconds, proofOf(report)));
  console.log(`Kept in ${recordingFiles.answers} and ${recordingFiles.proof}.`);
} finally {
  await bed.stop();
}
