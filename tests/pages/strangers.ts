/**
 * Readers of foreign text in the browsers themselves: Firefox gives up on expressions that Node and Chromium
 * are only slow on, and Chromium unpacks whole what it is given. How reading grows in the engine of Chromium is found
 * in Node, which has the same (tests/strangers/growth.test.ts).
 */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { build, type Rolldown } from 'vite';
import type { strangers as inBrowser } from '../strangers/in-browser.ts';
import { reportFiles } from '../world/files/report-files.ts';

declare const strangers: typeof inBrowser;

/** The readers as a script, which `openStrangers` runs in a page. */
async function scriptOf(): Promise<string> {
  const entry = fileURLToPath(new URL('../strangers/in-browser.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'unused' } },
  });
  return ([built].flat()[0] as Rolldown.RolldownOutput).output[0].code;
}
let script: Promise<string> | undefined;
export const openStrangers = async (page: { evaluate(code: string): Promise<unknown> }) =>
  page.evaluate(await (script ??= scriptOf()));

/** What both kinds of driver can do. */
export interface Driver {
  evaluate<Argument, Result>(
    work: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
}

export async function expectGrowth(page: Driver): Promise<void> {
  const names = await page.evaluate(() => [...strangers.names], null);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) {
    const { count, faults } = await page.evaluate((each) => strangers.tried(each), name);
    expect(count, name).toBeGreaterThan(100);
    expect(faults).toEqual([]);
  }
}

export const mebi = 1024 * 1024;
/** What is a megabyte when it is packed, and a gigabyte when it is not. */
const bomb = Buffer.alloc(1024 * mebi);
/** A recording in a link, of 400 megabytes. */
export const bombLink = () => deflateRawSync(bomb.subarray(0, 400 * mebi)).toString('base64url');

export async function expectBoundedUnpacking(page: Driver): Promise<void> {
  const small = gzipSync(Buffer.alloc(400_000, 'ab')).toString('base64');
  expect(await page.evaluate((each) => strangers.unpacked(each, 'gzip', 500_000), small)).toBe(
    400_000,
  );
  expect(await page.evaluate((each) => strangers.recording(each), bombLink())).toBe(false);
  const report = gzipSync(bomb).toString('base64');
  expect(await page.evaluate((each) => strangers.report(each), report)).toBe('too-large');
  expect(await page.evaluate((each) => strangers.report(each), small.slice(0, 200))).toBe('gzip');
}

/** Files of every kind, gzip of several members among them: no browser reads one otherwise than Node. */
export async function expectReports(page: Driver): Promise<void> {
  for (const { name, octets, reports, skipped = [] } of reportFiles) {
    const said = await page.evaluate(
      (each) => strangers.report(each),
      Buffer.from(octets).toString('base64'),
    );
    const expected = [...reports.map(() => 'read'), ...skipped.map(([, situation]) => situation)];
    expect(said.split(',').sort(), name).toEqual(expected.sort());
  }
}
