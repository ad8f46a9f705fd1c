/**
 * Real monitors from Debian: the plugin `negate`, an Icinga 2 and a Prometheus, on the loopback, with the files
 * of docs/monitoring. `npm run monitoring`; not part of `npm test`, which installs none of them.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import type net from 'node:net';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { starter } from '../command-line/spoken.ts';
import { findProgram } from '../testbed/programs.ts';
import { freePort } from '../testbed/servers.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { run } from './run.ts';
import { starttlsServer } from '../command-line/starttls-server.ts';

const negate = '/usr/lib/nagios/plugins/negate';
let bed: Testbed;
let folder: string;
let mail: net.Server;
let port: number;
const path = (name: string) => join(folder, name);
const environment = () => ({
  ...process.env,
  ...{ STS_DANE_RESOLVERS: bed.doh, STS_DANE_ANCHORS: bed.anchorFile, LANG: 'C' },
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-monitors-'));
  const openssl = (...given: string[]) =>
    execFileSync('openssl', given, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  openssl(
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', 'key.pem', '-out', 'cert.pem', '-days', '30', '-subj', '/CN=mx.good.test'],
  );
  const spki = openssl('x509', '-in', 'cert.pem', '-noout', '-pubkey');
  writeFileSync(path('spki.pem'), spki);
  const der = openssl('pkey', '-pubin', '-in', 'spki.pem', '-outform', 'DER');
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256').update(der).digest('hex');
  const zone = (name: string, tlsa: string) => ({
    name,
    records: ['@ IN MX 10 mx', 'mx IN A 127.0.0.1', `_25._tcp.mx IN TLSA 3 1 1 ${tlsa}`],
    signing: { algorithm: 'ECDSAP256SHA256' } as const,
  });
  bed = await startTestbed({
    bare: true,
    zones: [
      zone('good.test', digest),
      zone('broken.test', '00'.repeat(32)),
      {
        ...{ name: 'bogus.test', records: ['@ IN MX 10 mx', 'mx IN A 127.0.0.1'] },
        signing: { algorithm: 'ECDSAP256SHA256', validity: 'past' },
      },
    ],
  });
  const context = tls.createSecureContext({
    key: readFileSync(path('key.pem')),
    cert: readFileSync(path('cert.pem')),
  });
  mail = starttlsServer(context);
  await new Promise<void>((done) => mail.listen(0, '127.0.0.1', done));
  port = (mail.address() as AddressInfo).port;
  writeFileSync(path('sts-dane'), `#!/bin/sh\nexec "${process.execPath}" "${starter}" "$@"\n`, {
    mode: 0o755,
  });
}, 180_000);
afterAll(async () => {
  mail.close();
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends what was started, by its own number. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await over;
  clearTimeout(timer);
}

async function until<Value>(get: () => Promise<Value | undefined> | Value | undefined) {
  for (let tries = 0; tries < 120; tries += 1) {
    const value = await get();
    if (value !== undefined) return value;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error('it did not come');
}

describe.skipIf(!existsSync(negate))('as a plugin', () => {
  const check = (domain: string, ...more: string[]) => [
    ...[path('sts-dane'), 'check', domain, '--format', 'nagios'],
    ...['--connect', '--port', String(port), '--lang', 'en', ...more],
  ];
  /** `negate` runs a plugin and turns what it ends with; it takes nothing but 0 to 3. */
  const negated = (argv: readonly string[]) =>
    run(
      negate,
      ['-t', '60', '-o', 'CRITICAL', '-c', 'OK', '-w', 'WARNING', '-u', 'UNKNOWN', ...argv],
      {
        env: environment(),
      },
    );

  test.each([
    ['good.test', 'OK', 0],
    ['broken.test', 'CRITICAL', 2],
    ['bogus.test', 'CRITICAL', 2],
  ])(
    '%s is %s',
    async (domain, word, code) => {
      const [program = '', ...argv] = check(domain);
      const plain = await run(program, argv, { env: environment() });
      expect(plain.stdout).toMatch(new RegExp(`^STS-DANE ${word} - .+`));
      // A monitor shows what comes first, from wherever.
      expect(plain.stderr).toBe('');
      expect(plain.status).toBe(code);
      // Turned: what was fine is critical, and what was critical is fine.
      expect((await negated(check(domain))).status).toBe(code === 0 ? 2 : 0);
    },
    60_000,
  );

  test.each([
    ['a word that is typed wrong', ['good.test', '--conect']],
    ['an option that is none', ['good.test', '--warning-days', 'soon']],
    ['a resolver that is gone', ['good.test', '--resolver', 'http://127.0.0.1:9/dns-query']],
    ['no domain', ['localhost']],
    ['anchors that are not there', ['good.test', '--anchor', '/no/such/file']],
  ])(
    '%s is unknown, and not critical',
    async (_, [domain = '', ...more]) => {
      const { stdout, status } = await negated(check(domain, ...more));
      expect(stdout).toContain('STS-DANE UNKNOWN');
      expect(status).toBe(3);
    },
    60_000,
  );

  test('a certificate that ends too soon for the thresholds is told, where a policy or usage 2 asks for dates', async () => {
    const [program = '', ...argv] = check('good.test', '--signature-warning-hours', '8760');
    const { stdout, status } = await run(program, argv, { env: environment() });
    expect(stdout).toMatch(/^STS-DANE WARNING - The DNSSEC signatures of good\.test/);
    expect(status).toBe(1);
  }, 60_000);
});

