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
  chromium: 'chromium',
  named: 'bind9',
  'dnssec-signzone': 'bind9-utils',
  delv: 'bind9-dnsutils',
  unbound: 'unbound',
  openssl: 'openssl',
  postfix: 'postfix',
  nginx: 'nginx-light',
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

if (missing().length > 0) {
  const wanted = missing();
  const line = `apt-get install --no-install-recommends ${wanted.join(' ')}`;
  if (process.getuid?.() !== 0 || !isThere('apt-get'))
    stop(`The tests need ${wanted.join(', ')}. On Debian, as root: ${line}`);
  console.log(`Installing for the tests: ${wanted.join(', ')}`);
  // RUNLEVEL=1 keeps the installer from starting servers: the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['update', '-q'], { env });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted], { env });
  if (missing().length > 0) stop(`Could not install ${missing().join(', ')}. By hand: ${line}`);
}

await ensureInstalled();
process.exitCode = await run(modernNode(), ['commands/stages.ts', ...process.argv.slice(2)], {
  env: environment(),
});
