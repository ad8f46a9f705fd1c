/**
 * What five readers come for, on a desk and on a telephone: the advice, whether it still holds, the attack seen,
 * a domain checked, the matrix in an article.
 */
import { expect, test, type Locator } from '@playwright/test';

const screens = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
] as const;

/** Some of it is to be read without scrolling: its top, with forty pixels of it. */
async function expectInFirstScreen(part: Locator, height: number): Promise<void> {
  await expect(part).toBeVisible();
  const box = await part.boundingBox();
  expect(await part.page().evaluate(() => scrollY)).toBe(0);
  expect(box?.y).toBeGreaterThanOrEqual(0);
  expect(box?.y).toBeLessThan(height - 40);
}

for (const viewport of screens)
  test.describe(`at ${viewport.width} pixels`, () => {
    test.use({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });

    test('the advice stands on the home page', async ({ page }) => {
      await page.goto('/');
      await expectInFirstScreen(page.getByText('Ga door met DANE').first(), viewport.height);
    });

    test('whether it still holds stands on the home page, and one press brings the grounds', async ({
      page,
    }) => {
      await page.goto('/');
      const today = page.locator('.today');
      await expectInFirstScreen(today, viewport.height);
      await expect(today).toContainText('Het advies houdt stand');
      if (viewport.width < 1000) await page.locator('header details.menu > summary').click();
      await page
        .locator('header')
        .getByRole('link', { name: /^Sinds 2016/ })
        .filter({ visible: true })
        .first()
        .click();
      await expectInFirstScreen(page.locator('#answer .question-card--today'), viewport.height);
    });

    test('the attack is seen after one press', async ({ page }) => {
      await page.goto('/');
      await page
        .locator('main a[href^="/eerste-contact/"], main a[href^="/hoe-het-werkt/"]')
        .first()
        .click();
      await expect(page).toHaveURL(/eerste-contact|hoe-het-werkt/);
      // The picture itself, and no sign in a line.
      const isInSight = () =>
        page.evaluate(() =>
          [...document.querySelectorAll('main svg')].some((svg) => {
            const { width, top } = svg.getBoundingClientRect();
            return width > 200 && top >= 0 && top < innerHeight - 40;
          }),
        );
      await expect.poll(isInSight).toBe(true);
      expect(await page.evaluate(() => scrollY)).toBe(0);
    });

    test('a domain is checked with Enter', async ({ page }) => {
      await page.goto('/controle/');
      const field = page.locator('input[name="domain"]');
      await expectInFirstScreen(field, viewport.height);
      await field.fill('a13.test');
      await field.press('Enter');
      await expect(page.locator('.lookup .outcome')).toContainText('a13.test', { timeout: 60_000 });
    });

    test('the matrix is in an article after two presses', async ({ page }) => {
      await page.goto('/');
      await page.locator('main').locator('a[href^="/insluiten/"]').first().click();
      const entry = page.locator('[data-catalogue][data-id="home"]');
      await expect(entry).toHaveAttribute('data-ready', 'true');
      await entry.locator('[data-copy]').click();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toMatch(/^<iframe src="[^"]*\/embed\/home\/"/);
    });
  });
