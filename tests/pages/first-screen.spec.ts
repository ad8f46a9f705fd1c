/** What a reader came for is in the first screen, and the menu and the choices need no script. */
import { expect, test } from '@playwright/test';
import { axeFinds } from './axe.ts';
import { unfold } from './looks.ts';

/** The page's answer, by a selector of the element that gives it. */
const answers = [
  { path: '/sinds-2016/', answer: '#answer .question-card--today' },
  { path: '/en/since-2016/', answer: '#answer .question-card--today' },
  { path: '/vergelijking/', answer: '.threats .matrix-table:visible tbody tr:nth-child(2)' },
  { path: '/en/comparison/', answer: '.threats .matrix-table:visible tbody tr:nth-child(2)' },
  { path: '/controle/', answer: '.lookup button[type="submit"]' },
  { path: '/en/check/', answer: '.lookup button[type="submit"]' },
] as const;

for (const { path, answer } of answers)
  test(`${path} answers in the first screen`, async ({ page }) => {
    for (const [width, height] of [
      [1280, 800],
      [360, 780],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.goto(path);
      const box = await page.locator(answer).first().boundingBox();
      expect(box?.y, `at ${width}`).toBeLessThan(height - 40);
    }
  });

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  for (const width of [320, 360, 768])
    test(`the menu opens from the keyboard and leads on, at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 740 });
      await page.goto('/vergelijking/');
      const menu = page.locator('header details.menu');
      await menu.locator('summary').focus();
      await page.keyboard.press('Enter');
      for (const name of ['De notitie', 'Criteria', 'Sinds 2016', 'Uw domein', 'Zoeken', 'English'])
        await expect(menu.getByRole('link', { name: new RegExp(`^${name}`) })).toBeVisible();
      await expect(menu.locator('[aria-current="page"]')).toContainText('Vergelijking');
      await menu.getByRole('link', { name: /^Sinds 2016/ }).click();
      await expect(page).toHaveURL(/sinds-2016/);
    });

  test('each pair of choices above the comparison shows its own table, and its title counts it', async ({
    page,
  }) => {
    await page.goto('/en/comparison/');
    const titles = new Set<string>();
    for (const history of ['new domain', 'known domain'])
      for (const receiver of ['everything', 'MTA-STS only', 'DANE only']) {
        await page.getByRole('radio', { name: history, exact: true }).check();
        await page.getByRole('radio', { name: receiver, exact: true }).check();
        const figure = page.locator('.threats figure:visible');
        await expect(figure).toHaveCount(1);
        const title = await figure.locator('figcaption').innerText();
        const [sts, dane] = await figure
          .locator('tfoot td b')
          .allInnerTexts()
          .then((all) => all.slice(2));
        expect(title).toMatch(new RegExp(`DANE lets ${dane} attackers? through, MTA-STS ${sts}$`));
        titles.add(`${history} ${receiver} ${title}`);
      }
    expect(titles.size).toBe(6);
  });
});

test('a link to an event of the timeline unfolds the list and comes to it', async ({ page }) => {
  await page.goto('/sinds-2016/#event-mta-sts-rfc');
  await expect(page.locator('#event-mta-sts-rfc')).toBeInViewport();
});

test('nothing is wrong with the open menu, the chosen controls and the unfolded parts', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto('/sinds-2016/');
  await page.locator('header details.menu > summary').click();
  await unfold(page.locator('main'));
  expect(await axeFinds(page)).toEqual([]);
  await page.goto('/vergelijking/');
  await page.getByRole('radio', { name: 'alleen DANE', exact: true }).check();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator('.threats label').first().hover();
    expect(await axeFinds(page)).toEqual([]);
  }
  await page.goto('/controle/');
  await unfold(page.locator('main'));
  expect(await axeFinds(page)).toEqual([]);
});
