/** What strangers hand over, read in Chromium; in Firefox: firefox.spec.ts. */
import { expect, test } from '@playwright/test';
import type { strangers as inBrowser } from '../strangers/in-browser.ts';
import {
  bombLink,
  expectBoundedUnpacking,
  expectReports,
  mebi,
  openStrangers,
} from './strangers.ts';

declare const strangers: typeof inBrowser;

test('reports are read as in Node, in Chromium', async ({ page }) => {
  await openStrangers(page);
  await expectReports(page);
});

test('what unpacks to a gigabyte takes no memory to speak of, in Chromium', async ({ page }) => {
  await openStrangers(page);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const heap = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  };
  await expectBoundedUnpacking(page);
  const link = bombLink();
  await session.send('HeapProfiler.collectGarbage');
  const before = await heap();
  expect(before).toBeGreaterThan(0);
  await page.evaluate((each) => strangers.recording(each), link);
  expect((await heap()) - before).toBeLessThan(50 * mebi);
});
