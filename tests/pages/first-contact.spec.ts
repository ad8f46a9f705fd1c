/** First contact: by keyboard, by dragging, by link, without script and in somebody else's page. */
import { expect, test, type Page } from '@playwright/test';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

async function open(page: Page, address: string) {
  await page.goto(address);
  await alive(page.locator('.first-contact'));
}
const violations = (page: Page) => axeFinds(page, { within: '.first-contact' });

test('is walked from the keyboard: stop, window, message, steps, and back', async ({ page }) => {
  await open(page, '/en/first-contact/');
  const stop = page.locator('.stops').getByRole('button', { name: 'First contact blocked' });
  await stop.focus();
  await page.keyboard.press('Enter');
  await expect(stop).toHaveAttribute('aria-pressed', 'true');
  const first = page.locator('[data-dot="mta-sts.0"]');
  await expect(first).toHaveAttribute('data-verdict', 'delivered-readable');

  const end = page.getByRole('slider', { name: 'End of the attack' });
  await end.focus();
  await expect(end).toHaveAttribute('aria-valuenow', '5');
  await page.keyboard.press('PageUp');
  await expect(end).toHaveAttribute('aria-valuenow', '10');
  await expect(page.locator('[data-dot="mta-sts.4"]')).toHaveAttribute(
    'data-verdict',
    'delivered-readable',
  );
  await page.getByRole('slider', { name: 'The whole attack' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('slider', { name: 'Start of the attack' })).toHaveAttribute(
    'aria-valuenow',
    '0.5',
  );
  await expect(first).toHaveAttribute('data-verdict', 'delivered-proven');

  await first.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Message 2, day 2, MTA-STS/ })).toBeVisible();
  await expect(page).toHaveURL(/dot=mta-sts\.2/);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: /Message 2/ })).toHaveCount(0);
});

test('the end of the attack is dragged, and the tracks follow', async ({ page }) => {
  await open(page, '/eerste-contact/?stop=blocked');
  const dot = page.locator('[data-dot="mta-sts.6"]');
  await expect(dot).toHaveAttribute('data-verdict', 'delivered-proven');
  const grip = (await page.locator('[data-grip="to"]').boundingBox())!;
  const target = (await page.locator('[data-dot="dane.8"]').boundingBox())!;
  const y = grip.y + grip.height - 10;
  await page.mouse.move(grip.x + grip.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(target.x, y, { steps: 8 });
  await page.mouse.up();
  await expect(dot).toHaveAttribute('data-verdict', 'delivered-readable');
  await expect(page.locator('[data-dot="dane.6"]')).toHaveAttribute('data-verdict', 'waits');
});

test('the table says what the picture shows', async ({ page }) => {
  await open(page, '/en/first-contact/?stop=expiry&interval=1.5');
  await page.getByText('The same as tables').click();
  // The picture and the table follow the same computation, each when the browser comes to it.
  await expect(async () => {
    const dots = await page
      .locator('[data-dot]')
      .evaluateAll((all) => all.map((dot) => dot.getAttribute('aria-label')));
    const rows = await page
      .locator('.as-text tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
      );
    expect(rows).toHaveLength(dots.length);
    for (const [index, [, happened, believed]] of rows.entries()) {
      expect(dots[index]).toContain(happened);
      expect(dots[index]).toContain(believed);
    }
  }).toPass({ timeout: 20_000 });
});

test('numbers beyond their limits are held, and a sentence says so', async ({ page }) => {
  await open(page, '/en/first-contact/?lifetime=9999&from=8&to=3&draft=poem');
  await expect(page.locator('.first-contact')).toContainText('lifetime 9999');
  await expect(page.locator('.first-contact')).toContainText('poem');
  const days = page.getByLabel('One message every').first();
  await days.fill('99');
  await days.press('Enter');
  await expect(days).toHaveValue('15');
  await expect(page.locator('[id$="-interval-note"]')).not.toBeEmpty();
  expect(await violations(page)).toEqual([]);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('shows its first picture, and the table', async ({ page }) => {
    await page.goto('/eerste-contact/');
    await expect(page.locator('[data-dot="smtp-sts-2016.0"]')).toHaveAttribute(
      'data-verdict',
      'delivered-to-attacker',
    );
    await expect(page.locator('.first-contact .forged')).toHaveCount(1);
    await page.locator('.as-text summary').click();
    await expect(page.locator('.as-text tbody tr').first()).toBeVisible();
  });
});
