/** `npm run dev`: the site with hot reload, under the Node of the lock. */
import { ensureInstalled, environment, modernNode, run } from './ready.mjs';

await ensureInstalled();
process.exitCode = await run(
  modernNode(),
  ['node_modules/astro/bin/astro.mjs', 'dev', '--host', '127.0.0.1', ...process.argv.slice(2)],
  { env: environment() },
);
