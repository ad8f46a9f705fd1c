/**
 * What the Dockerfile makes of the built site: its own command, run here on the files of `dist/`, and
 * nginx under it as a base image has it. No image is built, since that asks for a registry and for rights.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nginxConf, pagePolicies, workerPolicies } from '../../commands/hosting/headers.ts';
import { freePort } from '../testbed/servers.ts';
import { root } from './site.ts';

const dockerfile = readFileSync('Dockerfile', 'utf8');
const [, listen = ''] = /^ARG LISTEN="(.*)"$/m.exec(dockerfile) ?? [];
const [, command = ''] = /^RUN ((?:.*\\\n)*.*)$/m.exec(dockerfile) ?? [];
const pages = pagePolicies(root);
const place = mkdtempSync(join(tmpdir(), 'sts-dane-container-'));
const [made, site] = [join(place, 'default.conf'), join(place, 'site.conf')];
let server: ChildProcess | undefined;
let port = 0;

/** Runs the command of the Dockerfile with its paths turned to ours. */
function runCommand(shipped: string, listenAt: string) {
  writeFileSync(site, shipped);
  const here = command
    .replaceAll('/srv/sts-dane/current/_hosting/nginx.conf', site)
    .replaceAll('/srv/sts-dane/current', resolve(root))
    .replaceAll('/etc/nginx/conf.d/default.conf', made);
  return spawnSync('sh', ['-c', here], { env: { ...process.env, LISTEN: listenAt } }).status;
}

beforeAll(async () => {
  port = await freePort();
  // The machine of a test may have no IPv6; the Dockerfile says what to give it then.
  const listenAt = (existsSync('/proc/net/if_inet6') ? listen : 'listen 8080;').replaceAll(
    '8080',
    String(port),
  );
  expect(runCommand(nginxConf(pages, workerPolicies(root)), listenAt)).toBe(0);
  mkdirSync(join(place, 'logs'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(place, kind)};`)
    .join(' ');
  const main = join(place, 'nginx.conf');
  writeFileSync(
    main,
    `daemon off; pid ${join(place, 'pid')}; error_log ${join(place, 'logs', 'error.log')};
events {} http { access_log off; ${temporary} default_type application/octet-stream; include ${made}; }`,
  );
  const path = `${process.env.PATH ?? ''}:/usr/sbin`;
  server = spawn('nginx', ['-p', place, '-c', main], {
    stdio: 'ignore',
    env: { ...process.env, PATH: path },
  });
  const until = Date.now() + 60_000;
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok) {
    if (Date.now() > until)
      throw new Error(readFileSync(join(place, 'logs', 'error.log'), 'utf8') || 'no answer');
    await new Promise((next) => setTimeout(next, 100));
  }
});

afterAll(() => {
  server?.kill('SIGTERM');
  rmSync(place, { recursive: true, force: true });
});

test('the container serves each page with its own policy, on IPv6 where there is any', async () => {
  expect(pages.length).toBeGreaterThan(40);
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const hosts = ['127.0.0.1', ...(own.some(({ address }) => address === '::1') ? ['[::1]'] : [])];
  for (const host of hosts)
    for (const { path, policy } of pages) {
      const { status, headers } = await fetch(`http://${host}:${port}${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect([path, headers.get('content-security-policy')]).toEqual([path, policy]);
    }
  expect((await fetch(`http://127.0.0.1:${port}/niets/`)).status).toBe(404);
});

test('an address that the command would not find to replace stops the build of the image', () => {
  expect(runCommand('server { listen 127.0.0.1:8081; }', listen)).not.toBe(0);
});

test('nothing but what the two images copy goes to the builder, and the user has no rights', () => {
  const copied = [dockerfile, readFileSync('docs/monitoring/Containerfile', 'utf8')].flatMap(
    (text) => [...text.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, files = '']) => files.split(' ')),
  );
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
  expect(ignored.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    '*',
    ...copied.map((file) => `!${file.replace(/\/$/, '')}`),
  ]);
  expect(dockerfile.trim().split('\n').at(-1)).toBe('USER 101');
});
