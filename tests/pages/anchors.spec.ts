/**
 * Links into pages with long lists, whose entries are folded until a link comes to them: the entry
 * itself must be in view then.
 */
import { expect, test } from '@playwright/test';

/** So many marks of each page, spread over it. */
const marks = 7;

for (const path of [
  '/bronnen/',
  '/en/claims/',
  '/en/corpus/',
  '/notitie/',
  '/insluiten/',
  '/hoe-het-werkt/',
  '/vergelijking/',
])
  test(`each link into ${path} comes to its mark, on a phone and on a desk`, async ({ page }) => {
    await page.goto(path);
    const ids = await page
      .locator('main [id]')
      .evaluateAll((all) => all.map(({ id }) => id).filter((id) => id !== ''));
    expect(ids.length).toBeGreaterThan(marks);
    const chosen = Array.from({ length: marks }, (_, nth) =>
      ids.at(-1 - nth * Math.floor(ids.length / marks)),
    );
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const id of chosen) {
        // By way of another page, so that ours is loaded anew and knows no height yet.
        await page.goto('about:blank');
        await page.goto(`${path}#${encodeURIComponent(String(id))}`);
        // The end of a page cannot come to the top of the window.
        await expect
          .poll(
            () =>
              page.evaluate((mark) => {
                const top = document.getElementById(mark)?.getBoundingClientRect().top ?? -1;
                const left = document.documentElement.scrollHeight - innerHeight - scrollY;
                return top >= 0 && (top <= 200 || (left <= 5 && top < innerHeight));
              }, String(id)),
            { message: `#${id} at ${width}` },
          )
          .toBe(true);
      }
    }
  });
