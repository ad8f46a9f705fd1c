#!/usr/bin/env node
/**
 * The command line, under whatever Node there is. It is TypeScript, as it stands here: Node from 22.18 reads it by
 * itself, an older one hands over to the Node of the lock. What `npm run library` packs is JavaScript.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Does this Node strip types without being asked? */
export function stripsTypes(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
}

/** The Node that the lock brought, in this folder or in that of whoever installed this package. */
function lockedNode() {
  for (let folder = root; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules/.bin/node');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

function handOver() {
  const node = lockedNode();
  // A Node of the lock that cannot strip types either must not start itself for ever.
  if (node === undefined || process.env.STS_DANE_HANDED_OVER) {
    console.error(
      `sts-dane: Node ${process.versions.node} is too old, Node 22.18 or newer is needed.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, STS_DANE_HANDED_OVER: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

if (!stripsTypes(process.versions.node)) handOver();
else {
  // What Node thinks of its own type stripping is no news for whoever checks a domain.
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (/type ?strip|stripTypeScriptTypes/i.test(String(warning))) return;
    emitWarning.call(process, warning, ...rest);
  };
  const { start } = await import('./main.ts');
  await start(process.argv.slice(2));
}
