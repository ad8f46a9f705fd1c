/**
 * `npm run monitoring`: the command line as a check of a real Icinga 2, scraped by a real Prometheus, and in
 * renewals with real ACME clients and pebble, past a Postfix that sends with DANE. Their Debian packages are named where they are missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../tests/testbed/programs.ts';

/** What is run → the Debian package that has it. */
const packages = {
  negate: 'monitoring-plugins-basic',
  icinga2: 'icinga2-bin',
  prometheus: 'prometheus',
  pebble: 'pebble',
  certbot: 'certbot',
  lego: 'lego',
} as const;

const isThere = (program: string): boolean =>
  findProgram(program) !== undefined || existsSync(`/usr/lib/nagios/plugins/${program}`);
const missing = Object.entries(packages).flatMap(([program, name]) =>
  isThere(program) ? [] : [name],
);
if (missing.length > 0)
  console.log(
    `Left out without ${missing.join(', ')}. On Debian, as root: RUNLEVEL=1 apt-get install --no-install-recommends ${missing.join(' ')}`,
  );
const { status } = spawnSync(
  'node_modules/.bin/vitest',
  ['run', '--project', 'monitoring', ...process.argv.slice(2)],
  { stdio: 'inherit', env: { ...process.env, MONITORING: '1' } },
);
process.exitCode = status ?? 1;
