/**
 * A renewal from beginning to end, on the loopback: a real certbot asks a real ACME server (pebble), its
 * deploy hook is that of docs/hooks, and the TLSA records stand in a really signed zone that changes while it is
 * served. A Postfix that sends with DANE only, through a validating and caching unbound, delivers to a Postfix
 * with that certificate all the while. Nothing waits but the clock: the TTL is eight seconds.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { starter } from '../command-line/spoken.ts';
import {
  noPostfixBecause,
  startReceiver,
  startSender,
  type Delivery,
  type RunningPostfix,
  type SendingPostfix,
} from '../testbed/postfix.ts';
import { findProgram } from '../testbed/programs.ts';
import { freePort } from '../testbed/servers.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import type { ZoneSpec } from '../testbed/zone-spec.ts';
import { run } from './run.ts';

const host = 'mx.renewal.test';
const ttlSeconds = 8;
/** Loopback addresses of this process, so that two runs beside each other do not meet. */
const own = (last: number) => `127.77.${(process.pid % 250) + 1}.${last}`;
const isAtHand = findProgram('pebble') !== undefined && noPostfixBecause() === undefined;
const clients = ['certbot', 'lego', 'acme.sh'] as const;
const hasClient = (client: (typeof clients)[number]) =>
  isAtHand && findProgram(client) !== undefined;
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
}, 60_000);
afterAll(() => {
  if (!isAtHand) return;
  pebble.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const inUse = () => path(`chains/${host}.pem`);
const digestOf = (file: string) =>
  createHash('sha256')
    .update(
      new X509Certificate(readFileSync(file)).publicKey.export({ type: 'spki', format: 'der' }),
    )
    .digest('hex');

const zoneWith = (...digests: readonly string[]): ZoneSpec => ({
  name: 'renewal.test',
  records: [
    '@ IN SOA ns.renewal.test. hostmaster.renewal.test. 1 7200 3600 1209600 2',
    ...['@ IN MX 10 mx', `mx IN A ${own(25)}`],
    ...digests.map((digest) => `_25._tcp.mx ${ttlSeconds} IN TLSA 3 1 1 ${digest}`),
  ],
  signing: { algorithm: 'ECDSAP256SHA256' },
});

const openBed = (...digests: readonly string[]) =>
  startTestbed({ bare: true, zones: [zoneWith(...digests)], resolverAddress: own(53) });

const environmentIn = (bed: Testbed) => ({
  ...process.env,
  ...{ STS_DANE: path('sts-dane'), STS_DANE_CHAINS: path('chains') },
  ...{ STS_DANE_STATE: path('deploy.json'), STS_DANE_RELOAD: path('reload') },
  ...{ STS_DANE_RESOLVERS: bed.doh, STS_DANE_ANCHORS: bed.anchorFile },
  STS_DANE_DEPLOY: resolve('docs/hooks/sts-dane-deploy'),
  // How lego is told to take the certificate that pebble shows.
  LEGO_CA_CERTIFICATES: path('acme.pem'),
});

const live = () => path(`certbot/config/live/${host}`);

/** Each client asks for a certificate, or for the next, and calls its hook of docs/hooks. */
const issue: Readonly<
  Record<
    (typeof clients)[number],
    (bed: Testbed, isFirst: boolean, more?: readonly string[]) => Promise<string>
  >
> = {
  async certbot(bed, _, more = []) {
    const folders = ['config', 'work', 'logs'].flatMap((each) => [
      `--${each}-dir`,
      path(`certbot/${each}`),
    ]);
    return runClient('certbot', bed, [
      ...['certonly', '--standalone', '--http-01-port', String(await freePort()), '-d', host],
      ...['--server', directory, '--no-verify-ssl', '--agree-tos', '--email', 'a@renewal.test'],
      ...['--non-interactive', '--key-type', 'ecdsa', '--force-renewal', ...folders],
      ...['--deploy-hook', resolve('docs/hooks/certbot'), ...more],
    ]);
  },
  async lego(bed, isFirst) {
    return runClient('lego', bed, [
      ...['--server', directory, '--email', 'a@renewal.test', '--accept-tos', '--domains', host],
      ...['--path', path('lego'), '--http', '--http.port', `127.0.0.1:${await freePort()}`],
      ...(isFirst ? ['run', '--run-hook'] : ['renew', '--days', '9999', '--renew-hook']),
      resolve('docs/hooks/lego'),
    ]);
  },
  async 'acme.sh'(bed, isFirst) {
    const common = ['--server', directory, '--insecure', '--home', path('acme'), '-d', host];
    if (!isFirst) return runClient('acme.sh', bed, [...common, '--renew', '--ecc', '--force']);
    await runClient('acme.sh', bed, [
      ...[...common, '--issue', '--standalone', '--httpport', String(await freePort())],
      ...['--keylength', 'ec-256', '--always-force-new-domain-key'],
      ...['--renew-hook', resolve('docs/hooks/acme.sh')],
    ]);
    // Its hook is for renewals; the first time one calls it oneself, as the documentation says.
    const made = (name: string) => path(`acme/${host}_ecc/${name}`);
    return (await deploy(bed, made('fullchain.cer'), made(`${host}.key`))).stderr;
  },
};

async function runClient(client: string, bed: Testbed, argv: readonly string[]): Promise<string> {
  const ran = await run(findProgram(client) ?? '', argv, { env: environmentIn(bed) });
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  return ran.stdout + ran.stderr;
}

/** What cron runs each half hour. */
const deploy = (
  bed: Testbed,
  chain = join(live(), 'fullchain.pem'),
  key = join(live(), 'privkey.pem'),
) => run(resolve('docs/hooks/sts-dane-deploy'), [host, chain, key], { env: environmentIn(bed) });

const seconds = (count: number) => new Promise((done) => setTimeout(done, count * 1000));

/** A mail every half second until it is told to end; what became of each. */
function stream(sender: SendingPostfix) {
  const deliveries: Delivery[] = [];
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      deliveries.push(await sender.deliver('somebody@renewal.test'));
      await seconds(0.5);
    }
  })();
  return {
    soFar: () => deliveries.length,
    end: async () => {
      isOver = true;
      await done;
      return deliveries;
    },
  };
}

