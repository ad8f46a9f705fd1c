/** The burden: by keyboard, by a link that does not fit, and twice in somebody else's page. */
import { expect, test } from '@playwright/test';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

test('is walked from the keyboard, and holds what a link asks too much', async ({ page }) => {
  await page.goto('/en/burden/?rate=99999&zipf=steep&sender=nobody');
  const burden = page.locator('section.burden');
  await alive(burden);
  await test.step('what it changed of the link', async () => {
    for (const said of ['99999', 'steep', 'nobody']) await expect(burden).toContainText(said);
    await expect(page.getByRole('spinbutton').first()).toHaveValue('1000');
  });

  await test.step('keys', async () => {
    const rate = page.getByRole('spinbutton').first();
    const figure = burden.locator('svg[role="img"]').first();
    const before = await figure.innerHTML();
    await rate.focus();
    await page.keyboard.press('ArrowDown');
    await expect(rate).not.toHaveValue('1000');
    await expect(page).toHaveURL(/rate=/);
    expect(await figure.innerHTML()).not.toBe(before);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('5000000');
    await page.keyboard.press('Enter');
    await expect(rate).toHaveValue('1000');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('spinbutton').nth(1)).toBeFocused();
    const giant = burden.getByRole('group', { name: 'Three senders' }).getByRole('button').last();
    await giant.focus();
    await page.keyboard.press('Space');
    await expect(giant).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/sender=/);
    expect(await axeFinds(page, { within: 'section.burden' })).toEqual([]);
  });
});

test('two of them in one page leave one another alone', async ({ page }) => {
  const frame = (name: string) =>
    `<iframe name="${name}" src="/en/embed/burden/" width="600" height="340"></iframe>`;
  await page.route('**/host.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>host</title>${frame('one')}${frame('two')}`,
    }),
  );
  await page.goto('/host.html');
  const [one, two] = ['one', 'two'].map((name) => page.frameLocator(`[name="${name}"]`));
  const rates = [one!, two!].map((each) => each.getByRole('spinbutton').first());
  const before = await rates[1]!.inputValue();
  for (const each of [one!, two!]) {
    await each.locator('section.burden').hover();
    await expect(each.locator('section.burden')).toHaveAttribute('data-ready', 'true', {
      timeout: 15_000,
    });
  }
  await rates[0]!.press('ArrowUp');
  await expect(rates[0]!).not.toHaveValue(before);
  await expect(rates[1]!).toHaveValue(before);
});
