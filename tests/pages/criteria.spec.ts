/** Weighing the findings: by keyboard, by link, and on paper. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { alive } from './alive.ts';

test('a finding is weighed from the keyboard, and the address keeps it', async ({ page }) => {
  await page.goto('/criteria/');
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

test('the memo’s side shows after the reader’s own, and its advice after the sixth', async ({
  page,
}) => {
  await page.goto('/criteria/');
  await alive(page.locator('.criteria'));
  const findings = page.locator('.findings').first().locator('[data-finding]');
  await expect(findings).toHaveCount(6);
  for (let n = 0; n < 6; n += 1) {
    await expect(page.locator('.advice')).toHaveCount(0);
    await expect(findings.nth(n).locator('.ghost')).toBeHidden();
    await findings.nth(n).getByRole('radio').nth(4).check({ force: true });
    await expect(findings.nth(n).locator('.ghost')).toBeVisible();
    // The result stays in sight while one weighs.
    await expect(page.locator('.see .leaning').first()).toBeInViewport();
  }
  await expect(page.locator('.advice')).toBeVisible();
  await page.getByRole('button', { name: 'Opnieuw' }).click();
  await expect(page.locator('[data-leaning]')).toHaveAttribute('data-leaning', 'none');
});

for (const [path, kind] of [
  ['/criteria/', 'odt'],
  ['/en/criteria/', 'odt'],
  ['/criteria/', 'html'],
  ['/en/criteria/', 'html'],
] as const)
  test(`${path} gives a document to take along (${kind}) with the words of the page`, async ({
    page,
  }) => {
    await page.goto(
      `${path}?weights=paper-proposal:2,large-providers:-1,first-contact:1,no-dnssec:-2`,
    );
    await alive(page.locator('.criteria'));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`[data-paper="${kind}"]`).click(),
    ]);
    const octets = readFileSync(await download.path());
    // Entries of our archive are stored as they are, so what it says can be read in it.
    if (kind === 'odt')
      expect(octets.subarray(30, 77).toString()).toBe(
        'mimetypeapplication/vnd.oasis.opendocument.text',
      );
    const text = octets
      .toString('utf8')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
    for (const selector of ['.criteria > .asked', '.yours .leaning', '.yours .turning'])
      expect(text).toContain((await page.locator(selector).innerText()).trim());
    const findings = await page.locator('.findings').first().locator('.text').allTextContents();
    expect(findings).toHaveLength(6);
    for (const finding of findings) expect(text).toContain(finding.replace(/^\d+/, ''));
    expect(text).toContain('160608');
  });
