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

/** What the tests can do without; they say what they then leave out. 80 MB to fetch, half a minute. */
const wished = { 'firefox-esr': 'firefox-esr' };

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
const missing = (of = packages) => [
  ...new Set(
    Object.entries(of)
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

const canInstall = process.getuid?.() === 0 && isThere('apt-get');
// RUNLEVEL=1 keeps the installer from starting servers: the tests start their own.
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
const apt = (...rest) => run('apt-get', rest, { env });
const aptInstall = (wanted) => apt('install', '-y', '-q', '--no-install-recommends', ...wanted);

async function install(wanted) {
  const line = `apt-get install --no-install-recommends ${wanted.join(' ')}`;
  if (!canInstall) {
    if (canDoWithout(wanted)) return;
    stop(`The tests need ${wanted.join(', ')}. On Debian, as root: ${line}`);
  }
  console.log(`Installing for the tests: ${wanted.join(', ')}`);
  await apt('update', '-q');
  await aptInstall(wanted);
  const left = missing();
  if (left.length > 0 && !canDoWithout(left))
    stop(`Could not install ${left.join(', ')}. By hand: ${line}`);
}
/** A call of its own: a package that a distribution does not have must not keep the others away. */
async function installWished(wanted) {
  if (!canInstall) return;
  console.log(`Installing for more tests: ${wanted.join(', ')}`);
  await apt('update', '-q');
  await aptInstall(wanted);
}
if (missing().length > 0) await install(missing());
if (!process.env.FIREFOX && missing(wished).length > 0) await installWished(missing(wished));

await ensureInstalled();
process.exitCode = await run(modernNode(), ['commands/stages.ts', ...process.argv.slice(2)], {
  env: environment(),
});
