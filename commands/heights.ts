/**
 * `npm run heights`: measures every embed of the site in `dist/`, in both languages, at each width that
 * code is offered for, in the state in which it opens and in each that has a name of its own, and writes
 * the worst cases to `content/embed-heights.yaml`. Needs Chromium; a browser test says when it is due.
 */
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { heightFor, measuredWidths } from '../src/site/embed-code.ts';
import { embedHref, embeds, type EmbedId } from '../src/site/routes.ts';
import { readScenarios } from '../src/site/scenarios/read.ts';
import { readFacts } from '../src/site/facts/read.ts';
import { histories } from '../src/view/matrix/axes.ts';
import { stops } from '../src/view/first-contact/state.ts';
import { onBuiltSite } from './browsers.ts';

const { criteria } = readFacts('content').facts;

/** The named states of each embed, as queries; the first is the one it opens in. */
const statesOf: Partial<Record<EmbedId, readonly string[]>> = {
  simulator: readScenarios('content')
    .scenarios.filter(({ menu, isKnobs }) => menu !== false && isKnobs)
    .map(({ id }) => `?preset=${id}`),
  'first-contact': stops.map(({ id }) => `?stop=${id}`),
  matrix: histories.map((history) => `?history=${history}`),
  // All six weighed: the memo's advice shows.
  criteria: [`?weights=${criteria?.first.map((id) => `${id}:1`).join(',') ?? ''}`],
};
/** The states that are highest at one width are so at the others. */
const tallestMost = 4;

/** Air for another font or another browser's line breaks. */
const spare = 1.06;
const roundTo = 20;

const heightOf = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [...document.body.children].reduce((sum, part) => sum + part.scrollHeight, 0),
  );

/**
 * Opens the embed in a frame of this width and resolves to the height of all that stands in it, in pixels: as it comes
 * or once its script is there, whichever is higher.
 */
async function measureEmbed(page: Page, address: string, width: number): Promise<number> {
  await page.setViewportSize({ width, height: 600 });
  await page.goto(address, { waitUntil: 'load' });
  const asItComes = await heightOf(page);
  if ((await page.locator('astro-island').count()) === 0) return asItComes;
  await page.locator('h1').hover();
  await page.locator('[data-ready="true"]').first().waitFor();
  return Math.max(asItComes, await heightOf(page));
}

const lines = [
  '# Written by `npm run heights`: the height in pixels that holds each embed, in both languages, at each width.',
];
await onBuiltSite(24_700, async (browser, base) => {
  const page = await browser.newPage();
  /** `npm run heights matrix check` measures those only, and keeps what was measured of the others. */
  const asked = process.argv.slice(2);
  for (const { id } of embeds) {
    lines.push(`${id}:`);
    if (asked.length > 0 && !asked.includes(id)) {
      lines.push(...measuredWidths.map((width) => `  ${width}: ${heightFor(id, width)}`));
      continue;
    }
    const addressOf = (lang: 'nl' | 'en', state: string) =>
      new URL(`${embedHref(id, lang)}${state}`, base).href;
    const tried: { state: string; height: number }[] = [];
    for (const state of statesOf[id] ?? [])
      tried.push({ state, height: await measureEmbed(page, addressOf('nl', state), 320) });
    const tallest = tried.sort((a, b) => b.height - a.height).slice(0, tallestMost);
    console.log(id, tried.map(({ state, height }) => `${state} ${height}`).join(', '));
    for (const width of measuredWidths) {
      let worst = 0;
      for (const lang of ['nl', 'en'] as const)
        for (const state of ['', ...tallest.map((each) => each.state)])
          worst = Math.max(worst, await measureEmbed(page, addressOf(lang, state), width));
      lines.push(`  ${width}: ${Math.ceil((worst * spare) / roundTo) * roundTo}`);
    }
    console.log(lines.slice(-measuredWidths.length).join(' ').replaceAll('  ', ' '), id);
  }
});
writeFileSync('content/embed-heights.yaml', `${lines.join('\n')}\n`);
