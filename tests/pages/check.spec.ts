/** The check of a domain against really signed zones on loopback. */
import { expect, test, type Page } from '@playwright/test';
import { alive } from './alive.ts';
import { doh } from './bed.ts';

async function open(page: Page) {
  await page.goto('/controle/');
  await alive(page.locator('.lookup'));
}
/** What stood there of an earlier one is gone at the press. */
async function ask(page: Page, domain: string) {
  await page.locator('input[name="domain"]').fill(domain);
  await page.locator('.lookup button[type="submit"]').click();
}
async function check(page: Page, domain: string) {
  await open(page);
  await ask(page, domain);
}
const outcome = (page: Page) => page.locator('.lookup .outcome');

test('nothing is asked of anybody before the button is pressed', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/controle/');
  await alive(page.locator('.lookup'));
  await page.locator('input[name="domain"]').fill('a13.test');
  await page.waitForLoadState('networkidle');
  expect(asked.filter((url) => url.startsWith(doh()))).toEqual([]);
});

test('a signed domain with DANE shows its hosts and TLSA records as proved', async ({ page }) => {
  await check(page, 'gemeente-zilverdam.test');
  await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', { timeout: 20_000 });
  await expect(outcome(page)).toContainText('in1.post-hosting.test');
  await expect(outcome(page)).toContainText('TLSA');
  await expect(outcome(page)).not.toContainText('DANE is geldig');
});

test('a proved absence does not look like a lookup that failed', async ({ page }) => {
  await check(page, 'nothing-here.test');
  await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', { timeout: 20_000 });
  const absent = await outcome(page).innerText();
  await check(page, 'expired.test');
  await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', { timeout: 20_000 });
  const bogus = await outcome(page).innerText();
  expect(absent).toContain('bewezen afwezig');
  expect(bogus).not.toContain('bewezen afwezig');
  expect(bogus).toContain('ongeldige handtekening');
});

test('what is typed and pressed before the script is there is not lost', async ({ page }) => {
  let bringScript = () => {};
  const isTyped = new Promise<void>((resolve) => (bringScript = resolve));
  await page.route(/\/_astro\/Lookup\.[^/]+\.js$/, async (route) => {
    await isTyped;
    await route.continue();
  });
  await page.goto('/controle/');
  const field = page.locator('input[name="domain"]');
  await field.focus();
  await page.keyboard.type('a13.test');
  await page.keyboard.press('Enter');
  await expect(page.locator('.lookup')).toHaveAttribute('data-ready', 'false');
  bringScript();
  await expect(outcome(page)).toContainText('a13.test', { timeout: 60_000 });
  await expect(field).toHaveValue('a13.test');
  expect(new URL(page.url()).search).toBe('');
});

test('English says the same in English, and in the embed nobody is chosen beforehand', async ({
  page,
}) => {
  await page.goto('/en/embed/check/');
  await alive(page.locator('.lookup'));
  await expect(page.locator('.lookup input[type="radio"]:checked')).toHaveCount(0);
  await page.locator('input[name="domain"]').fill('a13.test');
  await page.locator('.lookup button[type="submit"]').click();
  await expect(page.locator('.lookup [role="alert"]')).toBeVisible();
  await expect(page.locator('input[name="domain"]')).toHaveValue('a13.test');
});

test('what is no domain gets a sentence and stays in the field', async ({ page }) => {
  await open(page);
  for (const bad of [
    '',
    '   ',
    'localhost',
    '192.0.2.1',
    '[2001:db8::1]',
    'a'.repeat(300),
    '<script>alert(1)</script>',
    'een spatie.nl',
  ])
    await test.step(`“${bad.slice(0, 20)}”`, async () => {
      await ask(page, bad);
      await expect(page.locator('.lookup [role="alert"]')).toBeVisible();
      await expect(page.locator('input[name="domain"]')).toHaveValue(bad);
      await expect(outcome(page).locator('.tone, [data-tone]')).toHaveCount(0);
    });
});

test('a domain is understood within an address of mail or of a page, and in capitals', async ({
  page,
}) => {
  await open(page);
  for (const [typed, domain] of [
    ['iemand@a13.test', 'a13.test'],
    ['https://a14.test/pad?x=1', 'a14.test'],
    ['A15.TEST.', 'a15.test'],
  ] as const)
    await test.step(typed, async () => {
      await ask(page, typed);
      await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', {
        timeout: 20_000,
      });
      await expect(outcome(page).locator('h2')).toContainText(domain);
      await expect(page.locator('input[name="domain"]')).toHaveValue(typed);
    });
});

test('a resolver that answers with what is no answer is told, and nothing is called absent', async ({
  page,
}) => {
  await page.clock.install();
  await open(page);
  await page.locator('.lookup .resolvers > summary').click();
  await page.locator('.lookup input[type="radio"][value="own"]').check();
  for (const fault of ['503', '429', 'html', 'cut', 'nocors', 'servfail'])
    await test.step(fault, async () => {
      await page.locator('.lookup input[type="url"]').fill(doh({ 'x-fault': fault }));
      await ask(page, 'a13.test');
      // Of 503 and 429 the check asks again, each time a second later.
      await expect(async () => {
        await page.clock.fastForward(1_000);
        await expect(page.locator('.lookup')).toHaveAttribute('data-stage', 'done', {
          timeout: 200,
        });
      }).toPass({ timeout: 60_000, intervals: [0] });
      await expect(outcome(page)).toContainText('mislukt');
      await expect(outcome(page)).not.toContainText('bewezen afwezig');
      await expect(outcome(page).getByRole('button').first()).toBeVisible();
    });
});
