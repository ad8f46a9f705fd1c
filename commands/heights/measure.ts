/** How high an embed is in a frame of a given width. */
import type { Page } from '@playwright/test';

/** Opens the embed and resolves to the height of all that stands in it, in pixels. */
export async function measureEmbed(page: Page, address: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 600 });
  await page.goto(address, { waitUntil: 'networkidle' });
  return page.evaluate(() =>
    [...document.body.children].reduce((sum, part) => sum + part.scrollHeight, 0),
  );
}
