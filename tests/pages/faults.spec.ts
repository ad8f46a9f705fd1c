/**
 * When something fails: the resolver, a worker, the storage, the network, or the browser itself. Each
 * time a visitor must be told what happened in words, lose nothing that was typed or measured, and
 * never read that something is absent, or proved, because something was broken.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { readWords } from '../../src/command-line/read-messages.ts';
import { listName } from '../testbed/zones.ts';
import { alive } from './alive.ts';
import { doh } from './bed.ts';

const patience = { timeout: 90_000 };
const { nl } = readWords();
const word = (key: string): string => nl[key] ?? `no word for ${key}`;

const lookup = (page: Page) => page.locator('.lookup');
const lists = (page: Page) => page.locator('.lists');
const press = (page: Page, key: string) =>
  page
    .getByRole('button', { name: word(key), exact: true })
    .first()
    .click(patience);

async function openCheck(page: Page, domain: string, settings?: Readonly<Record<string, string>>) {
  await page.goto('/controle/');
  await alive(lookup(page));
  await page.locator('input[name="domain"]').fill(domain);
  if (settings === undefined) return;
  await ownResolver(lookup(page), doh(settings));
}
async function ownResolver(widget: Locator, address: string) {
  await widget.locator('.resolvers > summary').click();
  await widget.locator('.resolvers').getByRole('radio').last().check();
  await widget.locator('input[type="url"]').fill(address);
}
const go = (page: Page) => page.locator('.lookup button[type="submit"]').click();
const reached = (page: Page, stage: string) =>
  expect(lookup(page)).toHaveAttribute('data-stage', stage, patience);
/** The same domain at another resolver; the report of the one before is gone at the press. */
async function askOf(page: Page, settings: Readonly<Record<string, string>>) {
  await page.locator('.lookup input[type="url"]').fill(doh(settings));
  await go(page);
  await reached(page, 'done');
}
const row = (page: Page, kind: string) => page.locator(`.outcome [data-row="${kind}"]`).first();

/** The list widget, with a list read and a resolver chosen. */
async function openList(
  page: Page,
  names: number,
  settings: Readonly<Record<string, string>> = {},
) {
  await page.goto('/gereedschap/');
  await readList(page, names, settings);
}
async function readList(
  page: Page,
  names: number,
  settings: Readonly<Record<string, string>> = {},
) {
  await alive(lists(page));
  const text = Array.from({ length: names }, (_, index) => listName(index + 1)).join('\n');
  await lists(page).locator('textarea').fill(text);
  await press(page, 'list.read');
  await listReached(page, 'read');
  if (Object.keys(settings).length === 0) return;
  await ownResolver(lists(page), doh(settings));
}
const startList = (page: Page) => lists(page).locator('.ask .button.primary').click();
const listReached = (page: Page, stage: string) =>
  expect(lists(page)).toHaveAttribute('data-stage', stage, patience);

