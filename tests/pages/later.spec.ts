/** Rooms that are laid out after the first paint (`.fs-later`, site.css): nobody may miss what stands in them. */
import { expect, test, type Page } from '@playwright/test';

const phone = { width: 412, height: 823 };
const wide = { width: 1280, height: 800 };

/** What stands in `main`, and how much of it a program gets that reads the text of the page. */
const read = (page: Page) =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const last = [...(main?.querySelectorAll<HTMLElement>('.part > p, .told p') ?? [])].at(-1);
    return {
      waiting: [...document.querySelectorAll('.fs-later')].filter(
        (room) => getComputedStyle(room).contentVisibility === 'auto',
      ).length,
      isWhole: main?.innerText.includes(last?.textContent.trim().slice(-20) ?? '\0') ?? false,
    };
  });

for (const path of ['/hoe-het-werkt/', '/en/comparison/'])
  test(`${path} on a phone is whole soon after it is shown, with nobody near it`, async ({
    page,
  }) => {
    await page.setViewportSize(phone);
    await page.goto(path);
    await expect.poll(() => read(page)).toEqual({ waiting: 0, isWhole: true });
  });

test('an article without a script lays out on a phone what comes near, and shows all that is passed', async ({
  page,
}) => {
  const text = () => page.locator('main').innerText();
  await page.setViewportSize(wide);
  await page.goto('/notitie/');
  const end = (await text()).trim().slice(-20);
  expect(end).toHaveLength(20);
  await page.setViewportSize(phone);
  await page.goto('/notitie/');
  expect((await read(page)).waiting).toBeGreaterThan(10);
  expect(await text()).not.toContain(end);
  // The end moves while heights are guessed.
  const textAtEnd = async () => {
    await page.keyboard.press('End');
    return text();
  };
  await expect.poll(textAtEnd).toContain(end);
});

test('a wide screen, with or without script, and a link into the page wait for nothing', async ({
  page,
  browser,
}) => {
  await page.setViewportSize(wide);
  await page.goto('/notitie/');
  expect(await read(page)).toEqual({ waiting: 0, isWhole: true });
  await page.setViewportSize(phone);
  await page.goto('/en/memo/#p4');
  expect(await read(page)).toEqual({ waiting: 0, isWhole: true });
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: wide });
  const plain = await context.newPage();
  await plain.goto('/hoe-het-werkt/');
  await expect(plain.locator('main')).toContainText('STARTTLS', { useInnerText: true });
  expect(await read(plain)).toEqual({ waiting: 0, isWhole: true });
  await context.close();
});

test('an embed has no such rooms: its height is measured', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto('/embed/simulator/');
  expect(await page.locator('.fs-later').count()).toBeGreaterThan(0);
  expect((await read(page)).waiting).toBe(0);
});
