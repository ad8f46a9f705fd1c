/** The story of first contact: by keyboard, by scroll, with less motion, without script, printed: the same six ends. */
import { expect, test, type Page } from '@playwright/test';
import { stateAt } from '../../src/view/stage/model.ts';
import { story } from '../../src/view/first-contact/story.ts';
import { axeFinds } from './axe.ts';

const scenes = story();
const ends = scenes.map(({ scene }) => scene.ending);
const thoughts = scenes.map(({ scene }) => stateAt(scene, scene.steps.length - 1).thought);

const signsIn = (page: Page) =>
  page
    .locator('.story .scene .outcome')
    .evaluateAll((all) => all.map((each) => each.getAttribute('data-ending')));

async function open(page: Page, path = '/eerste-contact/') {
  await page.goto(path);
  await page.mouse.move(300, 400);
  await expect(page.locator('.live[data-ready="true"] .board')).toBeVisible();
}
/** What the one picture shows, in words. */
const shown = async (page: Page) => ({
  title: await page.locator('.board .title').textContent(),
  day: await page.locator('.board .today').textContent(),
});
const expected = async (page: Page, index: number) => ({
  title: await page.locator(`#stop-${index + 1} h3`).textContent(),
  day: `dag ${scenes[index]!.day}`,
});
const trimmed = ({ title, day }: { title: string | null; day: string | null }) => ({
  title: title?.trim(),
  day: day?.trim(),
});

test('by keyboard it goes through six scenes and back, and moves only when asked', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  expect(await signsIn(page)).toEqual(ends);
  const board = page.locator('.board');
  await board.focus();
  for (const to of [1, 2, 3, 4, 5, 5, 4]) {
    const at = await page.locator('.dot[aria-current]').innerText();
    await page.keyboard.press(to < Number(at) - 1 ? 'ArrowLeft' : 'ArrowRight');
    await expect(page.locator('.dot[aria-current]')).toHaveText(String(to + 1));
    expect(trimmed(await shown(page))).toEqual(trimmed(await expected(page, to)));
    await expect(board).toBeFocused();
  }
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await axeFinds(page, { within: '.story' })).toEqual([]);
});

test('by scroll each scene opens, runs, and comes to rest at its end; nothing shifts', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        shifts.sum += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page);
  for (const [index] of scenes.entries()) {
    await page
      .locator(`#stop-${index + 1}`)
      .evaluate((section) => section.scrollIntoView({ block: 'center' }));
    await expect(page.locator('.dot[aria-current]')).toHaveText(String(index + 1));
    if (index !== 3) continue;
    await expect(page.locator('.board .today')).toHaveText('dag 4', { timeout: 30_000 });
    await page.getByRole('button', { name: 'Naar het einde' }).click();
    await expect(page.locator('.board .today')).toHaveText('dag 10');
    // Once more, to its end, and faster than for a reader.
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Animation.enable');
    await devTools.send('Animation.setPlaybackRate', { playbackRate: 8 });
    await page.getByRole('button', { name: 'Afspelen' }).click();
    await expect(page.getByRole('button', { name: 'Afspelen' })).toBeVisible({ timeout: 40_000 });
    expect(trimmed(await shown(page))).toEqual(trimmed(await expected(page, index)));
  }
  expect(
    await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum),
  ).toBeLessThan(0.01);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('six pictures stand under each other, each with its end', async ({ page }) => {
    await page.goto('/en/first-contact/');
    expect(await signsIn(page)).toEqual(ends);
    await expect(page.locator('.story .frame:visible')).toHaveCount(6);
    await expect(page.locator('.story .frame svg:visible')).toHaveCount(6);
    expect(thoughts).toHaveLength(6);
  });
});

for (const isAlive of [true, false])
  test(`printed ${isAlive ? 'from the story at work' : 'as it came'} it has its six pictures, on one page`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 720, height: 1000 });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    if (isAlive) await open(page);
    else await page.goto('/eerste-contact/');
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.story .frame:visible')).toHaveCount(6);
    await expect(page.locator('.board')).toBeHidden();
    // A4 with margins is 277 millimetres high: about 1,047 pixels.
    const box = await page.locator('.story').boundingBox();
    expect(box!.height).toBeLessThan(1_040);
  });

test('a frame of somebody else opens at the scenes that its address asks for, and says what it cannot show', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '/embed/story/?scenes=3-4');
  await expect(page.locator('.dot')).toHaveText(['3', '4']);
  await expect(page.locator('#stop-3 .tells')).toBeVisible();
  await page.locator('.board').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.dot[aria-current]')).toHaveText('4');
  await expect(page.locator('#stop-3 .tells')).toBeHidden();
  await open(page, '/en/embed/story/?scenes=4-9');
  await expect(page.locator('.live')).toContainText('“4-6” is used');
  await expect(page.locator('.dot')).toHaveText(['4', '5', '6']);
  await open(page, '/embed/story/?stop=expiry');
  await expect(page.locator('.dot[aria-current]')).toHaveText('5');
});

test('an address that names a stop opens the story at its scene, in view; one that names the free play does not', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/eerste-contact/?stop=expiry');
  await expect(page.locator('.dot[aria-current]')).toHaveText('5');
  await expect(page.locator('.board')).toBeInViewport();
  await expect(page.locator('#stop-5 .tells')).toBeInViewport();
  await page.goto('/eerste-contact/?stop=expiry#see');
  await expect(page.locator('.dot[aria-current]')).toHaveText('5');
  await expect(page.locator('#see')).toBeInViewport();
  // What no release has had: the free play says what it opens instead, and the story shows the same.
  await page.goto('/en/first-contact/?stop=last');
  await expect(page.locator('.dot[aria-current]')).toHaveText('4');
  await expect(page.locator('.corrections')).toContainText(['“planted” is used']);
});
