/** The matrix: its cells open their traces, another receiver is computed, with or without a worker. */
import { expect, test, type Locator, type Page } from '@playwright/test';
import { seededChance } from '../../src/core/cost/simulate.ts';
import {
  attackers,
  cellKnobs,
  histories,
  linkOf,
  protections,
  receiverKnobs,
} from '../../src/view/matrix/axes.ts';
import { settle } from '../../src/view/simulator/knob-groups.ts';
import {
  defaultKnobs,
  formatKnobs,
  knobValues,
  type Knobs,
} from '../../src/world/simulated/knobs.ts';
import { simulateKnobs } from '../../src/world/simulated/scenario-of-knobs.ts';
import { alive } from './alive.ts';
import { axeFinds } from './axe.ts';

async function open(page: Page, address: string) {
  await page.goto(address);
  await alive(page.locator('section.matrix'));
}
const cellsOf = (inside: Page | Locator) => inside.locator('section.matrix tbody td a');

for (const [history, protection] of [
  ['first-contact', 'mta-sts'],
  ['forged-policy-planted', 'smtp-sts-2016'],
] as const)
  test(`a cell after ${history} says what the simulator shows behind it`, async ({ page }) => {
    await open(page, `/en/comparison/?history=${history}&tlsa=none`);
    await expect(page.locator('section.matrix [data-history]')).toHaveAttribute(
      'data-history',
      history,
    );
    const cells = cellsOf(page);
    const links = await cells.evaluateAll((all) =>
      all.map((cell) => ({
        href: cell.getAttribute('href') ?? '',
        verdict: cell.getAttribute('data-verdict') ?? '',
        belief: cell.getAttribute('data-belief') ?? '',
      })),
    );
    const own = links.filter(({ href }) => href.includes(`protection=${protection}&`));
    for (const { href, verdict, belief } of [own[2]!, own.at(-1)!]) {
      await page.goto(href);
      const outcome = page.locator(`[data-verdict="${verdict}"]`).first();
      await expect(outcome).toBeVisible();
      await expect(page.locator(`[data-belief="${belief}"]`).first()).toBeVisible();
    }
  });

test('a cell, the simulator opened from it and the core in Node agree, for a sample drawn by seed', async ({
  page,
}) => {
  // As 1,000 times in tests/view/matrix/matrix.test.ts, by the same draw; here through the pages themselves.
  const chance = seededChance(20160318);
  const oneOf = <Item>(list: readonly Item[]): Item => list[Math.floor(chance() * list.length)]!;
  const seen = new Set<string>();
  for (let count = 0; count < 12; count += 1) {
    const drawn: Record<string, string> = { ...defaultKnobs };
    for (const name of receiverKnobs) if (chance() < 0.5) drawn[name] = oneOf(knobValues[name]);
    const receiver = settle(drawn as unknown as Knobs).knobs;
    const [history, attacker, protection] = [
      oneOf(histories),
      oneOf(attackers),
      oneOf(protections),
    ];
    const knobs = cellKnobs(receiver, protection, attacker, history);
    const { verdict, belief } = simulateKnobs(knobs).outcome;
    const query = new URLSearchParams(formatKnobs(receiver).map(([name, value]) => [name, value]));
    query.set('history', history);
    await page.goto(`/en/embed/matrix/?${query}`);
    const href = linkOf(knobs, '/en/how-it-works/');
    const cell = page.locator(`.matrix-table td a[href="${href}"]`);
    await expect(cell, href).toHaveAttribute('data-verdict', verdict, { timeout: 20_000 });
    await expect(cell, href).toHaveAttribute('data-belief', belief);
    await page.goto((await cell.getAttribute('href'))!);
    const opened = page.locator('.simulator .outcome');
    await expect(page.locator('.simulator')).toHaveAttribute('data-ready', 'true', {
      timeout: 20_000,
    });
    await expect(opened, href).toHaveAttribute('data-verdict', verdict);
    await expect(opened, href).toHaveAttribute('data-belief', belief);
    seen.add(verdict);
  }
  expect(seen.size).toBeGreaterThanOrEqual(3);
});

test('is walked from the keyboard: receiver, history, filter, a cell', async ({ page }) => {
  await open(page, '/en/comparison/');
  const before = await page.locator('section.matrix [data-gap="false-security"]').count();
  await page.getByLabel('TLSA records', { exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('section.matrix [data-gap="false-security"]')).not.toHaveCount(before);
  await expect(page).toHaveURL(/tlsa=none/);
  await page.getByRole('radio', { name: 'first contact', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('section.matrix [data-history="known"]')).toBeVisible();
  await page.getByLabel(/Show only where the sender/).focus();
  await page.keyboard.press('Space');
  const marked = await page.locator('section.matrix tbody td:not(.faded)').count();
  expect(marked).toBe(await page.locator('section.matrix [data-gap="false-security"]').count());
  await expect(page.locator('.reading')).toContainText(`In ${marked} of 65`);
  expect(await axeFinds(page, { within: '.matrix' })).toEqual([]);
  const cell = cellsOf(page).first();
  await cell.focus();
  const href = (await cell.getAttribute('href')) ?? '';
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(href.slice(0, 40).replace(/[?.]/g, '\\$&')));
});

test('without a worker computes the same, in a frame without an origin', async ({
  page,
  baseURL,
}) => {
  const address = '/en/embed/matrix/?tlsa=3-1-1-wrong&zone=unsigned';
  const verdictsOf = (cells: Locator) =>
    cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('data-verdict')));
  const changed = 'td a[href*="3-1-1-wrong"]';
  await page.goto(address, { waitUntil: 'networkidle' });
  await expect(page.locator(changed)).toHaveCount(65);
  const alone = await verdictsOf(page.locator('.matrix-table td a'));
  await page.route('http://host.invalid/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>host</title>
        <iframe title="embed" src="${baseURL}${address}" sandbox="allow-scripts" width="900" height="900"></iframe>`,
    }),
  );
  await page.goto('http://host.invalid/');
  const frame = page.frameLocator('iframe');
  await expect(frame.locator(changed)).toHaveCount(65);
  expect(await verdictsOf(frame.locator('.matrix-table td a'))).toEqual(alone);
});

test('a link with what does not exist opens the nearest, and says so', async ({ page }) => {
  await open(page, '/en/comparison/?history=yesterday&zone=golden&situation=long-gone');
  await expect(page.locator('section.matrix')).toContainText('yesterday');
  await expect(page.locator('section.matrix')).toContainText('golden');
  await expect(page.locator('section.matrix')).toContainText('long-gone');
  await expect(cellsOf(page)).toHaveCount(65);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  test('home shows twenty-four verdicts, each a link, at 360 pixels', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto('/');
    const cells = page.locator('.matrix-table tbody td a');
    await expect(cells).toHaveCount(24);
    for (const cell of [cells.first(), cells.last()]) {
      await expect(cell.locator('.word')).toBeVisible();
      await expect(cell).toHaveAttribute('href', /^\/hoe-het-werkt\/\?protection=/);
    }
  });
});
