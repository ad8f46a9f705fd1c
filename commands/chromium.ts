/** Which Chromium the browser tests and measurements drive. */
import { existsSync } from 'node:fs';

const shell = '/usr/bin/chromium-headless-shell';

/**
 * `CHROMIUM` where it is set, else Debian's headless shell, else Debian's whole browser. The shell is the
 * same engine without a window around it: it starts in half the time, and a page opens a third faster.
 */
export const chromiumPath =
  process.env['CHROMIUM'] ?? (existsSync(shell) ? shell : '/usr/bin/chromium');
