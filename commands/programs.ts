/**
 * Before `npm test`: what the tests drive beside Node, being browsers, name servers, a mail server, web
 * servers and a model checker. As root on Debian the missing ones are installed; elsewhere they are named. Why: docs/toolchain.md.
 */
import { spawnSync } from 'node:child_process';
import { findProgram } from '../tests/testbed/programs.ts';

/** Program → the Debian package that has it. */
const packages = {
  'chromium-headless-shell': 'chromium-headless-shell',
  named: 'bind9',
  'dnssec-signzone': 'bind9-utils',
  delv: 'bind9-dnsutils',
  unbound: 'unbound',
  openssl: 'openssl',
  python3: 'python3-minimal',
  postfix: 'postfix',
  nginx: 'nginx-light',
  caddy: 'caddy',
  spin: 'spin',
  gcc: 'gcc',
  ...(process.env['FIREFOX'] ? {} : { 'firefox-esr': 'firefox-esr' }),
};

const missing = (): readonly string[] =>
  Object.entries(packages)
    .filter(([program]) => findProgram(program) === undefined)
    .map(([, name]) => name);

const wished: readonly string[] = ['firefox-esr', 'spin', 'gcc'];

/** Without what is only wished for, the tests say what they leave out; a whole Chromium does what its headless shell does, only slower. */
const canDoWithout = (name: string): boolean =>
  wished.includes(name) || (name === 'chromium-headless-shell' && !!findProgram('chromium'));

function aptGet(...rest: readonly string[]): void {
  // RUNLEVEL=1 keeps the installer from starting servers: the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync('apt-get', rest, { stdio: 'inherit', env });
}

const wanted = missing();
if (wanted.length > 0 && process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
  console.log(`Installing for the tests: ${wanted.join(', ')}`);
  aptGet('update', '-q');
  // A call for each: a package that a distribution does not have must not keep the others away.
  for (const name of wanted) aptGet('install', '-y', '-q', '--no-install-recommends', name);
}
const left = missing().filter((name) => !canDoWithout(name));
if (left.length > 0) {
  const names = left.join(' ');
  console.error(
    `The tests need ${names}. On Debian, as root: apt-get install --no-install-recommends ${names}`,
  );
  console.log('0 passed, 1 failed');
  process.exit(1);
}
