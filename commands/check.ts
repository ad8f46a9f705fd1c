/** `npm run check`: types, lint, what nothing uses, and format, without building or testing. */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(
  process.execPath,
  ['commands/stages.ts', '--only', 'types,lint,unused,format'],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
