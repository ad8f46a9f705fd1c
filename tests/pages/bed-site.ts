/**
 * What the browser tests walk: the test bed, and the site built for it (its resolver, its anchors),
 * served on `TEST_PORT`. Run by commands/stages.ts, or by playwright.config.ts; ends on a signal.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listen, siteServer } from '../../commands/serve.ts';
import { startTestbed } from '../testbed/testbed.ts';
import { bedFile, bedRoot, type BedWord } from './bed.ts';

const port = Number(process.env['TEST_PORT'] ?? 24321);
const testbed = await startTestbed();
const { status } = spawnSync(process.execPath, ['commands/build.ts', '--out', bedRoot], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    ...process.env,
    STS_DANE_RESOLVERS: testbed.doh,
    STS_DANE_ANCHORS: testbed.anchorFile,
    // What needs absolute addresses (oEmbed, pictures for links) is built and walked too.
    SITE_URL: `http://127.0.0.1:${port}/`,
  },
});
if (status !== 0) {
  await testbed.stop();
  throw new Error('the site for the test bed does not build');
}
mkdirSync(join(bedFile, '..'), { recursive: true });
const { doh, anchorFile, resolverPort, anchors } = testbed;
const word: BedWord = { doh, anchorFile, resolverPort, anchors };
writeFileSync(bedFile, JSON.stringify(word));
const server = siteServer(bedRoot);
console.log(await listen(server, port));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void testbed.stop().then(() => process.exit(0));
  });
