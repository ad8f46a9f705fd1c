/** The built site behind a real Caddy with the headers that we ship; nginx is walked in a browser. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caddyfile, pagePolicies, workerPolicies } from '../../commands/hosting/headers.ts';
import { root } from './site.ts';
import { freePort } from '../testbed/servers.ts';

const place = mkdtempSync(join(tmpdir(), 'sts-dane-caddy-'));
const config = join(place, 'site');
const env = { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place };
const [pages, workers] = [pagePolicies(root), workerPolicies(root)];
let server: ChildProcess | undefined;
let base = '';

beforeAll(async () => {
  base = `http://127.0.0.1:${await freePort()}`;
  writeFileSync(join(place, 'Caddyfile'), caddyfile(pages, workers));
  writeFileSync(
    config,
    `{\n admin off\n auto_https off\n}\n${base} {\n root * ${resolve(root)}\n import ${join(place, 'Caddyfile')}\n}\n`,
  );
  server = spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
    env,
    stdio: 'ignore',
  });
  const until = Date.now() + 60_000;
  while (!(await fetch(base).catch(() => undefined))?.ok) {
    if (Date.now() > until) throw new Error('Caddy does not answer');
    await new Promise((next) => setTimeout(next, 100));
  }
});

afterAll(() => {
  server?.kill('SIGTERM');
  rmSync(place, { recursive: true, force: true });
});

test('Caddy finds nothing wrong with the file', () => {
  const { status, stdout } = spawnSync(
    'caddy',
    ['validate', '--adapter', 'caddyfile', '--config', config],
    { env, encoding: 'utf8' },
  );
  expect(stdout).toContain('Valid configuration');
  expect(status).toBe(0);
});

test('every page comes with its own policy, and only embeds may be framed', async () => {
  expect(pages.length).toBeGreaterThan(40);
  for (const { path, policy, embed } of pages) {
    const { status, headers } = await fetch(base + path);
    expect([path, status]).toEqual([path, 200]);
    expect([path, headers.get('content-security-policy')]).toEqual([path, policy]);
    expect(policy).toContain(embed ? 'frame-ancestors *' : "frame-ancestors 'none'");
    expect([path, headers.get('x-frame-options')]).toEqual([path, embed ? null : 'DENY']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cache-control')).toMatch(path.startsWith('/v/') ? /immutable/ : /no-cache/);
  }
});

test('files named by their digest stay for a year, and workers have a policy of their own', async () => {
  expect(workers.length).toBeGreaterThan(2);
  for (const { file, policy } of workers) {
    const { headers } = await fetch(base + file);
    expect(headers.get('content-security-policy')).toBe(policy);
    expect(headers.get('cache-control')).toMatch(
      file.startsWith('/pagefind') ? /no-cache/ : /immutable/,
    );
    expect(headers.get('access-control-allow-origin')).toBe('*');
  }
});

test.each([
  ['/niets/', 'Deze pagina is er niet'],
  ['/embed/nothing/', 'Deze figuur is er niet'],
  ['/v/0.0.1/embed/nothing/', 'Deze figuur is er niet'],
  ['/_hosting/Caddyfile', ''],
])('%s is not there, and says so', async (path, words) => {
  const answer = await fetch(base + path);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain(words);
});
