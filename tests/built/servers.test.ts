/** The built site behind a real nginx and a real Caddy with the files that we ship: both send the same. */
import { createHash } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  caddyfile,
  nginxConf,
  pagePolicies,
  workerPolicies,
} from '../../commands/hosting/headers.ts';
import { root } from './site.ts';
import { freePort } from '../testbed/servers.ts';

const place = mkdtempSync(join(tmpdir(), 'sts-dane-servers-'));
const config = join(place, 'site');
const env = {
  ...process.env,
  HOME: place,
  XDG_DATA_HOME: place,
  XDG_CONFIG_HOME: place,
  PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`,
};
const [pages, workers] = [pagePolicies(root), workerPolicies(root)];
const servers: ChildProcess[] = [];
const base = { nginx: '', caddy: '' };

async function start(program: string, args: readonly string[], address: string): Promise<void> {
  servers.push(spawn(program, args, { env, stdio: 'ignore' }));
  const until = Date.now() + 60_000;
  while (!(await fetch(address).catch(() => undefined))?.ok) {
    if (Date.now() > until) throw new Error(`${program} does not answer`);
    await new Promise((next) => setTimeout(next, 100));
  }
}

beforeAll(async () => {
  base.caddy = `http://127.0.0.1:${await freePort()}`;
  writeFileSync(join(place, 'Caddyfile'), caddyfile(pages, workers));
  writeFileSync(
    config,
    `{\n admin off\n auto_https off\n}\n${base.caddy} {\n root * ${resolve(root)}\n import ${join(place, 'Caddyfile')}\n}\n`,
  );
  await start('caddy', ['run', '--adapter', 'caddyfile', '--config', config], base.caddy);

  const port = await freePort();
  base.nginx = `http://127.0.0.1:${port}`;
  mkdirSync(join(place, 'logs'));
  writeFileSync(
    join(place, 'site.conf'),
    nginxConf(pages, workers).replace('127.0.0.1:8080', `127.0.0.1:${port}`),
  );
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(place, kind)};`)
    .join(' ');
  writeFileSync(
    join(place, 'nginx.conf'),
    `daemon off; pid ${join(place, 'pid')}; error_log ${join(place, 'logs', 'error.log')};
events {} http { access_log off; ${temporary} include ${join(place, 'site.conf')}; map "" $sts_dane_root { default ${resolve(root)}; } }`,
  );
  await start('nginx', ['-p', place, '-c', join(place, 'nginx.conf')], base.nginx);
});

afterAll(() => {
  for (const server of servers) server.kill('SIGTERM');
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

describe.each(['nginx', 'caddy'] as const)('%s', (server) => {
  test('sends every page with its own policy, and lets only embeds be framed', async () => {
    expect(pages.length).toBeGreaterThan(40);
    for (const { path, policy, embed } of pages) {
      const { status, headers } = await fetch(base[server] + path);
      expect([path, status]).toEqual([path, 200]);
      expect([path, headers.get('content-security-policy')]).toEqual([path, policy]);
      expect(policy).toContain(embed ? 'frame-ancestors *' : "frame-ancestors 'none'");
      expect([path, headers.get('x-frame-options')]).toEqual([path, embed ? null : 'DENY']);
      expect(headers.get('cache-control')).toMatch(
        path.startsWith('/v/') ? /immutable/ : /no-cache/,
      );
    }
  });

  test.each([
    ['/niets/', 'Deze pagina bestaat niet'],
    ['/figures/', 'Deze pagina bestaat niet'],
    ['/embed/nothing/', 'Deze figuur bestaat niet'],
    ['/v/0.0.1/embed/nothing/', 'Deze figuur bestaat niet'],
    ['/_hosting/Caddyfile', ''],
    ['/_headers', ''],
  ])('%s is not there, and says so', async (path, words) => {
    const answer = await fetch(base[server] + path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(words);
  });

  test('promises TLS for a year only where the reader came over TLS', async () => {
    const over = async (headers: Record<string, string>) =>
      (await fetch(`${base[server]}/`, { headers })).headers.get('strict-transport-security');
    expect(await over({})).toBeNull();
    expect(await over({ 'X-Forwarded-Proto': 'https' })).toBe('max-age=31536000');
  });
});

/** One file of each kind in each folder, the pages, and addresses that are not there. */
const addresses = [
  ...new Map(
    globSync('**/*', { cwd: root, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.includes('.'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((name) => !/^_hosting\/|\.gz$|^_headers$/.test(name))
      .sort()
      .map((name) => [
        `${name.replace(/[^/]*$/, '').replace(/^v\/[^/]+/, 'v')}${/worker/.test(name) ? 'worker' : ''}${extname(name)}`,
        `/${name.replace(/index\.html$/, '')}`,
      ]),
  ).values(),
  ...workers.map(({ file }) => file),
  ...['/niets/', '/figures/', '/embed/nothing/', '/en/embed/', '/_hosting/nginx.conf', '/_headers'],
  // Files of these folders may be cached for a year; an answer that there is none may not.
  ...['/v/0.0.1/', '/v/0.0.1/embed/nothing/', '/v/0.0.1/notitie/', '/_astro/nothing.js'],
];
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex');
/** What differs between servers of any site, and what says nothing. */
const own =
  /^(server|date|etag|last-modified|accept-ranges|content-length|connection|keep-alive|alt-svc|transfer-encoding|vary|content-encoding)$/;

test.each(addresses)('nginx and Caddy send the same with %s', async (address) => {
  const [nginx, caddy] = await Promise.all(
    [base.nginx, base.caddy].map(async (origin) => {
      const answer = await fetch(origin + address, { redirect: 'manual' });
      const sent = [...answer.headers].filter(([name]) => !own.test(name));
      return {
        status: answer.status,
        sent: Object.fromEntries(sent),
        octets: sha256(await answer.bytes()),
      };
    }),
  );
  expect(caddy).toEqual(nginx);
});