test.describe('the resolver', () => {
  test('is slow: it is told how far the check is, it can be stopped, and the next one is as good as ever', async ({
    page,
  }) => {
    await openCheck(page, 'a13.test', { 'x-delay': '4000' });
    await go(page);
    await expect(lookup(page).locator('.progress')).toContainText('DNSKEY', patience);
    await press(page, 'lookup.cancel');
    await expect(lookup(page).locator('.progress')).toContainText(word('lookup.cancelled'));
    await expect(page.locator('.outcome')).toHaveCount(0);
    await expect(page.locator('input[name="domain"]')).toHaveValue('a13.test');
    await page.locator('.lookup input[type="url"]').fill(doh());
    await go(page);
    await reached(page, 'done');
    await expect(row(page, 'mx')).toHaveAttribute('data-status', 'proved');
  });

  for (const fault of ['silent', 'reset'])
    test(`is down (${fault}): that is said, and nothing is called absent or proved`, async ({
      page,
    }) => {
      await page.clock.install();
      await openCheck(page, 'a13.test', { 'x-fault': fault });
      await go(page);
      // The page waits ten seconds for each answer.
      await expect(async () => {
        await page.clock.fastForward(11_000);
        await expect(lookup(page)).toHaveAttribute('data-stage', 'done', { timeout: 500 });
      }).toPass({ ...patience, intervals: [0] });
      await expect(row(page, 'mx')).toHaveAttribute('data-status', 'failed');
      await expect(page.locator('.outcome')).toContainText(fault === 'silent' ? '10' : 'bereik');
      await expect(page.locator('.outcome [data-status="absent"]')).toHaveCount(0);
      await expect(page.locator('.outcome [data-status="proved"]')).toHaveCount(0);
    });

  test('limits: each third answer is 429, and after trying again the report is whole', async ({
    page,
  }) => {
    await openCheck(page, 'gemeente-zilverdam.test', { 'x-fault': '429', 'x-every': '3' });
    await go(page);
    await reached(page, 'done');
    await expect(page.locator('.outcome [data-status="failed"]')).toHaveCount(0);
    await expect(row(page, 'tlsa')).toHaveAttribute('data-status', 'proved');
  });

  test('points to another address: nothing is asked there, and that is said', async ({ page }) => {
    const arrived: string[] = [];
    const elsewhere = createServer((request, response) => {
      arrived.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    for (const to of [`http://127.0.0.1:${port}/dns-query`, `http://localhost:${port}/`]) {
      await openCheck(page, 'a13.test', { 'x-fault': 'redirect', 'x-to': to });
      await go(page);
      await reached(page, 'done');
      await expect(row(page, 'mx')).toHaveAttribute('data-status', 'failed');
      await expect(row(page, 'mx')).toContainText(word('lookup.transport.redirected'));
      // Nobody gave an answer, so nobody is said to have been asked and checked.
      await expect(page.locator('.outcome .asked')).toContainText('Er kwam geen leesbaar antwoord');
      await expect(page.locator('.outcome [data-status="absent"]')).toHaveCount(0);
    }
    elsewhere.close();
    expect(arrived).toEqual([]);
  });

  test('has a password in its address: that is said at the field, nobody is asked, nothing is lost', async ({
    page,
  }) => {
    const typed = 'https://me:secret@dns.example/dns-query';
    await openCheck(page, 'a13.test', {});
    await page.locator('.lookup input[type="url"]').fill(typed);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await go(page);
    await expect(lookup(page)).toContainText(word('lookup.resolver.credentials'));
    await expect(page.locator('.lookup input[type="url"]')).toHaveValue(typed);
    await expect(page.locator('input[name="domain"]')).toHaveValue('a13.test');
    expect(asked.filter((url) => url.includes('dns.example'))).toEqual([]);
    await expect(page.locator('.outcome')).toHaveCount(0);
  });

  test('copies records and lengthens their lives: the report is that of an honest one', async ({
    page,
  }) => {
    await openCheck(page, 'gemeente-zilverdam.test', {});
    const told = async (settings: Readonly<Record<string, string>>) => {
      await askOf(page, settings);
      return page
        .locator('.outcome [data-status]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-status')));
    };
    const honest = await told({});
    expect(honest).toContain('proved');
    for (const lie of ['double', 'double-case', 'ttl-most'])
      expect([lie, ...(await told({ 'x-lie': lie }))]).toEqual([lie, ...honest]);
    await expect(page.locator('.outcome')).not.toContainText('2.147.483.647');
  });

  test('lies about TLSA: what it says is neither proved nor proved absent, and the rest stands', async ({
    page,
  }) => {
    await openCheck(page, 'gemeente-zilverdam.test', {});
    for (const lie of ['forge', 'strip', 'strip-rrsig', 'nxdomain', 'nodata', 'swap', 'other'])
      await test.step(lie, async () => {
        await askOf(page, { 'x-lie': lie, 'x-only': 'TLSA' });
        await expect(row(page, 'mx')).toHaveAttribute('data-status', 'proved');
        await expect(row(page, 'tlsa')).toHaveAttribute('data-status', /^(bogus|failed)$/);
        await expect(page.locator('.sentence')).not.toHaveAttribute(
          'data-sentence',
          /dane$|both$|neither$/,
        );
      });
  });
});

