/** `npm run check`: types, lint and format, without building or testing. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['commands/stages.ts', '--only', 'types,lint,format'],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
