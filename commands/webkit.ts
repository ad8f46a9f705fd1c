/**
 * `npm run webkit`: every page of the site in `dist/`, opened in Debian's WebKitGTK and in Chromium, and each of its
 * widgets brought to life. Ends with 1 where a widget does not come, or where the two show other words or other
 * verdicts. Needs the packages webkit2gtk-driver and xvfb; not part of `npm test`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { routes } from '../src/site/routes.ts';
import { onBuiltSite } from './browsers.ts';
import { differences, use, type Used } from './use-page.ts';

const [miniBrowser] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser');
const driverPath = '/usr/bin/WebKitWebDriver';
if (miniBrowser === undefined || !existsSync(driverPath) || !existsSync('/usr/bin/Xvfb')) {
  console.error(
    'npm run webkit needs webkit2gtk-driver and xvfb: apt-get install --no-install-recommends webkit2gtk-driver xvfb',
  );
  process.exit(1);
}

const driverPort = 24_461;
const display = ':97';
const started: ChildProcess[] = [];
const start = (program: string, ...rest: readonly string[]) =>
  started.push(
    spawn(program, rest, { stdio: 'ignore', env: { ...process.env, DISPLAY: display } }),
  );

/** One WebDriver command (W3C WebDriver §6.3). */
async function ask<Value>(method: string, path: string, body?: unknown): Promise<Value> {
  const answer = await fetch(`http://127.0.0.1:${driverPort}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = (await answer.json()) as {
    value: Value & { error?: string; message?: string };
  };
  if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
  return value;
}

let failed = 0;
start('/usr/bin/Xvfb', display, '-screen', '0', '1280x900x24', '-nolisten', 'tcp');
start(driverPath, `--port=${driverPort}`);
try {
  await onBuiltSite(24_462, async (browser, base) => {
    let session: string | undefined;
    for (let tries = 0; session === undefined; tries += 1)
      try {
        ({ sessionId: session } = await ask<{ sessionId: string }>('POST', '/session', {
          capabilities: {
            alwaysMatch: {
              'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
            },
          },
        }));
      } catch (error) {
        if (tries === 40) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    const at = `/session/${session}`;
    await ask('POST', `${at}/timeouts`, { script: 120_000, pageLoad: 120_000 });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    for (const path of routes.flatMap(({ nl, en }) => [nl, en])) {
      const url = new URL(path, base).href;
      await ask('POST', `${at}/url`, { url });
      const webkit = await ask<Used>('POST', `${at}/execute/async`, {
        script: `const done = arguments[0]; (${use.toString()})().then(done, (error) => done({ wrong: [String(error)], widgets: 0, text: '', verdicts: [] }));`,
        args: [],
      });
      await page.goto(url);
      const other = await page.evaluate(use);
      const differs = differences(webkit, other);
      if (differs.length > 0) failed += 1;
      console.log(
        `${differs.length === 0 ? 'same' : 'DIFFERS'} ${path}: ${webkit.widgets} widgets, ${webkit.verdicts.length} verdicts${differs.map((each) => `\n  ${each}`).join('')}`,
      );
    }
    await ask('DELETE', at);
  });
} finally {
  for (const each of started.reverse()) each.kill();
}
console.log(`${failed} of ${routes.length * 2} pages differ`);
process.exitCode = failed === 0 ? 0 : 1;
