/** The catalogue for editors, by keyboard: choose a widget, its state, language, colours and release; take the code. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { release } from '../../src/site/release.ts';

const entryOf = (page: Page, id: string) => page.locator(`[data-catalogue][data-id="${id}"]`);

/** Presses Tab until `there` has the focus; never more often than a reader would bear. */
async function tabTo(page: Page, there: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press(key);
    if (await there.evaluate((element) => element.ownerDocument.activeElement === element)) return;
  }
  throw new Error(`Tab does not come to ${there.toString()}`);
}

test('an editor without a mouse chooses a figure, its state, language, colours and release, and copies the code', async ({
  page,
  context,
  baseURL,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/insluiten/');
  const entry = entryOf(page, 'matrix');
  await expect(entry).toHaveAttribute('data-ready', 'true');
  const code = entry.locator('textarea');
  await page.locator('main').focus();
  const choices = page.locator('#embed-choices');
  await tabTo(page, choices.locator('select[name="width"]'));
  await page.keyboard.press('End');
  await tabTo(page, choices.locator('select[name="release"]'));
  await page.keyboard.press('End');
  await tabTo(page, choices.locator('select[name="lang"]'));
  await page.keyboard.press('ArrowDown');
  await expect(code).toHaveValue(/\/en\/embed\/matrix\//);
  await tabTo(page, choices.locator('select[name="theme"]'));
  await page.keyboard.press('End');
  await expect(code).toHaveValue(/theme=dark/);
  await expect(code).toHaveValue(new RegExp(`/v/${release}/en/embed/matrix/`));

  // Nothing of a figure with choices is fetched before its reader asks for it.
  expect(page.frames().filter((frame) => frame.url().includes('/embed/matrix/'))).toEqual([]);
  await entry.locator('.preview summary').focus();
  await page.keyboard.press('Enter');
  const preview = page.frameLocator('#matrix iframe');
  await expect(preview.locator('html')).toHaveAttribute('lang', 'en');
  await expect(preview.locator('html')).toHaveAttribute('data-theme', 'dark');
  await tabTo(page, preview.locator('input[type="radio"]:checked'));
  await page.keyboard.press('ArrowDown');
  await expect(preview.locator('[data-ready="true"]')).toBeVisible();
  await expect
    .poll(() => page.frames().some((frame) => frame.url().includes('history=known')))
    .toBe(true);

  // A matrix has a hundred places to stop at: back is shorter, and a folded preview keeps its state.
  const fold = entry.locator('.preview summary');
  await tabTo(page, fold, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, entry.locator('textarea'));
  await tabTo(page, entry.locator('[data-copy]'));
  await page.keyboard.press('Enter');
  await expect(entry.locator('output')).toHaveText('Gekopieerd.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [, source = ''] =
    /^<iframe src="([^"]+)" title="[^"]+" width="100%" height="\d+" loading="lazy" frameborder="0"><\/iframe>$/.exec(
      copied,
    ) ?? [];
  const address = new URL(source.replaceAll('&#38;', '&'));
  expect(address.origin).toBe(new URL(String(baseURL)).origin);
  expect(address.pathname).toBe(`/v/${release}/en/embed/matrix/`);
  expect(address.searchParams.get('theme')).toBe('dark');
  expect(address.searchParams.get('history')).toBe('known');

  // What was copied shows what was chosen.
  const shown = await preview.locator('table').first().innerText();
  await page.goto(address.href);
  await expect(page.locator('[data-ready="true"]')).toBeVisible();
  await expect.poll(() => page.locator('table').first().innerText()).toBe(shown);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('each figure can be seen, and the code of its first state copied; nothing that does nothing is shown', async ({
    page,
  }) => {
    await page.goto('/en/embedding/');
    const entry = entryOf(page, 'first-contact');
    // Hidden where the browser can tell that there is no script, and dead in each case.
    await expect(page.locator('#embed-choices')).toBeHidden();
    await expect(entry.locator('button[data-copy]')).toBeHidden();
    const dead = page.locator(':is([data-catalogue], #embed-choices) :is(select, button)');
    await expect(dead.and(page.locator(':enabled'))).toHaveCount(0);
    await expect(dead.and(page.locator(':disabled'))).not.toHaveCount(0);
    await expect(entry.locator('textarea')).toHaveValue(
      /^<iframe src="[^"]*\/en\/embed\/first-contact\/" .*<\/iframe>$/,
    );
    await entry.locator('.preview summary').click();
    await expect(page.frameLocator('#first-contact iframe').locator('h1')).toBeVisible();
  });
});

test('a compact figure and its code follow the choices, and the code has the height of the figure', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/insluiten/');
  const entry = entryOf(page, 'home');
  await expect(entry).toHaveAttribute('data-ready', 'true');
  const frame = entry.locator('.frame iframe');
  await page.locator('#embed-choices select[name="width"]').selectOption('480');
  await expect(frame).toHaveAttribute('width', '480');
  const height = await frame.getAttribute('height');
  await expect(entry.locator('textarea')).toHaveValue(new RegExp(`height="${height}"`));
  await page.locator('#embed-choices select[name="lang"]').selectOption('en');
  await expect(page.frameLocator('#compact-home iframe').locator('html')).toHaveAttribute(
    'lang',
    'en',
  );
});

test('a pinned embed leads to the newest of what its reader has chosen', async ({ page }) => {
  await page.goto(`/v/${release}/embed/matrix/?history=known`);
  const newest = page.getByRole('link', { name: 'Bekijk de nieuwste' });
  await newest.focus();
  await expect(newest).toHaveAttribute('href', /\/embed\/matrix\/\?history=known$/);
});
