/** `npm run screenshot`: the picture of the README, from the site in `dist/`. */
import { join } from 'node:path';
import { hrefOf } from '../src/site/routes.ts';
import { onBuiltSite } from './browsers.ts';

await onBuiltSite(24_451, async (browser, base) => {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  await page.goto(new URL(hrefOf('how-it-works', 'nl'), base).href, { waitUntil: 'networkidle' });
  await page.locator('.stage').first().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(import.meta.dirname, '../docs/screenshot.png') });
});