test.describe('the network', () => {
  test('is gone before the check was fetched: it says so, and works when it is back', async ({
    page,
    context,
  }) => {
    await page.goto('/controle/');
    await alive(lookup(page));
    // What looks up is fetched when the field is entered, and not before.
    await context.setOffline(true);
    await page.locator('input[name="domain"]').fill('a13.test');
    await go(page);
    await reached(page, 'broken');
    await expect(lookup(page).locator('.progress')).toContainText(word('lookup.broken'));
    await expect(page.locator('input[name="domain"]')).toHaveValue('a13.test');
    await context.setOffline(false);
    await go(page);
    await reached(page, 'done');
    await expect(row(page, 'mx')).toHaveAttribute('data-status', 'proved');
  });

  test('is gone before anything of a widget was fetched: it says so, and what was chosen is done when it is back', async ({
    page,
    context,
  }) => {
    await page.goto('/hoe-het-werkt/');
    const room = page.locator('.fs-widget', { has: page.locator('.simulator') });
    const told = room.getByRole('alert');
    await expect(told).toBeHidden();
    await context.setOffline(true);
    const choice = room.getByRole('button', { name: word('simulator.choose') });
    await choice.click();
    await expect(told).toHaveText(word('site.not-loaded'), patience);
    await context.setOffline(false);
    await choice.click();
    await alive(room.locator('.simulator'));
    await expect(told).toBeHidden();
    await expect(choice).toHaveAttribute('aria-pressed', 'true');
  });

  test('is gone after a first check: the second says that nobody could be reached', async ({
    page,
    context,
  }) => {
    await openCheck(page, 'a13.test');
    await go(page);
    await reached(page, 'done');
    await context.setOffline(true);
    await page.locator('input[name="domain"]').fill('a14.test');
    await go(page);
    await expect(page.locator('.outcome')).toHaveAttribute('data-domain', 'a14.test', patience);
    await expect(row(page, 'mx')).toHaveAttribute('data-status', 'failed');
    await expect(page.locator('.outcome [data-status="absent"]')).toHaveCount(0);
  });

  test('is gone after the simulator was used once: it goes on without it', async ({
    page,
    context,
  }) => {
    await page.goto('/hoe-het-werkt/?protection=mta-sts');
    const widget = page.locator('.widget.simulator');
    await alive(widget);
    const choices = page.locator('.simulator').getByLabel(word('simulator.compare'));
    const before = await widget.innerText();
    await choices.selectOption({ index: 1 });
    await expect.poll(() => widget.innerText(), patience).not.toBe(before);
    await context.setOffline(true);
    const then = await widget.innerText();
    await choices.selectOption({ index: 2 });
    await expect.poll(() => widget.innerText(), patience).not.toBe(then);
  });
});

test.describe('a list', () => {
  test('whose worker is killed says so, and goes on where it was after a reload', async ({
    page,
  }) => {
    await page.clock.install();
    await openList(page, 20, { 'x-delay': '250' });
    await startList(page);
    await listReached(page, 'running');
    await expect(lists(page).locator('tbody tr').first()).toBeVisible(patience);
    // As a browser short of memory does: without a word.
    await page.workers()[0]!.evaluate(() => (globalThis as unknown as { close(): void }).close());
    // The page gives its worker half a minute.
    await page.clock.runFor(40_000);
    await listReached(page, 'broken');
    await expect(lists(page)).toContainText(word('list.broken'));
    await expect(lists(page).locator('tbody tr').first()).toBeVisible();
    await page.reload();
    await lists(page).scrollIntoViewIfNeeded();
    await listReached(page, 'kept');
    await press(page, 'list.go-on');
    await listReached(page, 'finished');
    await expect(lists(page).locator('tbody tr')).toHaveCount(20);
  });

  test('in a browser that is full is measured all the same, and it is said that it is not kept', async ({
    page,
    context,
    baseURL,
  }) => {
    const browser = await context.newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', { origin: baseURL!, quotaSize: 1 });
    await openList(page, 20);
    await startList(page);
    await listReached(page, 'finished');
    await expect(lists(page)).toContainText(word('list.unkept'));
    await page.reload();
    await alive(lists(page));
    await expect(lists(page)).not.toHaveAttribute('data-stage', 'broken');
  });

  test('where storage and workers are denied is measured all the same, and it is said that it is not kept', async ({
    page,
  }) => {
    // A page without an origin: localStorage throws, IndexedDB refuses, no worker starts.
    await page.route('/gereedschap/', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), 'content-security-policy': 'sandbox allow-scripts' };
      await route.fulfill({ response, headers });
    });
    await openList(page, 5);
    await startList(page);
    await listReached(page, 'finished');
    await expect(lists(page)).toContainText(word('list.unkept'));
    await expect(lists(page).locator('tbody tr')).toHaveCount(5);
    expect(page.workers()).toHaveLength(0);
  });

  test('in one tab and another in the next do not mix, and the first says that it is not kept', async ({
    page,
    context,
  }) => {
    await openList(page, 30, { 'x-delay': '250' });
    await startList(page);
    await listReached(page, 'running');
    const second = await context.newPage();
    await second.goto('/gereedschap/');
    await lists(second).scrollIntoViewIfNeeded();
    await listReached(second, 'kept');
    await press(second, 'list.clear');
    await listReached(second, 'idle');
    await readList(second, 3);
    await startList(second);
    await listReached(second, 'finished');
    await listReached(page, 'finished');
    await expect(lists(page)).toContainText(word('list.unkept'));
    await expect(lists(second)).not.toContainText(word('list.unkept'));
    await second.reload();
    await lists(second).scrollIntoViewIfNeeded();
    await listReached(second, 'finished');
    await expect(lists(second).locator('tbody tr')).toHaveCount(3);
  });
});

