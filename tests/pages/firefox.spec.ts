/**
 * The same pages in the Firefox that readers have. Playwright drives a patched copy only; Debian's is
 * driven by WebDriver BiDi, through Puppeteer.
 */
import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { listen } from '../../commands/serve.ts';
import { firefoxPath, withoutFirefox } from '../../commands/browsers.ts';
import { differences, use } from '../../commands/use-page.ts';
import { routes } from '../../src/site/routes.ts';
import { expectFit, hostOfAll, insideOf, type Inside } from './fit.ts';
import { doh } from './bed.ts';
import { freePort } from '../testbed/servers.ts';
import {
  expectBoundedUnpacking,
  expectGrowth,
  expectReports,
  openStrangers,
  type Driver,
} from './strangers.ts';

test.skip(firefoxPath === undefined, withoutFirefox);
// One Firefox for all of them: it takes longer to start than most of them take.
test.describe.configure({ mode: 'default' });

let browser: Browser | undefined;
test.beforeAll(async () => {
  browser = await launch({
    browser: 'firefox',
    executablePath: String(firefoxPath),
    headless: true,
    timeout: 90_000,
    protocolTimeout: 500_000,
  });
});
test.afterAll(() => browser?.close());

interface Heard {
  /** Errors, and addresses of others. */
  readonly wrong: string[];
  /** What the policy of the page refused so far. */
  readonly refused: () => Promise<readonly string[]>;
}

async function newPage(): Promise<{ page: Page; heard: Heard }> {
  if (!browser) throw new Error('Firefox did not start');
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol.startsWith('http')) wrong.push(request.url());
  });
  // Firefox tells a driver nothing of what a policy refuses; it does tell the page.
  await page.evaluateOnNewDocument(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      refused.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  const refused = () =>
    page.evaluate(() => (window as unknown as { refused: readonly string[] }).refused);
  return { page, heard: { wrong, refused } };
}

test('a frame holds its embed at every width without script, and fits it with script, in Firefox', async ({
  baseURL,
}) => {
  const origin = String(baseURL);
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(hostOfAll(origin));
  });
  const host = await listen(server, await freePort());
  try {
    const { page, heard } = await newPage();
    await page.goto(host);
    const frames: Inside[] = [];
    for (const element of await page.$$('iframe')) {
      // The code says loading="lazy": a frame that nobody sees is not there.
      await element.scrollIntoView();
      const frame = await element.contentFrame();
      await frame.waitForSelector('footer');
      await frame.evaluate(() => document.fonts.ready.then(() => undefined));
      frames.push(insideOf(frame));
    }
    const resize = (width: number) => page.setViewport({ width, height: 900 });
    await expectFit({ page: insideOf(page), frames, resize }, origin);
    expect(heard.wrong).toEqual([]);
    await page.close();
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('simulator, first contact and check work in Firefox, with no error and nothing refused', async ({
  baseURL,
}) => {
  const { page, heard } = await newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const open = async (path: string) => {
    await page.goto(`${baseURL}${path}`);
    await page.hover('h1');
    await page.waitForSelector('[data-ready="true"]', { timeout: 30_000 });
  };
  const expectNothingWrong = async (where: string) => {
    expect(heard.wrong, where).toEqual([]);
    expect(await heard.refused(), where).toEqual([]);
  };

  await test.step('the simulator walks its steps by keyboard', async () => {
    await open('/hoe-het-werkt/?protection=mta-sts&block-policy=drop&line=strip');
    await page.waitForSelector('.simulator .outcome[data-verdict="delivered-readable"]');
    await page.focus('.simulator .step:first-child .line');
    await page.keyboard.press('Enter');
    await page.focus('.simulator .board');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(
      () => document.querySelector('.simulator .step[aria-current] .number')?.textContent === '2',
    );
    // The address follows when the keys rest.
    await page.waitForFunction(() => location.search.includes('step='));
    await expectNothingWrong('/hoe-het-werkt/');
  });

  await test.step('first contact goes to another stop, and its tracks are computed anew', async () => {
    await open('/en/first-contact/');
    const verdict = () =>
      page.$eval('[data-dot="mta-sts.0"]', (dot) => dot.getAttribute('data-verdict'));
    const before = await verdict();
    const stop = await page.waitForSelector('.stops button::-p-text(First contact blocked)');
    await stop?.focus();
    await page.keyboard.press('Enter');
    await expect.poll(verdict).toBe('delivered-readable');
    expect(before).not.toBe('delivered-readable');
    await expectNothingWrong('/en/first-contact/');
  });

  await test.step('the check asks nobody before the button is pressed, and then proves what it shows', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await open('/controle/');
    await page.type('input[name="domain"]', 'gemeente-zilverdam.test');
    expect(asked.filter((url) => url.startsWith(doh()))).toEqual([]);
    await page.click('.lookup button[type="submit"]');
    await page.waitForSelector('.lookup[data-stage="done"]', { timeout: 30_000 });
    expect(await page.$eval('.lookup .outcome', (part) => part.textContent)).toContain(
      'in1.post-hosting.test',
    );
    expect(asked.some((url) => url.startsWith(doh()))).toBe(true);
    await expectNothingWrong('/controle/');
  });

  await test.step('what a policy refuses would have been heard', async () => {
    await page.evaluate(() => {
      const image = new Image();
      image.src = 'http://host.invalid/';
      document.body.append(image);
    });
    await expect.poll(heard.refused).toEqual(['img-src http://host.invalid/']);
  });
  await page.close();
});

test('every page and each widget of it, used once, says in Firefox what it says in Chromium', async ({
  page: chromium,
  baseURL,
}) => {
  test.setTimeout(600_000);
  const { page, heard } = await newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await chromium.setViewportSize({ width: 1280, height: 900 });
  for (const { nl: path } of routes) {
    await Promise.all([page.goto(`${baseURL}${path}`), chromium.goto(path)]);
    const [one, other] = await Promise.all([page.evaluate(use), chromium.evaluate(use)]);
    expect(differences(one, other), path).toEqual([]);
    expect(heard.wrong, path).toEqual([]);
    expect(await heard.refused(), path).toEqual([]);
  }
  await page.close();
});

for (const [what, expectIt] of [
  ['every reader of foreign text takes time in proportion and none throws', expectGrowth],
  ['reports are read as in Node', expectReports],
  ['what unpacks to a gigabyte is refused at its bound', expectBoundedUnpacking],
] as const)
  test(`${what}, in Firefox`, async () => {
    test.setTimeout(600_000);
    const { page } = await newPage();
    await openStrangers(page);
    await expectIt(page as Driver);
    await page.close();
  });
