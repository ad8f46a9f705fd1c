/** The quiz of the lesson works without script and by keyboard, and is whole on paper. */
import { expect, test } from '@playwright/test';

test.use({ javaScriptEnabled: false });

for (const path of ['/les/', '/en/lesson/']) {
  test(`${path}: before the lesson a choice gives nothing away; after it, it opens the answer`, async ({
    page,
  }) => {
    await page.goto(path);
    const [before, after] = [
      page.locator('[data-round=before]'),
      page.locator('[data-round=after]'),
    ];
    const score = page.locator('.score');
    await before.locator('[data-right]').first().check();
    await expect(before).not.toContainText('✓');
    await expect(score).toBeHidden();

    const answers = after.locator('.answer > p');
    expect(await answers.count()).toBe(6);
    for (const answer of await answers.all()) await expect(answer).toBeHidden();
    await after.locator('input').first().focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await expect(after.locator('input').nth(1)).toBeChecked();
    await expect(answers.nth(0)).toBeVisible();
    await expect(answers.nth(1)).toBeHidden();
    await expect(score).toBeVisible();
    // A choice in one round is none in the other.
    await expect(before.locator(':checked')).toHaveCount(1);
  });

  test(`${path}: on paper all answers are open, at the end and nowhere before`, async ({
    page,
  }) => {
    await page.goto(path);
    await page.locator('[data-round=after] input').first().check();
    await page.emulateMedia({ media: 'print' });
    for (const answer of await page.locator('.answer').all()) await expect(answer).toBeHidden();
    for (const answer of await page.locator('#answers li').all())
      await expect(answer).toBeVisible();
    for (const picture of await page.locator('figure').all()) await expect(picture).toBeVisible();
  });
}
