/** Weighing the findings: by keyboard, by link, and on paper. */
import { expect, test } from '@playwright/test';
import { alive } from './alive.ts';

test('a finding is weighed from the keyboard, and the address keeps it', async ({ page }) => {
  await page.goto('/criteria/', { waitUntil: 'networkidle' });
  await alive(page.locator('.criteria'));
  await expect(page.locator('[data-leaning]')).toHaveAttribute('data-leaning', 'none');
  const scale = page.getByRole('group', { name: /eerste contact/i }).getByRole('radio');
  await scale.nth(2).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-leaning]')).toHaveAttribute('data-leaning', 'go-on');
  await expect(page).toHaveURL(/weights=first-contact%3A2/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.locator('[data-leaning]')).toHaveAttribute('data-leaning', 'go-on');
});

test('a link with a finding that does not exist opens, and says so', async ({ page }) => {
  await page.goto('/en/criteria/?weights=no-such-finding:2,no-dnssec:-1', {
    waitUntil: 'networkidle',
  });
  await expect(page.locator('[data-leaning]')).toHaveAttribute('data-leaning', 'wait');
  await expect(page.getByText('no-such-finding')).toBeVisible();
});

test('the advice is shown after the weighing, when asked for', async ({ page }) => {
  await page.goto('/en/criteria/', { waitUntil: 'networkidle' });
  await expect(page.locator('.advice')).toHaveCount(0);
  await page.getByRole('button', { name: 'Show what the memo advises' }).click();
  await expect(page.locator('.advice')).toBeVisible();
});

for (const path of ['/criteria/', '/en/criteria/'])
  test(`${path} prints its result on one page, with nothing cut off`, async ({ page }) => {
    await page.goto(`${path}?weights=first-contact:2,no-dnssec:-1&wrong=no-signals`, {
      waitUntil: 'networkidle',
    });
    await alive(page.locator('.criteria'));
    await page.evaluate(() => {
      document.documentElement.dataset['print'] = 'result';
    });
    const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('section.sheet');
    await expect(sheet).toContainText('C36 (SN)');
    const wide = await sheet.evaluate((node) => node.scrollWidth - node.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
