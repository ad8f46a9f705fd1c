/**
 * `npm test`: everything that must hold, on a machine that may have nothing yet.
 * Installs the locked packages, and the Debian packages that the tests drive when they are missing and
 * this is root; then hands over to `stages.ts` under the Node of the lock. The last line is
 * `N passed, N failed`.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureInstalled, environment, modernNode, run } from './ready.mjs';

/** Program → the Debian package that has it. */
const packages = {
  'chromium-headless-shell': 'chromium-headless-shell',
  named: 'bind9',
  'dnssec-signzone': 'bind9-utils',
  delv: 'bind9-dnsutils',
  unbound: 'unbound',
  openssl: 'openssl',
  postfix: 'postfix',
  nginx: 'nginx-light',
  caddy: 'caddy',
};

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin', '/sbin'];
const isThere = (program) =>
  folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const missing = () => [
  ...new Set(
    Object.entries(packages)
      .filter(([program]) => !isThere(program))
      .map(([, name]) => name),
  ),
];

function stop(sentence) {
  console.error(sentence);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** The whole browser does what its headless shell does, only slower. */
const canDoWithout = (wanted) => wanted.join() === 'chromium-headless-shell' && isThere('chromium');

async function install(wanted) {
  const line = `apt-get install --no-install-recommends ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0 || !isThere('apt-get')) {
    if (canDoWithout(wanted)) return;
    stop(`The tests need ${wanted.join(', ')}. On Debian, as root: ${line}`);
  }
  console.log(`Installing for the tests: ${wanted.join(', ')}`);
  // RUNLEVEL=1 keeps the installer from starting servers: the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted], { env });
  const left = missing();
  if (left.length > 0 && !canDoWithout(left))
    stop(`Could not install ${left.join(', ')}. By hand: ${line}`);
}
if (missing().length > 0) await install(missing());

await ensureInstalled();
process.exitCode = await run(modernNode(), ['commands/stages.ts', ...process.argv.slice(2)], {
  env: environment(),
});
