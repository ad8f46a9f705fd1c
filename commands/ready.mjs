/**
 * Makes a fresh checkout ready: installs the locked packages when they are missing or stale, and finds
 * the Node 24 among them. Runs on the Node 20 that the machine has; imports nothing that is installed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const bin = join(root, 'node_modules/.bin');

/** Runs a program in the project's folder; resolves to its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    process.once('SIGINT', pass);
    process.once('SIGTERM', pass);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Why the installed packages are not those of the lock, or undefined when they are.
 * Optional packages, and those for named systems, may rightly be absent here.
 */
export function staleBecause(lockPath, installedPath) {
  if (!existsSync(installedPath)) return 'nothing is installed yet';
  const wanted = readJson(lockPath).packages;
  const installed = readJson(installedPath).packages;
  for (const [path, { version, optional, os, link, extraneous }] of Object.entries(wanted)) {
    if (path === '' || link || extraneous) continue;
    const has = installed[path]?.version;
    if (has === version) continue;
    if (has === undefined && (optional || os)) continue;
    return `${path.replace(/^node_modules\//, '')} is ${has ?? 'missing'}, the lock says ${version}`;
  }
  return undefined;
}

export async function ensureInstalled() {
  const why =
    staleBecause(join(root, 'package-lock.json'), join(root, 'node_modules/.package-lock.json')) ??
    (existsSync(bin) ? undefined : 'no commands are linked');
  if (why === undefined) return;
  console.log(`Installing the locked packages (${why}) …`);
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code !== 0) {
    console.error('npm ci failed. Is the package registry within reach?');
    process.exit(code);
  }
}

/** The path of a Node that can run the site: from the lock, or the one that runs this. */
export function modernNode() {
  const locked = join(bin, 'node');
  if (existsSync(locked)) return locked;
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return process.execPath;
  console.error(
    `This machine has Node ${process.versions.node}; the site needs Node 24. The lock brings it for Linux on x64 only: elsewhere, install Node 24 first.`,
  );
  process.exit(1);
}

/** The environment in which commands find the site's own Node and tools first. */
export const environment = (extra = {}) => ({
  ...process.env,
  PATH: `${bin}:${dirname(modernNode())}:${process.env.PATH}`,
  ASTRO_TELEMETRY_DISABLED: '1',
  ...extra,
});
