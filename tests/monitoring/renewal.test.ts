/**
 * A renewal from beginning to end, on the loopback: a real certbot asks a real ACME server (pebble), its
 * deploy hook is that of docs/hooks, and the TLSA records stand in really signed zones. A sender that enforces
 * DANE (OpenSSL, with the records as the DNS has them at that moment) delivers before, during and after.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployStateSchema } from '../../src/command-line/schemas.ts';
import { starter } from '../command-line/spoken.ts';
import { noPostfixBecause, startPostfix, type RunningPostfix } from '../testbed/postfix.ts';
import { findProgram } from '../testbed/programs.ts';
import { freePort } from '../testbed/servers.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { run } from './run.ts';

const host = 'mx.renewal.test';
const isAtHand =
  findProgram('certbot') !== undefined &&
  findProgram('pebble') !== undefined &&
  noPostfixBecause() === undefined;
let folder: string;
let pebble: ChildProcess;
let directory: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  if (!isAtHand) return;
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-renewal-'));
  chmodSync(folder, 0o755);
  for (const each of ['chains', 'certbot']) mkdirSync(path(each));
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        'acme.key',
        '-out',
        'acme.pem',
      ],
      ...['-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
  const [listen, management] = [await freePort(), await freePort()];
  directory = `https://127.0.0.1:${listen}/dir`;
  writeFileSync(
    path('pebble.json'),
    JSON.stringify({
      pebble: {
        listenAddress: `127.0.0.1:${listen}`,
        managementListenAddress: `127.0.0.1:${management}`,
        ...{ certificate: path('acme.pem'), privateKey: path('acme.key') },
        ...{ httpPort: await freePort(), tlsPort: await freePort() },
      },
    }),
  );
  pebble = spawn(findProgram('pebble') ?? '', ['-config', path('pebble.json')], {
    stdio: 'ignore',
    env: { ...process.env, PEBBLE_VA_ALWAYS_VALID: '1', PEBBLE_WFE_NONCEREJECT: '0' },
  });
  writeFileSync(
    path('sts-dane'),
    `#!/bin/sh\nexec "${process.execPath}" "${starter}" "$@" --lang en\n`,
    { mode: 0o755 },
  );
  writeFileSync(path('reload'), `#!/bin/sh\necho reloaded >> ${path('reloads')}\n`, {
    mode: 0o755,
  });
}, 60_000);
afterAll(() => {
  if (!isAtHand) return;
  pebble.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const live = () => path(`certbot/config/live/${host}`);
const inUse = () => path(`chains/${host}.pem`);
const digestOf = (file: string) =>
  createHash('sha256')
    .update(
      new X509Certificate(readFileSync(file)).publicKey.export({ type: 'spki', format: 'der' }),
    )
    .digest('hex');

/** The zone as it stands now; each change of it is another bed, with other keys. */
const bedWith = (...digests: readonly string[]): Promise<Testbed> =>
  startTestbed({
    bare: true,
    zones: [
      {
        name: 'renewal.test',
        records: [
          ...['@ IN MX 10 mx', 'mx IN A 127.0.0.1'],
          ...digests.map((digest) => `_25._tcp.mx 600 IN TLSA 3 1 1 ${digest}`),
        ],
        signing: { algorithm: 'ECDSAP256SHA256' },
      },
    ],
  });

const environmentIn = (bed: Testbed) => ({
  ...process.env,
  ...{ STS_DANE: path('sts-dane'), STS_DANE_CHAINS: path('chains') },
  ...{ STS_DANE_STATE: path('deploy.json'), STS_DANE_RELOAD: path('reload') },
  ...{ STS_DANE_RESOLVERS: bed.doh, STS_DANE_ANCHORS: bed.anchorFile },
  STS_DANE_DEPLOY: resolve('docs/hooks/sts-dane-deploy'),
});

