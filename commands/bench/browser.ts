/** What the reader waits for, in Chromium, on the site as it was built. */
import type { Page } from '@playwright/test';
import { median } from 'd3-array';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { onBuiltSite } from '../browsers.ts';

const root = join(import.meta.dirname, '../..');
/** Where the site is, from when it is served. */
let origin = '';

const durations = (page: Page, name: string): Promise<number[]> =>
  page.evaluate(
    (wanted) => performance.getEntriesByName(wanted, 'measure').map(({ duration }) => duration),
    name,
  );

/** An embed is alive once its reader has come to it. */
async function openEmbed(page: Page, id: string, widget: string): Promise<void> {
  await page.goto(`${origin}en/embed/${id}/`, { waitUntil: 'networkidle' });
  await page.locator(widget).hover({ position: { x: 4, y: 4 } });
  await page.locator(`${widget}[data-ready="true"]`).waitFor();
}

/** Receivers one after another, each with a matrix of its own. */
async function matrix(page: Page): Promise<string[]> {
  await openEmbed(page, 'matrix', 'section.matrix');
  const tlsa = page.locator('select[id$="-tlsa"]');
  const values = await tlsa
    .locator('option')
    .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
  let count = 0;
  for (let round = 0; round < 3; round += 1)
    for (const value of [...values.slice(1)]) {
      await tlsa.selectOption(value);
      count += 1;
      await page.waitForFunction(
        (wanted) => performance.getEntriesByName('matrix of a receiver').length >= wanted,
        count,
      );
    }
  const taken = await durations(page, 'matrix of a receiver');
  const settled = median(taken.slice(5))!;
  return [
    `matrix of a receiver, 260 deliveries, in its worker: first ${taken[0]?.toFixed(0)} ms, then ${settled.toFixed(0)} ms (median of ${taken.length - 5})`,
    `ratio to the goal of 50 ms: ${(settled / 50).toFixed(2)}`,
  ];
}

/** The attack window dragged over the whole axis, with a processor four times as slow. */
async function dragging(page: Page): Promise<string[]> {
  await openEmbed(page, 'first-contact', '.first-contact');
  const session = await page.context().newCDPSession(page);
  const grip = page.locator('[data-grip="to"]');
  const box = await grip.boundingBox();
  if (box === null) throw new Error('there is no grip to drag');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const drag = async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 0; step < 60; step += 1) await page.mouse.move(x + step * 8, y);
    await page.mouse.move(x, y);
    await page.mouse.up();
  };
  await drag();
  await page.evaluate(() => performance.clearMeasures());
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await drag();
  const taken = await durations(page, 'tracks of first contact');
  const frame = 1000 / 60;
  const middle = median(taken) ?? NaN;
  return [
    `tracks of first contact at a quarter of the speed: ${middle.toFixed(1)} ms (median of ${taken.length} steps of a drag, longest ${Math.max(...taken).toFixed(1)})`,
    `ratio to a frame of ${frame.toFixed(1)} ms: ${(middle / frame).toFixed(2)}`,
  ];
}

/** A number of the burden dragged in its sentence, as slowly. */
async function draggingNumber(page: Page, nth: number, name: string): Promise<string[]> {
  await openEmbed(page, 'burden', 'section.burden');
  const box = await page.getByRole('spinbutton').nth(nth).boundingBox();
  if (box === null) throw new Error('there is no number to drag');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(() => {
    // Between the first and the last who hear of the move, the number is computed and the elements are changed:
    // Svelte renders before the next listener. Style, layout and paint come before the next task.
    const { port1, port2 } = new MessageChannel();
    let start = 0;
    port1.onmessage = () => {
      document.querySelector('section.burden')?.getBoundingClientRect();
      performance.measure('number of the burden, painted', { start });
    };
    const onMove = (listener: () => void, capture: boolean) =>
      window.addEventListener(
        'pointermove',
        ({ buttons }) => {
          if (buttons !== 0) listener();
        },
        { capture },
      );
    onMove(() => {
      start = performance.now();
    }, true);
    onMove(() => {
      performance.measure('number of the burden', { start });
      port2.postMessage('');
    }, false);
  });
  const session = await page.context().newCDPSession(page);
  const drag = async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    // Each step is one of the number: it moves with every eight pixels.
    for (let step = 0; step < 40; step += 1) await page.mouse.move(x + step * 8, y);
    for (let step = 40; step > 0; step -= 1) await page.mouse.move(x + step * 8, y);
    await page.mouse.up();
  };
  await drag();
  await page.evaluate(() => performance.clearMeasures());
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await drag();
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const taken = await durations(page, 'number of the burden');
  const painted = await durations(page, 'number of the burden, painted');
  const frame = 1000 / 60;
  const middle = median(taken) ?? NaN;
  return [
    `${name} of the burden at a quarter of the speed: ${middle.toFixed(1)} ms computed and rendered (median of ${taken.length} steps of a drag, longest ${Math.max(...taken).toFixed(1)}), ${median(painted)!.toFixed(1)} ms with style, layout and paint`,
    `ratio to a frame of ${frame.toFixed(1)} ms: ${(middle / frame).toFixed(2)}, with layout and paint ${(median(painted)! / frame).toFixed(2)}`,
  ];
}

export const bench: Bench = {
  title: 'what a reader waits for, in Chromium',
  run: async () => {
    if (!existsSync(join(root, 'dist/en/embed/matrix/index.html')))
      return ['not measured: there is no dist/ (npm run build)'];
    return onBuiltSite(24_411, async (browser, base) => {
      origin = base;
      const page = await browser.newPage();
      const slow = await browser.newPage();
      return [
        ...(await matrix(page)),
        ...(await dragging(page)),
        ...(await draggingNumber(slow, 0, 'rate')),
        ...(await draggingNumber(slow, 1, 'lifetime')),
      ];
    });
  },
};
