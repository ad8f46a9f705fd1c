/** What holds on every page, in both languages. */
import { expect, test, type Page } from '@playwright/test';
import { routes } from '../../src/site/routes.ts';
import { axeFinds } from './axe.ts';

const pages = routes.flatMap((route) =>
  (['nl', 'en'] as const).map((lang) => ({ id: route.id, lang, path: route[lang], route })),
);

/** Collects what a page complains about: errors on the console, refusals of its policy, requests away. */
function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.hostname !== '127.0.0.1' && url.protocol.startsWith('http')) heard.push(url.href);
  });
  return heard;
}

// One visit a page: opening a page costs more than looking at it.
for (const { path, lang, route } of pages) {
  test(`${path} is there, speaks its language, complains about nothing, has nothing that axe finds, needs no sideways scrolling, and shows its contents where it is long`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    const heard = complaints(page);
    const response = await page.goto(path, { waitUntil: 'load' });
    expect(response?.status()).toBe(200);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.locator('main h1')).toBeVisible();
    // A long page has its contents at its side, wherever its reader has come.
    const pixels = await page.evaluate(() => document.documentElement.scrollHeight);
    if (pixels > 9000) {
      const contents = page.getByRole('navigation', { name: /^(Inhoud|Contents)$/ });
      await page.evaluate((half) => scrollTo(0, half), pixels / 2);
      await expect(contents.getByRole('link').first()).toBeInViewport();
      await page.evaluate(() => scrollTo(0, 0));
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    expect(await axeFinds(page)).toEqual([]);
    // In the dark only colours are new, and those do not depend on the language.
    if (lang === 'nl') {
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect(await axeFinds(page, { rules: ['color-contrast'] })).toEqual([]);
    }
    for (const width of [320, 360]) {
      await page.setViewportSize({ width, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        width,
      );
    }
    const other = lang === 'nl' ? 'en' : 'nl';
    await expect(page.locator(`header a[hreflang="${other}"]`).first()).toHaveAttribute(
      'href',
      route[other],
    );
    expect(heard).toEqual([]);
  });
}

test('the first press of Tab offers to skip to the content, and it does', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Tab');
  const skip = page.locator('.nl-skip-link');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

test('everything that can be pressed on the home page is reached with Tab', async ({ page }) => {
  await page.goto('/');
  const count = await page.locator('a:visible, button:visible').count();
  const reached = new Set<string>();
  for (let press = 0; press < count + 5; press++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.outerHTML ?? ''));
  }
  expect(reached.size).toBeGreaterThanOrEqual(count);
});

for (const path of ['/', '/en/'])
  test(`${path} shows the question, both answers and the picture without scrolling`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(path);
    const main = page.locator('main');
    for (const part of [main.locator('h1'), main.locator('.short').first(), main.locator('.today')])
      await expect(part).toBeInViewport({ ratio: 1 });
    await expect(main.locator('.lanes .stage svg')).toBeInViewport({ ratio: 1 });
    for (const outcome of await main.locator('.lanes li').all())
      await expect(outcome).toBeInViewport({ ratio: 1 });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const part of [main.locator('h1'), main.locator('.short').first(), main.locator('.today')])
      await expect(part).toBeInViewport({ ratio: 1 });
  });

test('the picture on the home page plays when asked, and ends as it stood', async ({ page }) => {
  await page.goto('/');
  const svg = page.locator('.lanes .stage svg');
  const before = await svg.innerHTML();
  const moving = () => page.evaluate(() => document.getAnimations().length);
  expect(await moving()).toBe(0);
  await page.getByRole('button', { name: 'Afspelen' }).click();
  await expect.poll(moving).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Afspelen' })).toBeVisible();
  expect(await moving()).toBe(0);
  expect(await svg.innerHTML()).toBe(before);
});

for (const path of ['/niets/', '/en/nothing/', '/notitie/niets', '/%2e%2e/package.json']) {
  test(`${path} gets the page that says so, in both languages`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.locator('[lang="en"] a[href="/en/"]').first()).toBeVisible();
    await expect(page.locator('a[href="/"]').first()).toBeVisible();
  });
}
