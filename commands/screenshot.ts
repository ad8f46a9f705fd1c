/** `npm run screenshot`: the picture of the README, from the site in `dist/`. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { hrefOf } from '../src/site/routes.ts';
import { chromiumPath } from './chromium.ts';
import { listen, siteServer } from './serve.ts';

const root = join(import.meta.dirname, '..');
const server = siteServer(join(root, 'dist'));
const base = await listen(server, 24_451);
const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  await page.goto(new URL(`${hrefOf('how-it-works', 'nl')}`, base).href, {
    waitUntil: 'networkidle',
  });
  await page.locator('.result').first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(root, 'docs/screenshot.png') });
} finally {
  await browser.close();
  server.close();
}
