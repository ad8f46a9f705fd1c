/** On paper: how many sheets a page takes, what is not printed, and that a PDF is told its structure. */
import { expect, test, type Page } from '@playwright/test';

const sheets = [
  { nl: '/', en: '/en/', most: 1 },
  { nl: '/criteria/', en: '/en/criteria/', most: 2 },
  { nl: '/notitie/', en: '/en/memo/', most: 8 },
  { nl: '/sinds-2016/', en: '/en/since-2016/', most: 6 },
  { nl: '/raadsbrief/', en: '/en/council-brief/', most: 2 },
] as const;
const weighed =
  '?weights=paper-proposal:2,large-providers:-1,first-contact:1,no-dnssec:-2,dane-ready:1,small-providers:0';

async function pdfOf(page: Page, path: string): Promise<string> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  const pdf = await page.pdf({ format: 'A4', tagged: true, preferCSSPageSize: true });
  return pdf.toString('latin1');
}

for (const { nl, en, most } of sheets)
  for (const path of [nl, en])
    test(`${path} is printed on at most ${most}`, async ({ page }) => {
      const pdf = await pdfOf(page, path);
      expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length).toBeLessThanOrEqual(most);
      expect(pdf).toMatch(/\/StructTreeRoot/);
      expect(pdf).toMatch(new RegExp(`/Lang\\s*\\(${path === nl ? 'nl' : 'en'}`));
      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['.nl-skip-link', 'header', 'nav', 'main button:not(.term__word)'])
        for (const each of await page.locator(hidden).all()) await expect(each).toBeHidden();
    });

for (const path of ['/criteria/', '/en/criteria/'])
  test(`${path} is printed on at most 2 with a weighing on it, and says the weights in words`, async ({
    page,
  }) => {
    const pdf = await pdfOf(page, `${path}${weighed}`);
    expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length).toBeLessThanOrEqual(2);
    await page.emulateMedia({ media: 'print' });
    const said = page.locator('[data-finding="no-dnssec"] .on-paper');
    await expect(said).toBeVisible();
    await expect(said).toContainText(
      path === '/criteria/' ? 'sterk voor wachten' : 'strongly for waiting',
    );
  });

test('the notes of the memo stand on paper after it, with the numbers of its sentences', async ({
  page,
}) => {
  await page.goto('/notitie/');
  await page.emulateMedia({ media: 'print' });
  const sentences = await page.locator('.sentence sup').allInnerTexts();
  const notes = await page.locator('.reading__number').allInnerTexts();
  expect(notes.length).toBe(70);
  for (const number of sentences) expect(notes.map((note) => note.trim())).toContain(`${number}.`);
  await expect(page.locator('#reading-C32')).toBeVisible();
});
