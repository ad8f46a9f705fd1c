/** What holds on every page, in both languages. */
import { expect, test, type Page } from '@playwright/test';
import { routes } from '../../src/site/routes.ts';
import { axeFinds } from './axe.ts';
import { unfold } from './looks.ts';
import { expectStates, forcer, looksNew, probe, states, unmarked } from './states.ts';

const pages = routes.flatMap((route, index) =>
  (['nl', 'en'] as const).map((lang, nth) => {
    // Each page in use in one language, half of them in each: what differs is their words.
    return { lang, path: route[lang], route, isUsed: index % 2 === nth };
  }),
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

/** What scrolls sideways and is neither code nor a figure, or cannot be reached by keyboard. */
const strayScrollers = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *')]
      .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
      .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX))
      .filter((each) => !each.matches('pre, textarea, input, select'))
      .filter((each) => !each.querySelector('svg, iframe, code') || each.tabIndex < 0)
      .map((each) => `<${each.tagName.toLowerCase()} class="${each.className}">`),
  );

/** What a reader finds who opens all that is folded, and goes over all that can be used. */
async function expectUse(page: Page): Promise<void> {
  await unfold(page.locator('main'));
  await test.step('at 320 pixels only code and wide figures scroll sideways, each with its sign', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    expect.soft(await strayScrollers(page)).toEqual([]);
  });
  await test.step('letters can be read and the focus is seen in each state', async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await expectStates(page);
  });
}

// One visit a page, with every look at it: opening a page costs more than most of them.
for (const { path, lang, route, isUsed } of pages) {
  test(`${path} is whole, can be read in every state, and fits`, async ({ page }) => {
    const heard = complaints(page);
    await test.step('is there, in its language, with a way to the other', async () => {
      const response = await page.goto(path, { waitUntil: 'load' });
      expect(response?.status()).toBe(200);
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('main h1')).toBeVisible();
      const other = lang === 'nl' ? 'en' : 'nl';
      const link = page.locator(`header a[hreflang="${other}"]`).first();
      await expect(link).toHaveAttribute('href', route[other]);
    });
    await test.step('shows its contents at its side where it is long, wherever its reader has come', async () => {
      const pixels = await page.evaluate(() => document.documentElement.scrollHeight);
      if (pixels <= 9000) return;
      const contents = page.getByRole('navigation', { name: /^(Inhoud|Contents)$/ });
      await page.evaluate((half) => scrollTo(0, half), pixels / 2);
      await expect.soft(contents.getByRole('link').first()).toBeInViewport();
      await page.evaluate(() => scrollTo(0, 0));
    });
    await test.step('has nothing that axe finds', async () => {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      expect.soft(await axeFinds(page), 'light').toEqual([]);
      await looksNew(page);
      // In the dark only colours are new, and those do not depend on the language.
      if (lang === 'en') return;
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      expect.soft(await axeFinds(page, { rules: ['color-contrast'] }), 'dark').toEqual([]);
      await looksNew(page);
    });
    await test.step('needs no sideways scrolling', async () => {
      for (const width of [320, 360]) {
        await page.setViewportSize({ width, height: 780 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect.soft(wide, `at ${width}`).toBeLessThanOrEqual(width);
      }
    });
    if (isUsed) await expectUse(page);
    expect(heard).toEqual([]);
  });
}

test('a state that cannot be read would be found', async ({ page }) => {
  const restyle = (css: string) =>
    page.evaluate((text) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(text);
      document.adoptedStyleSheets.push(sheet);
    }, css);
  await page.goto('/');
  const force = await forcer(page);
  expect(await looksNew(page)).toBe(true);
  expect(await looksNew(page)).toBe(false);
  await restyle('footer a:hover { color: #ddd !important } a:focus { outline: none !important }');
  await force(states.hover);
  expect(await looksNew(page)).toBe(true);
  expect(await axeFinds(page, { within: probe, rules: ['color-contrast'] })).not.toEqual([]);
  await force(states.focus);
  expect(await unmarked(page)).not.toEqual([]);
  await restyle('header a:focus { outline: 3px solid #ddd !important }');
  expect((await unmarked(page)).some((each) => each.includes('/vergelijking/'))).toBe(true);
});

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
