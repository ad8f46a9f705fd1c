/** The memo retold: whose words are whose is told in words, so that it survives without the stylesheet. */
import { expect, test } from '@playwright/test';

const pages = [
  ['/notitie/', 'De notitie, in onze woorden', 'Wat wij zeggen'],
  ['/en/memo/', 'The memo, in our words', 'What we say'],
] as const;

for (const [path, theirs, ours] of pages)
  test(`${path} says of each passage whether it is the memo’s or ours`, async ({ page }) => {
    await page.goto(path);
    for (const [selector, label] of [
      ['div.told > .told__text', theirs],
      ['.ours', ours],
    ] as const) {
      const texts = await page.locator(selector).evaluateAll((passages) =>
        // As reader mode, a screen reader or a copy has them.
        passages.map((passage) => passage.textContent.trim()),
      );
      expect(texts.length).toBeGreaterThan(9);
      for (const text of texts) expect(text.slice(0, label.length)).toBe(label);
    }
    // A passage refers to the memo's own footnotes and places only; what is ours to point at stands in the notes.
    const links = await page
      .locator('.told__text a')
      .evaluateAll((links) =>
        links
          .filter((link) => !link.closest('.told__notes'))
          .map((link) => link.getAttribute('href')),
      );
    expect(links.length).toBeGreaterThan(5);
    for (const href of links) expect(href).toMatch(/^#(note-\d|p5-1|p7-6|advice-2)$/);
    // A label for the eye once in a row of passages, and never out of sight for everybody.
    const labels = page.locator('.told__label');
    expect(await labels.count()).toBeGreaterThan(30);
    const seen = await labels.evaluateAll(
      (all) => all.filter((label) => label.getBoundingClientRect().height > 5).length,
    );
    expect(seen).toBeGreaterThan(10);
  });

test('on a phone the parts of the memo are folded, and a link, paper and a wide screen have them open', async ({
  browser,
}) => {
  const page = await browser.newPage({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  await page.goto('/notitie/');
  const advice = page.locator('#advice-2');
  await expect(advice).toBeHidden();
  const height = () => page.locator('html').evaluate((html) => html.scrollHeight);
  expect(await height()).toBeLessThan(6_000);
  await page.locator('.fold > summary').first().click();
  await expect(page.locator('#p1-1')).toBeVisible();
  // The link unfolds the section of that heading.
  await page.getByRole('link', { name: 'Ad 3: advies' }).click();
  await expect(advice).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ad 3: advies' })).toBeInViewport();
  await page.goto('/notitie/#sentence-C36');
  await expect(page.locator('#sentence-C36')).toBeInViewport();
  await page.emulateMedia({ media: 'print' });
  await expect(advice).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(advice).toBeVisible();
  await expect(page.locator('.fold > summary:visible')).toHaveCount(0);
  await page.close();
});
