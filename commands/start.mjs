/**
 * `npm start`: installs what is missing, builds, serves on 127.0.0.1 and prints the address.
 * `PORT` chooses the port; when it is taken, the next free one is used.
 */
import { join } from 'node:path';
import { ensureInstalled, environment, modernNode, root, run } from './ready.mjs';
import { listen, siteServer } from './serve.mjs';

await ensureInstalled();
const code = await run(modernNode(), ['commands/build.ts'], { env: environment() });
if (code !== 0) process.exit(code);

const port = Number(process.env.PORT ?? 4321);
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`PORT is not a port number: ${process.env.PORT}`);
  process.exit(1);
}
const server = siteServer(join(root, 'dist'));
const address = await listen(server, port);
console.log(`\nSTS versus DANE: ${address}  (English: ${address}en/)\nPress Ctrl+C to end.`);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  });
