/**
 * Before `npm start`, `npm run dev` and `npm test`: installs the packages of the lock when they are missing or
 * others, and stops where the site would be without Node 24. Runs on the Node that the machine has, before
 * anything is installed, and so is no TypeScript. Why any of this: docs/toolchain.md.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const [lockFile, installedFile] = ['package-lock.json', 'node_modules/.package-lock.json'];
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/** Why the installed packages are not those of the lock, or undefined when they are. */
function staleBecause() {
  if (!existsSync(installedFile)) return 'nothing is installed yet';
  const installed = packagesOf(installedFile);
  for (const [path, { version, optional, os }] of Object.entries(packagesOf(lockFile))) {
    const has = installed[path]?.version;
    // Optional packages, and those for named systems, may rightly be absent here.
    if (path === '' || has === version || (has === undefined && (optional || os))) continue;
    return `${path} is ${has ?? 'missing'}, the lock says ${version}`;
  }
  return undefined;
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

const why = staleBecause();
if (why !== undefined) {
  console.log(`Installing the packages of the lock (${why}) …`);
  // No warnings that packages want a newer Node than this one: the one that runs them is being installed.
  const ci = ['ci', '--ignore-scripts', '--loglevel', 'error'];
  const { status } = spawnSync('npm', ci, { stdio: 'inherit' });
  if (status !== 0) stop('npm ci failed. Is the package registry within reach?');
}
if (!existsSync('node_modules/.bin/node') && Number.parseInt(process.versions.node) < 24)
  stop(
    `This machine has Node ${process.versions.node}; the site needs Node 24. The lock brings it for Linux on x64 only: elsewhere, install Node 24 first.`,
  );