describe.skipIf(!hasClient('certbot'))('a renewal with a new key, while mail goes on', () => {
  let bed: Testbed;
  let receiver: RunningPostfix;
  let sender: SendingPostfix;
  afterAll(async () => {
    await sender?.stop();
    await receiver?.stop();
    await bed?.stop();
  });

  test('the hook refuses the early switch, allows the late one, and no delivery fails', async () => {
    // The first certificate: no TLSA record yet, so nothing is held up.
    bed = await openBed();
    writeFileSync(path('reload'), '#!/bin/sh\n', { mode: 0o755 });
    expect(await issue.certbot(bed, true)).not.toContain('stays in use');
    const old = digestOf(inUse());
    receiver = await startReceiver(inUse(), own(25));
    writeFileSync(
      path('reload'),
      `#!/bin/sh\necho reloaded >> ${path('reloads')}\nexec postfix -c ${receiver.configuration} reload\n`,
      { mode: 0o755 },
    );
    await bed.publish(zoneWith(old));
    sender = await startSender(own(53));
    const mail = stream(sender);

    // Renewed with a new key that nobody announced.
    const said = await issue.certbot(bed, false);
    const next = digestOf(join(live(), 'fullchain.pem'));
    expect(next).not.toBe(old);
    expect(said).toContain(`IN TLSA 3 1 1 ${next}`);
    expect(digestOf(inUse())).toBe(old);

    // Published beside the old one: too early, until every cache has dropped the old set.
    await bed.publish(zoneWith(old, next));
    const answers = [];
    const from = Date.now();
    for (;;) {
      const { status, stdout } = await deploy(bed);
      answers.push(stdout.split('\n')[0]);
      if (status === 0) break;
      expect(status, stdout).toBe(1);
      expect(digestOf(inUse())).toBe(old);
      expect(Date.now() - from).toBeLessThan(60_000);
      await seconds(1);
    }
    expect(Date.now() - from).toBeGreaterThan(2 * ttlSeconds * 1000);
    expect(answers.some((answer) => answer?.includes('Wait 1 more minute'))).toBe(true);
    expect(digestOf(inUse())).toBe(next);
    expect(readFileSync(path('reloads'), 'utf8')).toBe('reloaded\n');

    // The old record goes; then a renewal that keeps the key, for which nothing has to be waited.
    await seconds(2);
    await bed.publish(zoneWith(next));
    await seconds(ttlSeconds + 1);
    await issue.certbot(bed, false, ['--reuse-key']);
    expect(digestOf(inUse())).toBe(next);
    expect(readFileSync(path('reloads'), 'utf8')).toBe('reloaded\nreloaded\n');
    await seconds(2);

    const deliveries = await mail.end();
    expect(deliveries.filter(({ status }) => status !== 'sent')).toEqual([]);
    expect(deliveries.length).toBeGreaterThan(30);
    // By DANE, each of them: not one went without.
    const verified = (await sender.log()).match(/: Verified TLS connection established to mx\./g);
    expect(verified).toHaveLength(deliveries.length);
    console.log(`${deliveries.length} deliveries, ${answers.length} questions of the hook`);
  }, 300_000);

  test('without the hook the same sender holds the mail, until its cache has the new record', async () => {
    await issue.certbot(bed, false, ['--deploy-hook', 'true']);
    expect((await sender.deliver('before@renewal.test')).status).toBe('sent');
    // What a renewal does by itself: the new key is in use at once.
    writeFileSync(
      inUse(),
      ['privkey', 'fullchain'].map((each) => readFileSync(join(live(), `${each}.pem`))).join(''),
    );
    await run(path('reload'), []);
    await seconds(1);
    const held = { status: 'deferred', says: 'Server certificate not verified' };
    expect(await sender.deliver('early@renewal.test')).toEqual(held);
    await bed.publish(zoneWith(digestOf(inUse())));
    const from = Date.now();
    while ((await sender.deliver('late@renewal.test')).status !== 'sent') {
      expect(Date.now() - from).toBeLessThan(60_000);
      await seconds(1);
    }
  }, 120_000);
});

describe.each(clients)('the hook of %s', (client) => {
  test.skipIf(!hasClient(client))(
    'keeps the old certificate where the new key was not announced',
    async () => {
      rmSync(path('chains'), { recursive: true });
      mkdirSync(path('chains'));
      writeFileSync(path('reload'), '#!/bin/sh\n', { mode: 0o755 });
      const bed = await openBed();
      try {
        expect(await issue[client](bed, true)).not.toContain('stays in use');
        const old = digestOf(inUse());
        await bed.publish(zoneWith(old));
        // The proof that there was no record may be remembered until its own TTL is over.
        await seconds(3);
        const said = await issue[client](bed, false);
        expect(said).toContain('the old certificate stays in use for now');
        expect(said).toMatch(/IN TLSA 3 1 1 [0-9a-f]{64}/);
        expect(digestOf(inUse())).toBe(old);
      } finally {
        await bed.stop();
      }
    },
    120_000,
  );
});
