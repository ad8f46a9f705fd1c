/**
 * Readers of foreign text in the browsers themselves: Firefox gives up on expressions that Node and Chromium
 * are only slow on, and Chromium unpacks whole what it is given.
 */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { launch, type Browser } from 'puppeteer-core';
import { build, type Rolldown } from 'vite';
import { firefoxPath, withoutFirefox } from '../../commands/browsers.ts';
import type { strangers as inBrowser } from '../strangers/in-browser.ts';
import { reportFiles } from '../world/files/report-files.ts';

declare const strangers: typeof inBrowser;

test.describe.configure({ mode: 'default', timeout: 600_000 });

let code = '';
test.beforeAll(async () => {
  test.setTimeout(120_000);
  const entry = fileURLToPath(new URL('../strangers/in-browser.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'unused' } },
  });
  code = ([built].flat()[0] as Rolldown.RolldownOutput).output[0].code;
});

/** What both kinds of driver can do. */
interface Driver {
  evaluate<Argument, Result>(
    work: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
}

async function expectGrowth(page: Driver): Promise<void> {
  const names = await page.evaluate(() => [...strangers.names], null);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const { count, faults } = await page.evaluate((each) => strangers.tried(each), name);
    expect(count, name).toBeGreaterThan(100);
    expect(faults).toEqual([]);
  }
}

const mebi = 1024 * 1024;
/** What is a megabyte when it is packed, and a gigabyte when it is not. */
const bomb = Buffer.alloc(1024 * mebi);

async function expectBoundedUnpacking(page: Driver): Promise<void> {
  const small = gzipSync(Buffer.alloc(400_000, 'ab')).toString('base64');
  expect(await page.evaluate((each) => strangers.unpacked(each, 'gzip', 500_000), small)).toBe(
    400_000,
  );
  const link = deflateRawSync(bomb.subarray(0, 400 * mebi)).toString('base64url');
  expect(await page.evaluate((each) => strangers.recording(each), link)).toBe(false);
  const report = gzipSync(bomb).toString('base64');
  expect(await page.evaluate((each) => strangers.report(each), report)).toBe('too-large');
  expect(await page.evaluate((each) => strangers.report(each), small.slice(0, 200))).toBe('gzip');
}

/** Files of every kind, gzip of several members among them: no browser reads one otherwise than Node. */
async function expectReports(page: Driver): Promise<void> {
  for (const { name, octets, reports, skipped = [] } of reportFiles) {
    const said = await page.evaluate(
      (each) => strangers.report(each),
      Buffer.from(octets).toString('base64'),
    );
    const expected = [...reports.map(() => 'read'), ...skipped.map(([, situation]) => situation)];
    expect(said.split(',').sort(), name).toEqual(expected.sort());
  }
}

test('every reader takes time in proportion and none throws, in Chromium', async ({ page }) => {
  await page.evaluate(code);
  await expectGrowth(page);
});

test('reports are read as in Node, in Chromium', async ({ page }) => {
  await page.evaluate(code);
  await expectReports(page);
});

test('what unpacks to a gigabyte takes no memory to speak of, in Chromium', async ({ page }) => {
  await page.evaluate(code);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const heap = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  };
  await expectBoundedUnpacking(page);
  const link = deflateRawSync(bomb.subarray(0, 400 * mebi)).toString('base64url');
  await session.send('HeapProfiler.collectGarbage');
  const before = await heap();
  expect(before).toBeGreaterThan(0);
  await page.evaluate((each) => strangers.recording(each), link);
  expect((await heap()) - before).toBeLessThan(50 * mebi);
});

test.describe('in Firefox', () => {
  test.skip(firefoxPath === undefined, withoutFirefox);
  let browser: Browser | undefined;
  test.beforeAll(async () => {
    test.setTimeout(120_000);
    browser = await launch({
      browser: 'firefox',
      executablePath: String(firefoxPath),
      headless: true,
      timeout: 90_000,
      protocolTimeout: 500_000,
    });
  });
  test.afterAll(() => browser?.close());

  test('every reader takes time in proportion and none throws', async () => {
    if (!browser) throw new Error('Firefox did not start');
    const page = await browser.newPage();
    await page.evaluate(code);
    await expectGrowth(page as Driver);
  });

  test('reports are read as in Node', async () => {
    if (!browser) throw new Error('Firefox did not start');
    const page = await browser.newPage();
    await page.evaluate(code);
    await expectReports(page as Driver);
  });

  test('what unpacks to a gigabyte is refused at its bound', async () => {
    if (!browser) throw new Error('Firefox did not start');
    const page = await browser.newPage();
    await page.evaluate(code);
    await expectBoundedUnpacking(page as Driver);
  });
});
