/** The built site behind a real nginx with the headers that we ship. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { nginxConf, pagePolicies, workerPolicies } from '../../commands/hosting/headers.ts';
import { embedHref, embeds, routes } from '../../src/site/routes.ts';
import { release } from '../../src/site/release.ts';
import { expectNeverBlank } from './bad-links.ts';
import { alive } from './alive.ts';
import { bedRoot } from './bed.ts';
import { unfold } from './looks.ts';
import { freePort } from '../testbed/servers.ts';

const program = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((file) => existsSync(file));
let place = '';
let server: ChildProcess | undefined;
let base = '';

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  if (program === undefined) throw new Error('nginx is not installed');
  place = mkdtempSync(join(tmpdir(), 'sts-dane-nginx-'));
  mkdirSync(join(place, 'logs'));
  const port = await freePort();
  base = `http://127.0.0.1:${port}`;
  const site = nginxConf(pagePolicies(bedRoot), workerPolicies(bedRoot)).replace(
    '127.0.0.1:8080',
    `127.0.0.1:${port}`,
  );
  writeFileSync(join(place, 'site.conf'), site);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(place, kind)};`)
    .join(' ');
  writeFileSync(
    join(place, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${join(place, 'pid')}; error_log ${join(place, 'logs', 'error.log')};
events { worker_connections 256; }
http { access_log off; ${temporary} include ${join(place, 'site.conf')}; map "" $sts_dane_root { default ${resolve(bedRoot)}; } }`,
  );
  server = spawn(program, ['-p', place, '-c', join(place, 'nginx.conf')], { stdio: 'ignore' });
  await expect
    .poll(
      () =>
        fetch(`${base}/`).then(
          (answer) => answer.status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(200);
});

test.afterAll(() => {
  server?.kill('SIGTERM');
  if (place !== '') rmSync(place, { recursive: true, force: true });
});

test('every page works under its own headers, with no violation, and nothing in it jumps', async ({
  page,
}) => {
  await page.setViewportSize({ width: 412, height: 823 });
  await page.addInitScript(() => {
    Object.assign(window, { shifted: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shifted: number }).shifted += (
          entry as unknown as { value: number }
        ).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const wrong: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
  const paths = [
    ...routes.flatMap(({ nl, en }) => [nl, en]),
    ...embeds.flatMap(({ id }) => [embedHref(id, 'nl'), embedHref(id, 'en')]),
  ];
  for (const path of paths) {
    const answer = await page.goto(base + path, { waitUntil: 'load' });
    if (answer?.status() !== 200) wrong.push(`${path}: ${answer?.status()}`);
    const shiftedUnasked = await page.evaluate<number>('window.shifted');
    // On a phone the tools stand in folded parts, and what a reader opens may move what is below.
    await unfold(page.locator(':has(> .fold)'));
    await page.evaluate('window.shifted = 0');
    for (const widget of await page.locator('astro-island > [data-ready]').all())
      await alive(widget);
    const shifted = shiftedUnasked + (await page.evaluate<number>('window.shifted'));
    if (shifted >= 0.001) wrong.push(`${path}: its parts jump (${shifted.toFixed(4)})`);
  }
  await test.step('the index is read by its worker', async () => {
    await page.goto(`${base}/zoeken/?q=vingerafdruk`);
    await expect(page.locator('#search-results li').first()).toBeVisible({ timeout: 20_000 });
  });
  await test.step('a list is measured by its worker', async () => {
    await page.goto(`${base}/gereedschap/`);
    const lists = page.locator('.lists');
    await unfold(page.locator(':has(> .fold)'));
    await alive(lists);
    await lists.locator('textarea').fill('a13.test');
    await page.getByRole('button', { name: 'Lees de lijst' }).click();
    await page.getByRole('button', { name: 'Meet deze' }).click();
    await expect(lists).toHaveAttribute('data-stage', 'finished', { timeout: 60_000 });
    expect(page.workers()).toHaveLength(1);
    await expect(lists.locator('tbody tr')).toContainText('a13.test');
  });
  expect(wrong).toEqual([]);
});

test('every answer has the headers that protect it, and only embeds may be framed', async () => {
  const headersOf = async (path: string) => (await fetch(base + path)).headers;
  const page = await headersOf('/notitie/');
  expect(page.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(page.get('content-security-policy')).toContain("require-trusted-types-for 'script'");
  expect(page.get('content-security-policy')).not.toMatch(/unsafe-|https?:/);
  expect(page.get('strict-transport-security')).toBeNull();
  const behindTls = await fetch(`${base}/notitie/`, { headers: { 'x-forwarded-proto': 'https' } });
  expect(behindTls.headers.get('strict-transport-security')).toContain('max-age=31536000');
  expect(page.get('x-frame-options')).toBe('DENY');
  expect(page.get('x-content-type-options')).toBe('nosniff');
  expect(page.get('referrer-policy')).toBe('no-referrer');
  expect(page.get('permissions-policy')).toContain('geolocation=()');
  expect(page.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(page.get('cache-control')).toBe('no-cache');
  expect(page.get('server')).toBe('nginx');
  const embed = await headersOf('/en/embed/matrix/');
  expect(embed.get('content-security-policy')).toContain('frame-ancestors *');
  expect(embed.get('x-frame-options')).toBeNull();
  expect(embed.get('access-control-allow-origin')).toBe('*');
  const html = readFileSync(join(bedRoot, 'index.html'), 'utf8');
  const [, font = ''] = /href="(\/_astro\/[^"]+\.woff2)"/.exec(html) ?? [];
  expect((await headersOf(font)).get('cache-control')).toContain('immutable');
});

test('a page refuses a frame, an embed takes it, and an embed that is not there shows a card', async ({
  page,
}) => {
  await page.route('http://host.invalid/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><html lang="en"><title>host</title>
        <iframe title="page" src="${base}/notitie/"></iframe>
        <iframe title="embed" src="${base}/embed/matrix/"></iframe>
        <iframe title="gone" src="${base}/v/0.0.1/embed/nothing/"></iframe>`,
    }),
  );
  await page.goto('http://host.invalid/');
  await expect(page.frameLocator('[title="embed"]').locator('h1')).toBeVisible();
  await expect(page.frameLocator('[title="gone"]').locator('h1')).toHaveText(
    'Deze figuur bestaat niet',
  );
  // The browser shows a page of its own there; ours has a main part with this id.
  await expect(page.frameLocator('[title="page"]').locator('#main')).toHaveCount(0);
});

test('an embed that is not there, a state that is not known, and markup in an address end in words', async ({
  page,
}) => {
  await expectNeverBlank(page, base, `/v/${release}`);
});
