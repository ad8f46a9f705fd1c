/** What always holds: cells lead to their counterexamples, whose days stand on the stage; and the attacker's game. */
import { expect as expectSoon, test } from '@playwright/test';
import { alive } from './alive.ts';

// Bounds for a machine that does other things too.
const expect = expectSoon.configure({ timeout: 20_000 });

test('a cell leads to its counterexample, and that to its days on the stage', async ({ page }) => {
  await page.goto('/en/what-always-holds/');
  await page.locator('td[data-law="heals"][data-row="sts-2016"] a').click();
  const card = page.locator('#heals-sts-2016');
  await expect(card).toBeInViewport();
  await card.getByRole('link', { name: 'Watch these days on the stage' }).first().click();
  await alive(page.locator('.simulator'));
  const days = page.getByRole('group', { name: 'Day by day' }).getByRole('button');
  await expect(days).toHaveCount(2);
  await expect(page.locator('.title')).toContainText('STS 2016: forged rules hold real mail back');
  await days.first().press('Enter');
  await expect(page).toHaveURL(/[?&]day=1/);
  await expect(page.locator('.title')).toContainText('the attacker gets the letter');
  await page.reload();
  await alive(page.locator('.simulator'));
  await expect(days.first()).toHaveAttribute('aria-pressed', 'true');
  await page.goto(`${page.url().replace('day=1', 'day=7')}`);
  await alive(page.locator('.simulator'));
  await expect(page.getByText('There is no day 7')).toBeVisible();
});

test('each sign of the whole space leads to a scene that ends as it says', async ({ page }) => {
  await page.goto('/en/what-always-holds/choices/');
  const link = page.locator('#laws-choices svg:visible a').first();
  const name = await link.getAttribute('aria-label');
  await link.click();
  await alive(page.locator('.simulator'));
  await expect(page.locator('.title')).toContainText('STARTTLS');
  expect(name).toContain('STARTTLS, ');
});

test('the game is played from the keyboard, and loads nothing before it is begun', async ({
  page,
}) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' || request.url().endsWith('.json'))
      scripts.push(request.url());
  });
  await page.goto('/en/what-always-holds/choices/');
  const before = scripts.length;
  const game = page.locator('.game');
  await game.scrollIntoViewIfNeeded();
  await page.keyboard.press('Tab');
  await expect(game).toHaveAttribute('data-ready', 'true');
  expect(scripts.length).toBeGreaterThan(before);
  expect(scripts.slice(0, before).filter((url) => /Game|props/.test(url))).toEqual([]);
  await game.getByRole('radio', { name: 'MTA-STS' }).press('Space');
  const press = (name: string) => game.getByRole('button', { name }).press('Enter');
  await press('It cannot be done');
  await expect(game.getByRole('status').first()).toContainText('It can be done, in 2 moves');
  await press('removes the offer to encrypt');
  await press('Attack');
  await expect(game.getByRole('status').first()).toContainText('was not read');
  await press('makes the website with the rules unreachable');
  await press('Attack');
  await expect(game.getByRole('status').first()).toContainText('That is par');
  await expect(game.locator('.stage')).toBeVisible();
});
