/** Addresses of embeds that are not there or ask for what is not: one table, for each server. */
import { expect, type Page } from '@playwright/test';

/** Each ends at the card that says so, with a way to what is there. */
const absent = [
  '/embed/no-such/',
  '/embed/no-such',
  '/en/embed/no-such/?theme=dark',
  '/v/9.9.9/embed/matrix/',
  '/v/9.9.9/en/embed/matrix/?preset=first-contact',
  '/v/0.1/embed/matrix/',
  '/v/%3Cimg%20src=x%3E/embed/matrix/',
  '/embed/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/',
  '/embed/matrix/no-such-part/',
];

const markup = encodeURIComponent('"><img src=x onerror=alert(1)>');
/** Each opens what comes closest, and says what it changed; the last two are states of no release that there was. */
const changed = [
  ['simulator', `preset=${markup}&step=999&protection=sts-2031`],
  ['first-contact', `stop=${markup}&from=-4&to=x`],
  ['matrix', `history=${markup}&only-false=yes`],
  ['burden', `rate=${markup}&sender=giant`],
  ['criteria', `weights=${markup}:9&wrong=${markup}`],
  ['simulator', 'preset=of-an-older-release'],
  ['matrix', 'situation=of-an-older-release'],
] as const;

/**
 * `base` is the server's address without its last slash; `folder` that of a release, or nothing: one
 * server is asked for live embeds, the other for pinned ones.
 */
export async function expectNeverBlank(page: Page, base: string, folder: string): Promise<void> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  for (const path of absent) {
    const response = await page.goto(`${base}${path}`);
    expect(response?.status(), path).toBe(404);
    await expect(page.locator('h1'), path).toBeVisible();
    await expect(page.locator('main a').first(), path).toHaveAttribute('href', /insluiten\/$/);
    await expect(page.locator('img'), path).toHaveCount(0);
  }
  for (const [id, query] of changed) {
    const path = `${folder}/en/embed/${id}/?${query}`;
    await page.goto(`${base}${path}`);
    await expect(page.locator('[data-ready="true"]'), path).toBeVisible({ timeout: 30_000 });
    // It says what it changed, in words; and the figure is there all the same.
    await expect(page.locator('.corrections').first(), path).toBeVisible();
    await expect(page.locator('img'), path).toHaveCount(0);
  }
  expect(errors).toEqual([]);
}