test.describe('a browser', () => {
  test('that cannot use the key of a zone says that, and calls nothing wrong, unsigned or unprotected', async ({
    page,
  }) => {
    await openCheck(page, 'exp35.test');
    await go(page);
    await reached(page, 'done');
    await expect(row(page, 'mx')).toHaveAttribute('data-status', 'failed');
    await expect(row(page, 'mx')).toContainText(word('rule.dnssec.algorithm-not-here'));
    for (const status of ['bogus', 'absent', 'unproved', 'proved'])
      await expect(page.locator(`.outcome [data-status="${status}"]`)).toHaveCount(0);
    await expect(page.locator('.outcome')).not.toContainText(word('lookup.dnssec.bogus'));
  });

  test('without Ed25519 and 64-bit integers proves a domain signed with Ed25519', async ({
    page,
  }) => {
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    await page.addInitScript(() => {
      const { subtle } = crypto;
      const importKey = subtle.importKey.bind(subtle) as (
        ...given: unknown[]
      ) => Promise<CryptoKey>;
      subtle.importKey = ((...given: unknown[]) => {
        if (!JSON.stringify(given[2]).includes('Ed25519')) return importKey(...given);
        console.info('Ed25519 was asked for');
        return Promise.reject(new DOMException('no such algorithm', 'NotSupportedError'));
      }) as typeof subtle.importKey;
      for (const name of ['BigInt64Array', 'BigUint64Array'])
        delete (window as unknown as Record<string, unknown>)[name];
      for (const name of ['getBigInt64', 'getBigUint64', 'setBigInt64', 'setBigUint64'])
        delete (DataView.prototype as unknown as Record<string, unknown>)[name];
    });
    await openCheck(page, 'a15.test');
    await go(page);
    await reached(page, 'done');
    await expect(row(page, 'mx')).toHaveAttribute('data-status', 'proved');
    expect(told).toContain('Ed25519 was asked for');
  });

  for (const [what, script] of [
    ['without workers', 'delete window.Worker'],
    [
      // It runs the file as a classic script, in which an import is a fault.
      'without modules in workers',
      'window.Worker = class extends Worker { constructor(address) { super(address) } }',
    ],
  ] as const)
    test(`${what} measures a list, and computes the matrix, on the page`, async ({ page }) => {
      await page.addInitScript(script);
      await openList(page, 3);
      await startList(page);
      await listReached(page, 'finished');
      await expect(lists(page).locator('tbody tr')).toHaveCount(3);
      await page.goto('/vergelijking/');
      const matrix = page.locator('.widget.matrix');
      await alive(matrix);
    });

  test.describe('without JavaScript', () => {
    test.use({ javaScriptEnabled: false });
    for (const path of ['/controle/', '/gereedschap/', '/en/check/', '/en/tools/'])
      test(`says on ${path} that the form needs it`, async ({ page }) => {
        await page.goto(path, { waitUntil: 'domcontentloaded' });
        await expect(page.locator('.without-script').first()).toBeVisible();
        await expect(page.locator('main form button:enabled')).toHaveCount(0);
      });
  });
});
