/**
 * Which Firefox the browser tests drive, beside Chromium: `FIREFOX` where it is set, else Debian's. Not
 * Playwright's, which is a patched copy that readers do not have. A machine without one runs the tests
 * without it, and says so.
 */
import { existsSync } from 'node:fs';

const ofDebian = '/usr/bin/firefox-esr';

export const firefoxPath: string | undefined =
  process.env['FIREFOX'] ?? (existsSync(ofDebian) ? ofDebian : undefined);

export const withoutFirefox =
  'No Firefox on this machine (Debian: firefox-esr, or FIREFOX=its path): whether embeds fit their frames in Firefox, and whether the main pages work there, was left out.';