async function certbot(bed: Testbed, ...more: string[]): Promise<string> {
  const folders = ['config', 'work', 'logs'].flatMap((each) => [
    `--${each}-dir`,
    path(`certbot/${each}`),
  ]);
  const { status, stdout, stderr } = await run(
    findProgram('certbot') ?? '',
    [
      ...['certonly', '--standalone', '--http-01-port', String(await freePort()), '-d', host],
      ...['--server', directory, '--no-verify-ssl', '--agree-tos', '--email', 'a@renewal.test'],
      ...['--non-interactive', '--key-type', 'ecdsa', '--force-renewal', ...folders],
      ...['--deploy-hook', resolve('docs/hooks/certbot'), ...more],
    ],
    { env: environmentIn(bed) },
  );
  expect(status, stdout + stderr).toBe(0);
  return stdout + stderr;
}

/** What cron runs each half hour. */
const again = (bed: Testbed) =>
  run(
    resolve('docs/hooks/sts-dane-deploy'),
    [host, join(live(), 'fullchain.pem'), join(live(), 'privkey.pem')],
    { env: environmentIn(bed) },
  );

/** One delivery by a sender that enforces DANE: connects, and goes on only where a record fits. */
async function delivers(postfix: RunningPostfix, ...digests: readonly string[]): Promise<boolean> {
  const { stdout, stderr } = await run('openssl', [
    ...['s_client', '-starttls', 'smtp', '-connect', `127.0.0.1:${postfix.port}`],
    ...['-dane_tlsa_domain', host, '-verify_return_error', '-brief'],
    ...digests.flatMap((digest) => ['-dane_tlsa_rrdata', `3 1 1 ${digest}`]),
  ]);
  return (stdout + stderr).includes('Verification: OK');
}

describe.skipIf(!isAtHand)('a renewal with a new key', () => {
  test('the hook refuses the early switch, allows the late one, and no delivery fails', async () => {
    // The first certificate: no TLSA record yet, so nothing is held up.
    let bed = await bedWith();
    expect(await certbot(bed)).not.toContain('stays in use');
    const old = digestOf(inUse());
    await bed.stop();

    bed = await bedWith(old);
    let postfix = await startPostfix(inUse());
    expect(await delivers(postfix, old)).toBe(true);

    // Renewed with a new key that nobody announced.
    const said = await certbot(bed);
    const next = digestOf(join(live(), 'fullchain.pem'));
    expect(next).not.toBe(old);
    expect(said).toContain(`IN TLSA 3 1 1 ${next}`);
    expect(digestOf(inUse())).toBe(old);
    expect(await delivers(postfix, old)).toBe(true);
    await bed.stop();

    // Published beside the old one: still too early for two TTLs of 600 seconds.
    bed = await bedWith(old, next);
    const early = await again(bed);
    expect([early.status, early.stdout]).toEqual([
      1,
      expect.stringContaining('Wait 20 more minutes'),
    ]);
    for (const known of [[old], [old, next]]) expect(await delivers(postfix, ...known)).toBe(true);

    // Twenty minutes later.
    const state = deployStateSchema.parse(JSON.parse(readFileSync(path('deploy.json'), 'utf8')));
    const owners = Object.fromEntries(
      Object.entries(state.owners).map(([owner, known]) => [
        owner,
        {
          ...known,
          firstSeen: Object.fromEntries(
            Object.entries(known.firstSeen).map(([record, seen]) => [record, seen - 1200]),
          ),
        },
      ]),
    );
    writeFileSync(path('deploy.json'), JSON.stringify({ ...state, owners }));
    const late = await again(bed);
    expect([late.status, digestOf(inUse())]).toEqual([0, next]);
    await postfix.stop();
    postfix = await startPostfix(inUse());
    // Every cache has both by now; none has the old one alone.
    expect(await delivers(postfix, old, next)).toBe(true);
    expect(await delivers(postfix, next)).toBe(true);
    // What the hook kept from happening.
    expect(await delivers(postfix, old)).toBe(false);
    expect(readFileSync(path('reloads'), 'utf8')).toBe('reloaded\nreloaded\n');

    // With the key kept there is nothing to wait for.
    await certbot(bed, '--reuse-key');
    const kept = digestOf(join(live(), 'fullchain.pem'));
    expect(kept).toBe(next);
    expect(await delivers(postfix, next)).toBe(true);
    await postfix.stop();
    await bed.stop();
  }, 300_000);
});
