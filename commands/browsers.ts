/** The browsers that tests and measurements drive. */
import { chromium, type Browser } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listen, siteServer } from './serve.ts';

const shell = '/usr/bin/chromium-headless-shell';

/**
 * `CHROMIUM` where it is set, else Debian's headless shell, else Debian's whole browser. The shell is the
 * same engine without a window around it: it starts in half the time, and a page opens a third faster.
 */
export const chromiumPath =
  process.env['CHROMIUM'] ?? (existsSync(shell) ? shell : '/usr/bin/chromium');

const ofDebian = '/usr/bin/firefox-esr';

/**
 * `FIREFOX` where it is set, else Debian's. Not Playwright's, which is a patched copy that readers do not have. A
 * machine without one runs the tests without it, and says so.
 */
export const firefoxPath: string | undefined =
  process.env['FIREFOX'] ?? (existsSync(ofDebian) ? ofDebian : undefined);

export const withoutFirefox =
  'No Firefox on this machine (Debian: firefox-esr, or FIREFOX=its path): whether embeds fit their frames in Firefox, and whether the main pages work there, was left out.';

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });

/** The built site in Chromium, served on loopback; both end when the work does, however it ends. */
export async function onBuiltSite<Result>(
  port: number,
  work: (browser: Browser, base: string) => Promise<Result>,
): Promise<Result> {
  const server = siteServer(join(import.meta.dirname, '../dist'));
  const base = await listen(server, port);
  const browser = await launchChromium();
  try {
    return await work(browser, base);
  } finally {
    await browser.close();
    server.close();
  }
}
