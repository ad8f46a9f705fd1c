/**
 * One scene in an article of somebody else: no higher than an article bears, measured with every sentence that a
 * scenario can say there, and locked to the steps that its address names.
 */
import { expect, test, type Page } from '@playwright/test';
import { momentsOf } from '../../src/view/stage/moments.ts';
import { sceneOf } from '../../src/view/stage/scene.ts';
import { gapOf } from '../../src/view/verdict.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { embedHref } from '../../src/site/routes.ts';
import { runOf, scenarios } from '../scenarios/every.ts';
import { axeFinds } from './axe.ts';

const words = readWords();
const limits = [
  { width: 680, most: 700 },
  { width: 640, most: 700 },
  { width: 320, most: 900 },
] as const;

async function open(page: Page, path: string) {
  await page.goto(path);
  await page.locator('h1').hover();
  await expect(page.locator('[data-ready="true"]')).toBeVisible();
}
const heightOf = (page: Page) =>
  page.evaluate(() =>
    [...document.body.children].reduce((sum, part) => sum + part.scrollHeight, 0),
  );

/** A look in each frame, from one visit. */
async function inEachFrame(page: Page, look: (most: number, where: string) => Promise<void>) {
  for (const { width, most } of limits) {
    await page.setViewportSize({ width, height: most });
    await look(most, `in a frame of ${width}`);
  }
}

const frames = limits.map(({ width, most }) => `${width} by ${most}`).join(', ');
for (const lang of ['nl', 'en'] as const)
  test(`each frame (${frames}) holds each step of each scenario and each scene of the story, in ${lang}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const say = sayWith(words[lang], lang);
    const sentences = scenarios.flatMap((scenario) => {
      const run = runOf(scenario);
      const scene = sceneOf(run, gapOf(run.outcome) === 'false-security');
      return momentsOf(scene, say).map(({ sentence }) => sentence);
    });
    expect(scenarios.length).toBeGreaterThan(200);
    const titles = readScenarios('content').scenarios.map(({ title }) => title[lang]);
    await page.goto(embedHref('scene', lang));
    await inEachFrame(page, async (most, where) => {
      expect(await heightOf(page), `scene as it comes ${where}`).toBeLessThanOrEqual(most);
    });
    await open(page, embedHref('scene', lang));
    await inEachFrame(page, async (most, where) => {
      const highest = await page.evaluate(
        ({ sentences, titles }) => {
          const place = (of: string) => document.querySelector(of)!;
          const height = () =>
            [...document.body.children].reduce((sum, part) => sum + part.scrollHeight, 0);
          const highestOf = (of: string, texts: readonly string[]) => {
            let [worst, at] = [0, ''];
            for (const text of texts) {
              place(of).textContent = text;
              if (height() > worst) [worst, at] = [height(), text];
            }
            place(of).textContent = at;
            return worst;
          };
          highestOf('.situation', titles);
          return highestOf('.sentence', sentences);
        },
        { sentences: [...new Set(sentences)], titles },
      );
      expect(highest, `scene ${where}`).toBeLessThanOrEqual(most);
    });

    await page.goto(embedHref('story', lang));
    await inEachFrame(page, async (most, where) => {
      expect(await heightOf(page), `story as it comes ${where}`).toBeLessThanOrEqual(most);
    });
    for (const scene of [1, 2, 3, 4, 5, 6]) {
      await open(page, `${embedHref('story', lang)}?scenes=${scene}-6`);
      await inEachFrame(page, async (most, where) => {
        expect(await heightOf(page), `scene ${scene} ${where}`).toBeLessThanOrEqual(most);
        // The picture does not cover the words.
        const [picture, words] = await Promise.all([
          page.locator('.board').boundingBox(),
          page.locator(`#stop-${scene} .tells`).boundingBox(),
        ]);
        const isBeside = picture!.x + picture!.width <= words!.x + 1;
        expect(
          isBeside || picture!.y + picture!.height <= words!.y + 1,
          `scene ${scene} ${where}`,
        ).toBe(true);
      });
    }
  });

test('it is locked to the steps that its address names, and leads to the free version of the same', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, '/embed/scene/?preset=draft-forged-first-policy&steps=2-3');
  const [back, on] = ['Terug', 'Verder'].map((name) => page.getByRole('button', { name }));
  const count = page.locator('.count');
  await expect(count).toHaveText(/^stap 2 van /);
  await expect(back!).toBeDisabled();
  await page.locator('.board').focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(count).toHaveText(/^stap 3 van /);
  await expect(on!).toBeDisabled();
  await expect(page.locator('.step[aria-current] .sentence')).toBeVisible();
  await expect(page.locator('.sentence:visible')).toHaveCount(1);
  expect(await axeFinds(page)).toEqual([]);
  // The current step is in the address, and in the link to the whole page.
  await expect(page).toHaveURL(/steps=2-3/);
  const whole = page.getByRole('link', { name: 'Bekijk de hele pagina' });
  await whole.focus();
  const address = new URL(String(await whole.evaluate((link: HTMLAnchorElement) => link.href)));
  await page.goto(`${address.pathname}${address.search}`);
  await expect(page.locator('.simulator[data-ready="true"]')).toBeVisible();
  await expect(page.locator('.step[aria-current] .number')).toHaveText('3');
  await expect(page.getByRole('button', { name: 'Verder' })).toBeEnabled();
  await expect(page.locator('.corrections')).toHaveCount(0);
});

for (const [asked, used, first] of [
  ['3-99', '3-5', 3],
  ['0', '1', 1],
  ['4-2', '2-4', 2],
  ['all', '1-5', 1],
] as const)
  test(`steps=${asked} opens ${used}, and says so`, async ({ page }) => {
    await open(page, `/en/embed/scene/?preset=draft-forged-first-policy&steps=${asked}`);
    await expect(page.locator('.corrections')).toContainText(`“${used}” is used`);
    await expect(page.locator('.count')).toHaveText(`step ${first} of 5`);
  });

test('it plays to its end when asked, from the first touch', async ({ page }) => {
  await page.goto('/en/embed/scene/');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.locator('.count')).toHaveText('step 1 of 5');
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBeGreaterThan(0);
  await expect(page.locator('.count')).toHaveText('step 5 of 5', { timeout: 30_000 });
});