describe.skipIf(findProgram('icinga2') === undefined)('in Icinga 2', () => {
  test('the command of the documentation turns critical, fine and unknown', async () => {
    for (const each of ['lib', 'log', 'cache', 'run', 'spool'])
      mkdirSync(path(`icinga/${each}`), { recursive: true });
    const states = path('icinga/states');
    writeFileSync(states, '', { mode: 0o666 });
    writeFileSync(path('note'), `#!/bin/sh\nprintf '%s %s %s\\n' "$1" "$2" "$3" >> "${states}"\n`, {
      mode: 0o755,
    });
    const command = readFileSync('docs/monitoring/icinga2.conf', 'utf8')
      .replace('/usr/local/bin/sts-dane', path('sts-dane'))
      .replace('check_interval = 1h', 'check_interval = 2s')
      .replace('retry_interval = 10m', 'retry_interval = 2s\n  event_command = "note"')
      .replace('"--resolver" =', `"--port" = "${port}"\n    "--resolver" =`);
    const host = (name: string, more = '') =>
      `object Host "${name}" { check_command = "dummy-up"\n  vars.mail_domain = "${name}"\n  ${more} }`;
    writeFileSync(
      path('icinga/icinga2.conf'),
      [
        'include <itl>',
        'object CheckerComponent "checker" { }',
        `object FileLogger "main" { severity = "information"\n path = "${path('icinga/log/main.log')}" }`,
        'object CheckCommand "dummy-up" { command = [ "/bin/true" ] }',
        `object EventCommand "note" { command = [ "${path('note')}", "$host.name$", "$service.state$", "$service.output$" ] }`,
        command,
        host('good.test'),
        host('broken.test'),
        host('unknown.test', 'vars.sts_dane_resolver = "http://127.0.0.1:9/dns-query"'),
        '',
      ].join('\n'),
    );
    const set = (name: string, value: string) => `-D${name}=${value}`;
    const child = spawn(
      findProgram('icinga2') ?? '',
      [
        ...['daemon', '-c', path('icinga/icinga2.conf'), '-x', 'warning'],
        ...[set('RunAsUser', 'root'), set('RunAsGroup', 'root'), set('NodeName', 'here')],
        ...[set('DataDir', path('icinga/lib')), set('LogDir', path('icinga/log'))],
        ...[set('CacheDir', path('icinga/cache')), set('InitRunDir', path('icinga/run'))],
        ...[set('SpoolDir', path('icinga/spool')), set('PidPath', path('icinga/run/pid'))],
        ...[set('StatePath', path('icinga/lib/state')), set('VarsPath', path('icinga/cache/vars'))],
        set('ModAttrPath', path('icinga/lib/modified')),
        set('ObjectsPath', path('icinga/cache/objects')),
      ],
      { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    try {
      const read = () => readFileSync(states, 'utf8');
      await until(() => {
        if (child.exitCode !== null) throw new Error(said);
        return /broken\.test CRITICAL/.test(read()) && /unknown\.test UNKNOWN/.test(read())
          ? true
          : undefined;
      });
      expect(read()).toContain('broken.test CRITICAL STS-DANE CRITICAL - ');
      expect(read()).not.toMatch(/good\.test (?:WARNING|CRITICAL|UNKNOWN)/);
      expect(read()).not.toContain('unknown.test CRITICAL');
    } finally {
      await end(child);
    }
  }, 120_000);
});

describe.skipIf(findProgram('prometheus') === undefined)('in Prometheus', () => {
  const promtool = (...argv: string[]) => run(findProgram('promtool') ?? '', argv, { cwd: folder });

  test('the metrics are scraped with the file of the documentation, and its alerts hold', async () => {
    writeFileSync(path('names.txt'), 'good.test\nbroken.test\nbogus.test\n');
    const watch = async (...more: string[]) =>
      run(
        path('sts-dane'),
        [
          ...['watch', path('names.txt'), '--connect', '--port', String(port)],
          ...['--format', 'openmetrics', '--output', path('www/metrics.prom'), ...more],
        ],
        { env: environment() },
      );
    mkdirSync(path('www'), { recursive: true });
    await watch();
    const web = http.createServer((request, response) => {
      // As a plain web server that knows nothing of this ending.
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(readFileSync(path(`www${request.url}`)));
    });
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
    const metricsPort = (web.address() as AddressInfo).port;
    const config = readFileSync('docs/monitoring/prometheus.yml', 'utf8');
    writeFileSync(
      path('prometheus.yml'),
      config
        .replace("127.0.0.1:9219']", `127.0.0.1:${metricsPort}']`)
        .replace('scrape_interval: 5m', 'scrape_interval: 1s'),
    );
    const alerts = readFileSync('docs/monitoring/alerts.yml', 'utf8');
    writeFileSync(
      path('alerts.yml'),
      `${alerts.replace('- name: sts-dane\n', '- name: sts-dane\n    interval: 1s\n')}`,
    );
    expect((await promtool('check', 'config', 'prometheus.yml')).status).toBe(0);
    expect((await promtool('check', 'rules', 'alerts.yml')).stdout).toContain('4 rules found');
    const own = await freePort();
    const child = spawn(
      findProgram('prometheus') ?? '',
      [
        ...['--config.file', path('prometheus.yml'), '--storage.tsdb.path', path('tsdb')],
        ...['--web.listen-address', `127.0.0.1:${own}`],
      ],
      { stdio: 'ignore' },
    );
    interface Answer {
      readonly data: {
        readonly result: readonly { metric: Record<string, string>; value: [number, string] }[];
      };
    }
    const query = async (text: string) => {
      const address = `http://127.0.0.1:${own}/api/v1/query?query=${encodeURIComponent(text)}`;
      const answer = await fetch(address).catch(() => undefined);
      if (answer?.ok !== true) return [];
      return ((await answer.json()) as Answer).data.result;
    };
    try {
      const severities = await until(async () => {
        const result = await query('sts_dane_severity');
        return result.length === 3 ? result : undefined;
      });
      expect(
        Object.fromEntries(severities.map(({ metric, value }) => [metric['domain'], value[1]])),
      ).toEqual({ 'good.test': '0', 'broken.test': '2', 'bogus.test': '2' });
      const left = await query('sts_dane_certificate_left_seconds{host="mx.good.test"}');
      expect(Number(left[0]?.value[1])).toBeGreaterThan(29 * 86_400);
      const firing = await until(async () => {
        const result = await query('ALERTS{alertname="MailSecurityCritical"}');
        return result.length === 2 ? result : undefined;
      });
      expect(firing.map(({ metric }) => metric['domain']).sort()).toEqual([
        'bogus.test',
        'broken.test',
      ]);
    } finally {
      await end(child);
      web.close();
    }
  }, 120_000);

  test('its own linter finds nothing in them', async () => {
    const text = readFileSync(path('www/metrics.prom'), 'utf8');
    const { status, stderr } = await run('sh', [
      '-c',
      `promtool check metrics < "${path('www/metrics.prom')}"`,
    ]);
    expect([status, stderr]).toEqual([0, '']);
    expect(text.endsWith('# EOF\n')).toBe(true);
  }, 60_000);

  test('and reads them by the type of OpenMetrics, strictly', async () => {
    const web = http.createServer((_, response) => {
      response.writeHead(200, {
        'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8',
      });
      response.end(readFileSync(path('www/metrics.prom')));
    });
    await new Promise<void>((done) => web.listen(0, '127.0.0.1', done));
    const own = await freePort();
    writeFileSync(
      path('strict.yml'),
      `scrape_configs:\n  - job_name: strict\n    scrape_interval: 1s\n    static_configs:\n      - targets: ['127.0.0.1:${(web.address() as AddressInfo).port}']\n`,
    );
    const child = spawn(
      findProgram('prometheus') ?? '',
      [
        ...['--config.file', path('strict.yml'), '--storage.tsdb.path', path('tsdb2')],
        ...['--web.listen-address', `127.0.0.1:${own}`],
      ],
      { stdio: 'ignore' },
    );
    try {
      const target = await until(async () => {
        const answer = await fetch(`http://127.0.0.1:${own}/api/v1/targets`).catch(() => undefined);
        const { data } = (
          answer?.ok === true ? await answer.json() : { data: { activeTargets: [] } }
        ) as {
          data: { activeTargets: readonly { health: string; lastError: string }[] };
        };
        return data.activeTargets.find(({ health }) => health !== 'unknown');
      });
      expect(target).toMatchObject({ health: 'up', lastError: '' });
    } finally {
      await end(child);
      web.close();
    }
  }, 60_000);
});

test('three hundred domains are looked after in fifteen seconds and three hundred megabytes', async () => {
  const { leafZones } = await import('../testbed/zones.ts');
  const large = await startTestbed({ zones: leafZones.filter(({ name }) => name === 'list.test') });
  try {
    const { listName } = await import('../testbed/zones.ts');
    writeFileSync(path('many.txt'), '');
    for (let n = 1; n <= 300; n += 1) appendFileSync(path('many.txt'), `${listName(n)}\n`);
    const started = performance.now();
    const { stdout, stderr } = await run(
      '/usr/bin/time',
      [
        ...['-f', '%M KB', path('sts-dane'), 'watch', path('many.txt'), '--lang', 'en'],
        ...['--resolver', large.doh, '--anchor', large.anchorFile],
      ],
      { env: environment() },
    );
    const seconds = (performance.now() - started) / 1000;
    expect(stdout).toMatch(/^300 domains/);
    expect(seconds).toBeLessThan(15);
    expect(Number(/(\d+) KB/.exec(stderr)?.[1])).toBeLessThan(300_000);
    console.log(`300 domains: ${seconds.toFixed(1)} s, ${/\d+ KB/.exec(stderr)?.[0]}`);
  } finally {
    await large.stop();
  }
}, 180_000);
