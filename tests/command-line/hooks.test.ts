/**
 * The deploy check and the hooks of docs/hooks, as an ACME client calls them, with certificates by openssl
 * on the signed test bed: no early switch, no late one missed, nothing lost.
 */
import { execFileSync, spawn } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deployStateSchema } from '../../src/command-line/schemas.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { speak, starter } from './spoken.ts';

const host = 'mx.hook.test';
let bed: Testbed;
let folder: string;
const path = (name: string) => join(folder, name);
const spkiDigest = (name: string) =>
  createHash('sha256')
    .update(
      new X509Certificate(readFileSync(path(name))).publicKey.export({
        type: 'spki',
        format: 'der',
      }),
    )
    .digest('hex');

const make = (name: string, key = name) => {
  const openssl = (...given: string[]) =>
    execFileSync('openssl', given, { cwd: folder, stdio: 'ignore' });
  if (key === name)
    openssl(
      ...['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ...['-out', `${key}.key`],
    );
  openssl(
    ...['req', '-x509', '-key', `${key}.key`, '-days', '30', '-subj', `/CN=${host}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-out', `${name}.pem`],
  );
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-hooks-'));
  for (const name of ['old', 'next', 'absent']) make(name);
  make('renewed', 'old');
  bed = await startTestbed({
    bare: true,
    zones: [
      {
        name: 'hook.test',
        records: [
          'mx IN A 127.0.0.1',
          ...['old', 'next'].map(
            (name) => `_25._tcp.mx 900 IN TLSA 3 1 1 ${spkiDigest(`${name}.pem`)}`,
          ),
        ],
        signing: { algorithm: 'ECDSAP256SHA256' },
      },
      {
        name: 'plain.test',
        records: ['mx IN A 127.0.0.1'],
        signing: { algorithm: 'ECDSAP256SHA256' },
      },
      {
        name: 'broken.test',
        records: ['mx IN A 127.0.0.1', `_25._tcp.mx IN TLSA 3 1 1 ${spkiDigest('next.pem')}`],
        signing: { algorithm: 'ECDSAP256SHA256', validity: 'past' },
      },
    ],
  });
}, 180_000);
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

const source = () => ['--resolver', bed.doh, '--anchor', bed.anchorFile, '--lang', 'en'];
const state = () => path('deploy.json');
const ask = (file: string, ...more: string[]) =>
  speak([
    ...['tlsa', path(file), '--host', host, '--check-deploy', '--state', state(), ...source()],
    ...more,
  ]);
beforeEach(() => rmSync(state(), { force: true }));
/** As if every record had been seen so long ago. */
const age = (seconds: number) => {
  const read = deployStateSchema.parse(JSON.parse(readFileSync(state(), 'utf8')));
  const owners = Object.fromEntries(
    Object.entries(read.owners).map(([owner, known]) => [
      owner,
      {
        ...known,
        firstSeen: Object.fromEntries(
          Object.entries(known.firstSeen).map(([record, seen]) => [record, seen - seconds]),
        ),
      },
    ]),
  );
  writeFileSync(state(), JSON.stringify({ ...read, owners }));
};

describe('--check-deploy', () => {
  test('says no until the record was seen for two TTLs, and the TTL is the one that is signed', async () => {
    const first = await ask('next.pem');
    expect(first.out).toContain('Wait 30 more minutes');
    expect(first.code).toBe(1);
    age(1790);
    expect((await ask('next.pem')).code).toBe(1);
    age(10);
    const last = await ask('next.pem');
    expect(last.out).toContain('at least twice the TTL (900 seconds)');
    expect(last.code).toBe(0);
  }, 60_000);

  test('prints the record that is missing, and names it in JSON', async () => {
    const { out, code } = await ask('absent.pem', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ...{ verdict: 'absent', mayDeploy: false },
      publish: [`_25._tcp.${host}. 900 IN TLSA 3 1 1 ${spkiDigest('absent.pem')}`],
    });
    expect(code).toBe(1);
  }, 60_000);

  test('a renewal that keeps the key may be used at once', async () => {
    const { out, code } = await ask('old.pem', '--next', path('renewed.pem'));
    expect(out).toContain('matches the new one too');
    expect(code).toBe(0);
  }, 60_000);

  test('a host without DANE holds nothing up; broken signatures and a dead resolver do', async () => {
    const at = (name: string, ...more: string[]) =>
      speak([
        ...['tlsa', path('next.pem'), '--host', name, '--check-deploy', '--state', state()],
        ...[...source(), ...more],
      ]);
    expect((await at('mx.plain.test')).code).toBe(0);
    const broken = await at('mx.broken.test');
    expect(broken.err).toContain('Do not use the new certificate yet');
    expect(broken.code).toBe(3);
    expect((await at(host, '--resolver', 'http://127.0.0.1:9/dns-query')).code).toBe(3);
  }, 60_000);

  test('a broken state and one that cannot be written say so, and the broken one stays', async () => {
    writeFileSync(state(), '{');
    const broken = await ask('next.pem');
    expect(broken.err).toContain('damaged');
    expect([broken.code, readFileSync(state(), 'utf8')]).toEqual([2, '{']);
    rmSync(state());
    const unwritable = await ask('next.pem', '--state', '/proc/no/such/file');
    expect([unwritable.code, unwritable.err]).toEqual([2, expect.stringContaining('ENOENT')]);
    writeFileSync(
      state(),
      JSON.stringify({
        version: 1,
        owners: { [`_25._tcp.${host}`]: { ttlSeconds: 1, firstSeen: { x: 4e9 } } },
      }),
    );
    const clock = await ask('next.pem');
    expect([clock.code, clock.err]).toEqual([3, expect.stringContaining('clock')]);
  }, 60_000);
});

describe.each([
  ['certbot', (live: string) => ({ RENEWED_LINEAGE: live })],
  [
    'acme.sh',
    (live: string) => ({
      ...{ Le_Domain: host, CERT_FULLCHAIN_PATH: join(live, 'fullchain.pem') },
      CERT_KEY_PATH: join(live, 'privkey.pem'),
    }),
  ],
  [
    'lego',
    (live: string) => ({
      ...{ LEGO_CERT_DOMAIN: host, LEGO_CERT_PATH: join(live, 'fullchain.pem') },
      LEGO_CERT_KEY_PATH: join(live, 'privkey.pem'),
    }),
  ],
  [
    'lego',
    (live: string) => ({
      ...{ LEGO_HOOK_CERT_NAME: host, LEGO_HOOK_CERT_PATH: join(live, 'fullchain.pem') },
      LEGO_HOOK_CERT_KEY_PATH: join(live, 'privkey.pem'),
    }),
  ],
] as const)('the hook for %s', (name, environment) => {
  const chains = () => path('chains');
  const inUse = () => readFileSync(join(chains(), `${host}.pem`), 'utf8');
  const files = (certificate: string, key = certificate) => ({
    key: readFileSync(path(`${key}.key`), 'utf8'),
    chain: readFileSync(path(`${certificate}.pem`), 'utf8'),
  });
  const reloads = () => readFileSync(path('reloads'), 'utf8').length;
  beforeEach(() => {
    for (const each of ['chains', `live/${host}`]) {
      rmSync(path(each), { recursive: true, force: true });
      mkdirSync(path(each), { recursive: true });
    }
    writeFileSync(path('reloads'), '');
    const { key, chain } = files('old');
    writeFileSync(join(chains(), `${host}.pem`), key + chain);
    writeFileSync(
      path('sts-dane'),
      `#!/bin/sh\nexec "${process.execPath}" "${starter}" "$@" --lang en\n`,
      { mode: 0o755 },
    );
    writeFileSync(path('reload'), `#!/bin/sh\nprintf x >> "${path('reloads')}"\n`, { mode: 0o755 });
  });

  function renew(certificate: string, key = certificate) {
    const live = path(`live/${host}`);
    const pair = files(certificate, key);
    writeFileSync(join(live, 'fullchain.pem'), pair.chain);
    writeFileSync(join(live, 'privkey.pem'), pair.key);
    return new Promise<string>((done, fail) => {
      const child = spawn(resolve('docs/hooks', name), {
        env: {
          ...process.env,
          ...environment(live),
          ...{ STS_DANE: path('sts-dane'), STS_DANE_CHAINS: chains(), STS_DANE_STATE: state() },
          ...{ STS_DANE_RELOAD: path('reload'), STS_DANE_RESOLVERS: bed.doh },
          ...{ STS_DANE_ANCHORS: bed.anchorFile },
          STS_DANE_DEPLOY: resolve('docs/hooks/sts-dane-deploy'),
        },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.once('error', fail);
      child.once('close', (code) =>
        code === 0 ? done(said) : fail(new Error(`ended with ${code}: ${said}`)),
      );
    });
  }

  test('keeps the old certificate until the record is old enough, and then switches once', async () => {
    const { key, chain } = files('next');
    expect(await renew('next')).toContain('the old certificate stays in use for now');
    expect(inUse()).toContain(files('old').key);
    age(1801);
    await renew('next');
    expect(inUse()).toBe(key + chain);
    await renew('next');
    expect(reloads()).toBe(1);
    expect(readdirSync(chains())).toEqual([`${host}.pem`]);
  }, 120_000);

  test('says what to publish for a key without record, and keeps the old one', async () => {
    expect(await renew('absent')).toContain(`IN TLSA 3 1 1 ${spkiDigest('absent.pem')}`);
    expect(inUse()).toContain(files('old').key);
    expect(reloads()).toBe(0);
  }, 120_000);

  test('switches at once where the key stays, and never to a key of another certificate', async () => {
    await renew('renewed', 'old');
    expect(inUse()).toContain(files('renewed', 'old').chain);
    await renew('old', 'absent');
    expect(inUse()).toContain(files('renewed', 'old').chain);
    expect(readdirSync(chains())).toEqual([`${host}.pem`]);
  }, 120_000);
});
