/**
 * A list of test-bed names in the browser, and the same list on the command line.
 * Here with two hundred names; `LIST_NAMES=1000` takes all, and then also holds the page to its limits:
 *
 *     LIST_NAMES=1000 npx playwright test lists
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { readRows, totalsOf, type ListRow } from '../../src/core/check/list-row.ts';
import { listName } from '../testbed/zones.ts';
import { alive } from './alive.ts';
import { anchorFile, doh } from './bed.ts';

const many = Number(process.env['LIST_NAMES'] ?? 200);
const names = (count: number) => Array.from({ length: count }, (_, index) => listName(index + 1));
const lists = (page: Page) => page.locator('.lists');
const reached = (page: Page, stage: string, timeout = 30_000) =>
  expect(lists(page)).toHaveAttribute('data-stage', stage, { timeout });

async function open(page: Page) {
  await page.goto('/gereedschap/');
  await alive(lists(page));
}

async function read(page: Page, text: string) {
  await page.locator('.lists textarea').fill(text);
  await page.getByRole('button', { name: 'Lees de lijst' }).click();
  await reached(page, 'read');
}

const sorted = (rows: readonly ListRow[]) =>
  rows
    .map(({ domain, standing, dnssec, dane, sts, tlsRpt }) =>
      [domain, standing, dnssec, dane, sts, tlsRpt].join(' '),
    )
    .sort();

test('a list that is paused, reloaded and resumed has every name once, and the totals of the command line', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const seen = window as unknown as { longest: number };
    seen.longest = 0;
    new PerformanceObserver((tasks) => {
      for (const { duration } of tasks.getEntries())
        seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
  });
  /** In milliseconds, since it was last asked; 0: none was longer than fifty. */
  const longestTask = () =>
    page.evaluate(() => {
      const seen = window as unknown as { longest: number };
      const { longest } = seen;
      seen.longest = 0;
      return longest;
    });
  await open(page);
  await longestTask();
  await read(page, names(many).join('\n'));
  const whileReading = await longestTask();
  await page.getByRole('button', { name: 'Meet deze' }).click();
  const button = page.getByRole('button', { name: 'Pauzeer' });
  await button.click({ timeout: 30_000 });
  await reached(page, 'paused');
  await page.reload();
  await lists(page).scrollIntoViewIfNeeded();
  await reached(page, 'kept');
  const started = Date.now();
  await longestTask();
  await page.getByRole('button', { name: 'Ga verder met deze lijst' }).click();
  await reached(page, 'finished', 200_000);
  const seconds = (Date.now() - started) / 1000;
  const whileMeasuring = await longestTask();

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Bewaar als JSON' }).click();
  const { rows } = readRows(readFileSync(await (await saved).path(), 'utf8'));
  expect(rows.map(({ domain }) => domain).sort()).toEqual(names(many));

  const { stdout } = spawnSync(
    process.execPath,
    [
      ...['src/command-line/sts-dane.mjs', 'check', '--list', '-'],
      ...['--resolver', doh(), '--anchor', anchorFile()],
    ],
    { input: names(many).join('\n'), encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const { rows: spoken } = readRows(stdout);
  expect(totalsOf(rows)).toEqual(totalsOf(spoken));
  expect(sorted(rows)).toEqual(sorted(spoken));

  if (process.env['LIST_NAMES'] !== undefined) {
    const longest = Math.max(whileReading, whileMeasuring);
    console.log(
      `${many} names: ${seconds.toFixed(1)} s after the pause, longest task ${longest} ms`,
    );
    expect(seconds).toBeLessThanOrEqual(60);
    expect(longest).toBeLessThanOrEqual(50);
  }
});

test('every line of a list is accounted for, and what is kept can be cleared', async ({ page }) => {
  await open(page);
  const text = ['# lijst', 'domein', listName(1), listName(1), 'localhost', `jan@${listName(2)}`];
  await read(page, [...text, '<script>alert(1)</script>'].join('\n'));
  const told = page.locator('.lists .reading');
  await expect(told).toContainText('2 namen herkend');
  await expect(told).toContainText('1 naam stond er dubbel in');
  await told.locator('summary').click();
  await expect(told).toContainText('<script>alert(1)</script>');
  await page.getByRole('button', { name: 'Meet deze' }).click();
  await reached(page, 'finished', 60_000);
  await expect(page.locator('.lists tbody tr')).toHaveCount(2);
  await page.getByLabel('Zoek in de namen').fill('n0002');
  await expect(page.locator('.lists tbody tr')).toHaveCount(1);
  await page.getByRole('button', { name: 'Wis namen en uitkomsten' }).click();
  await reached(page, 'idle');
  await page.reload();
  await alive(lists(page));
  await reached(page, 'idle');
});

test('a resolver that cannot be used for a list is refused before any name goes out', async ({
  page,
}) => {
  await open(page);
  await read(page, listName(1));
  await page.locator('.lists .resolvers > summary').click();
  await page.locator('.lists .resolvers').getByRole('radio').last().check();
  await page.getByLabel('Adres van de DNS-dienst').fill(doh({ 'x-lie': 'strip' }));
  await page.getByRole('button', { name: 'Meet deze' }).click();
  await reached(page, 'refused', 60_000);
  await expect(page.locator('.lists .progress')).toContainText('We hebben geen naam verstuurd');
  await expect(page.locator('.lists tbody tr')).toHaveCount(0);
});
