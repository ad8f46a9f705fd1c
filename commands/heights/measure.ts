/** How high an embed is in a frame of a given width. */
import type { Page } from '@playwright/test';

const heightOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [...document.body.children].reduce((sum, part) => sum + part.scrollHeight, 0),
  );

/**
 * Opens the embed in a state and resolves to the height of all that stands in it, in pixels: as it comes
 * or once its script is there, whichever is higher.
 */
export async function measureEmbed(page: Page, address: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 600 });
  await page.goto(address, { waitUntil: 'load' });
  const asItComes = await heightOf(page);
  if ((await page.locator('astro-island').count()) === 0) return asItComes;
  await page.locator('h1').hover();
  await page.locator('[data-ready="true"]').first().waitFor();
  return Math.max(asItComes, await heightOf(page));
}
