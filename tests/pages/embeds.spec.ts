/** Embeds on sites that we do not control. */
import { expect, test } from '@playwright/test';
import { embedHref, embeds } from '../../src/site/routes.ts';
import { axeFinds } from './axe.ts';

const all = embeds.flatMap(({ id }) =>
  (['nl', 'en'] as const).map((lang) => ({ id, lang, path: embedHref(id, lang) })),
);

for (const { path, lang } of all) {
  test(`${path} stands alone: its language, no navigation, a credit line, its theme, nothing for axe, no sideways scrolling`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const response = await page.goto(path, { waitUntil: 'load' });
    expect(response?.status()).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.locator('nav')).toHaveCount(0);
    const targets = await page
      .locator('footer a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('target')));
    expect(new Set(targets)).toEqual(new Set(['_blank']));
    expect(await axeFinds(page)).toEqual([]);
    for (const width of [320, 768, 1200]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
    }
    for (const [theme, scheme] of [
      ['dark', 'dark'],
      ['<b>', 'light dark'],
    ] as const) {
      await page.goto(`${path}?theme=${encodeURIComponent(theme)}`, { waitUntil: 'commit' });
      await expect(page.locator('html')).toHaveCSS('color-scheme', scheme);
    }
    expect(errors).toEqual([]);
  });

  test(`${path} comes alive in a sandboxed frame of a host with a strict policy`, async ({
    page,
    baseURL,
  }) => {
    const errors: string[] = [];
    const asked = new Set<string>();
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await page.route('http://host.invalid/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        headers: { 'Content-Security-Policy': `default-src 'none'; frame-src ${baseURL}` },
        body: `<!doctype html><html lang="en"><title>host</title>
          <iframe title="embed" src="${baseURL}${path}" sandbox="allow-scripts" width="700" height="900"></iframe>`,
      }),
    );
    await page.goto('http://host.invalid/');
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('h1')).toBeVisible();
    // A figure without script is alive as it comes.
    const islands = await frame.locator('astro-island').count();
    if (islands > 0)
      await expect(frame.locator('[data-ready="true"]')).toBeVisible({ timeout: 30_000 });
    expect(errors).toEqual([]);
    expect([...asked].sort()).toEqual([baseURL, 'http://host.invalid'].sort());
  });
}
