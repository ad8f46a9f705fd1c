/** Searching in both languages, over articles, claims and words. */
import { expect, test } from '@playwright/test';

const searches = [
  { path: '/zoeken/', word: 'vingerafdruk', page: 'Begrippen', part: /C30/ },
  { path: '/en/search/', word: 'fingerprint', page: 'Glossary', part: /C30/ },
] as const;

for (const { path, word, page: title, part } of searches) {
  test(`${path} finds "${word}" in the glossary and in a claim, and leads there`, async ({
    page,
  }) => {
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.locator('#search-field').fill(word);
    const results = page.locator('#search-results');
    await expect(results.getByRole('heading', { name: title, exact: true })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`\\?q=${word}$`));
    await results.getByRole('link', { name: part }).click();
    await expect(page.locator(':target')).toBeVisible();
  });
}

test('what was searched survives in the address; nothing found is said', async ({ page }) => {
  await page.goto('/zoeken/?q=zqxjkvw', { waitUntil: 'networkidle' });
  await expect(page.locator('#search-field')).toHaveValue('zqxjkvw');
  await expect(page.locator('#search-status')).not.toHaveText('');
});

test('the index is fetched only when somebody searches', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/zoeken/', { waitUntil: 'networkidle' });
  expect(asked.filter((path) => path.startsWith('/pagefind/'))).toEqual([]);
});
