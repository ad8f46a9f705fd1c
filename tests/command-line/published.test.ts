/** What the documentation promises: each output fits its published schema, and each file of docs/monitoring works. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { schemas, type SchemaName } from '../../src/command-line/schemas.ts';
import { faultsOf } from '../json-schema.ts';
import { run } from '../monitoring/run.ts';
import { findProgram } from '../testbed/programs.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { speak, starter } from './spoken.ts';

let bed: Testbed;
let folder: string;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string) => {
  writeFileSync(path(name), text);
  return path(name);
};
const source = () => ['--resolver', bed.doh, '--anchor', bed.anchorFile];
/** Names of every kind: fine, bogus, absent, insecure, with odd mail. */
const names = [
  ...['gemeente-zilverdam.test', 'a13.test', 'expired.test', 'nothing-here.test', 'insecure.test'],
  ...['bogustlsa.test', 'only.nullmx.test', 'mxs.cname.test', 'inert-script.test', 'nope.test'],
];
const policy = 'version: STSv1\r\nmode: enforce\r\nmx: *.example.nl\r\nmax_age: 604800\r\n';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-published-'));
  write('names.txt', `${names.join('\n')}\nlocalhost\n`);
  write('mta-sts.txt', policy);
  write('bad/mta-sts.txt'.replace('/', '-'), policy.replace('enforce', 'Enforce'));
  for (const name of ['one', 'two'])
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '30', '-subj', '/CN=mx.a.nl'],
        ...['-addext', 'basicConstraints=critical,CA:FALSE'],
      ],
      { cwd: folder, stdio: 'ignore' },
    );
  const report = {
    'organization-name': 'A',
    'date-range': {
      'start-datetime': '2026-11-23T00:00:00Z',
      'end-datetime': '2026-11-23T23:59:59Z',
    },
    'report-id': 'one',
    policies: [
      {
        policy: { 'policy-type': 'sts', 'policy-domain': 'a.nl' },
        summary: { 'total-successful-session-count': 10, 'total-failure-session-count': 2 },
        'failure-details': [{ 'result-type': 'certificate-expired', 'failed-session-count': 2 }],
      },
    ],
  };
  write('report.json', JSON.stringify(report));
  bed = await startTestbed();
}, 180_000);
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('each output fits the schema that `sts-dane schema` prints', () => {
  const runs: Readonly<Record<SchemaName, readonly (() => readonly string[])[]>> = {
    check: [
      () => ['check', ...names, '--json', ...source()],
      () => [
        ...['check', 'a13.test', '--json', ...source(), '--connect', '--timeout', '1'],
        ...['--every-address', '--certificates', 'rsa,ecdsa'],
      ],
      () => ['check', 'a.nl', '--json', '--resolver', 'http://127.0.0.1:9/dns-query'],
    ],
    list: [() => ['check', '--list', path('names.txt'), ...source()]],
    watch: [() => ['watch', path('names.txt'), '--json', ...source()]],
    state: [() => ['watch', path('names.txt'), '--json', '--output', path('out'), ...source()]],
    policy: [() => ['policy', path('mta-sts.txt'), path('bad-mta-sts.txt'), '--json']],
    tlsa: [() => ['tlsa', path('one.pem'), path('two.pem'), '--json']],
    plan: [
      () => ['tlsa', path('one.pem'), '--host', 'mx.a.nl', '--next', path('two.pem'), '--json'],
      () => ['tlsa', path('one.pem'), '--host', 'mx.a.nl', '--json'],
      () => [
        ...['plan', 'move', '--domain', 'a.nl', '--from', 'mx.a.nl', '--to', 'mx.b.nl', '--json'],
        ...['--max-age', '86400'],
      ],
    ],
    deploy: [
      () => [
        ...['tlsa', path('one.pem'), '--host', 'mx1.a13.test', '--check-deploy', '--json'],
        ...['--state', path('deploy.json'), ...source()],
      ],
    ],
    report: [() => ['report', path('report.json'), path('mta-sts.txt'), '--json']],
  };

  test('and there is a schema for each', () => {
    expect(Object.keys(runs)).toEqual(Object.keys(schemas));
  });

  test.each(Object.entries(runs))(
    '%s',
    async (name, commands) => {
      const schema = JSON.parse((await speak(['schema', name])).out) as object;
      let lines = 0;
      for (const command of commands) {
        const { out } = await speak(command());
        const text = name === 'state' ? readFileSync(path('names.txt.state.json'), 'utf8') : out;
        for (const line of text.split('\n').filter(Boolean)) {
          lines += 1;
          expect(faultsOf(schema, JSON.parse(line)), line.slice(0, 200)).toEqual([]);
        }
      }
      expect(lines).toBeGreaterThan(0);
    },
    120_000,
  );

  test('a name that is none is told, with those that there are', async () => {
    const { err, code } = await speak(['schema', 'constructor', '--lang', 'en']);
    expect(err).toContain('check, list, watch, state');
    expect(code).toBe(2);
  });
});

describe('docs/monitoring.md', () => {
  const docs = readFileSync('docs/monitoring.md', 'utf8');

  test.skipIf(findProgram('jq') === undefined)(
    'has lines with jq that work',
    async () => {
      const block = /```sh\n(sts-dane [\s\S]*?)```/.exec(docs)?.[1] ?? '';
      const lines = block.split('\n').filter((line) => line.includes('| jq'));
      expect(lines.length).toBeGreaterThan(3);
      write('domains.txt', 'expired.test\na13.test\n');
      mkdirSync(path('bin'), { recursive: true });
      writeFileSync(
        path('bin/sts-dane'),
        `#!/bin/sh\nexec "${process.execPath}" "${starter}" "$@"\n`,
        { mode: 0o755 },
      );
      const said: string[] = [];
      for (const line of lines) {
        rmSync(path('domains.txt.state.json'), { force: true });
        const { stdout, stderr } = await run(
          'bash',
          ['-c', line.replace('example.nl', 'a13.test')],
          {
            cwd: folder,
            env: {
              ...process.env,
              ...{ PATH: `${path('bin')}:${process.env['PATH']}`, LANG: 'C' },
              ...{ STS_DANE_RESOLVERS: bed.doh, STS_DANE_ANCHORS: bed.anchorFile },
            },
          },
        );
        expect(stderr).not.toMatch(/jq: error/);
        said.push(stdout.trim());
      }
      expect(said).toEqual([
        'ok',
        '',
        expect.stringMatching(/^signatures a13\.test \d+ days$/),
        'new expired.test',
        'expired.test',
      ]);
    },
    120_000,
  );

  test('names each file of the folder', () => {
    for (const name of readdirSync('docs/monitoring'))
      expect(docs).toContain(`monitoring/${name}`.replace(/-watch\.timer$/, '-watch.timer'));
  });

  /** Every call of the command line in the files, as it is typed there. */
  const callsIn = (text: string): readonly (readonly string[])[] =>
    [
      ...text
        .replaceAll('\\\n', ' ')
        .matchAll(/(?:sts-dane|sts-dane-watch) (check|watch|tlsa|plan|policy) ([^\n|>`]*)/g),
    ].map(([, command = '', rest = '']) => [
      command,
      ...rest.replace(/2$/, '').trim().split(/\s+/),
    ]);

  test('and each command in it is one that the command line understands', async () => {
    const { readArguments } = await import('../../src/command-line/arguments.ts');
    const files = readdirSync('docs/monitoring').map((name) => `docs/monitoring/${name}`);
    const texts = [
      ...files,
      'docs/monitoring.md',
      'docs/hooks/README.md',
      'docs/command-line.md',
    ].map((file) => readFileSync(file, 'utf8'));
    const calls = texts
      .flatMap(callsIn)
      .filter((call) => !call.some((word) => /…|^(?:DOMAIN|FILE|and|is|says)$/.test(word)))
      .filter(([, first]) => first !== '--check-deploy');
    expect(calls.length).toBeGreaterThan(8);
    for (const call of calls)
      expect(readArguments(call, 'en'), call.join(' ')).toMatchObject({ kind: 'run' });
  });

  test.skipIf(findProgram('systemd-analyze') === undefined)(
    'has a unit and a timer that systemd takes',
    async () => {
      mkdirSync(path('units'));
      for (const name of ['sts-dane-watch.service', 'sts-dane-watch.timer']) {
        const text = readFileSync(`docs/monitoring/${name}`, 'utf8');
        writeFileSync(
          path(`units/${name}`),
          text.replaceAll('/usr/local/bin/sts-dane', '/bin/true'),
        );
      }
      const { stdout, stderr, status } = await run('systemd-analyze', [
        'verify',
        '--man=no',
        path('units/sts-dane-watch.service'),
        path('units/sts-dane-watch.timer'),
      ]);
      const ours = `${stdout}${stderr}`
        .split('\n')
        .filter((line) => line.includes('sts-dane-watch'));
      expect(ours).toEqual([]);
      expect(status).toBe(0);
    },
    60_000,
  );

  test('has a line for cron with the five times, a user and a command that runs', async () => {
    const line =
      readFileSync('docs/monitoring/sts-dane.cron', 'utf8').trim().split('\n').at(-1) ?? '';
    const [, user, command] = /^(?:[\d*/,-]+ ){5}(\S+) (.+)$/.exec(line) ?? [];
    expect(user).toBe('nobody');
    write('cron.txt', 'expired.test\n');
    const here = (command ?? '')
      .replace('/usr/local/bin/sts-dane', `"${process.execPath}" "${starter}"`)
      .replace('--connect', '')
      .replace('/etc/sts-dane/domains.txt', path('cron.txt'))
      .replace('/var/lib/sts-dane/state.json', path('cron.json'));
    const once = () =>
      run('sh', ['-c', here], {
        env: {
          ...process.env,
          LANG: 'en_GB.UTF-8',
          STS_DANE_RESOLVERS: bed.doh,
          STS_DANE_ANCHORS: bed.anchorFile,
        },
      });
    expect((await once()).stdout).toMatch(/^New: expired\.test: /);
    expect((await once()).stdout).toBe('');
  }, 60_000);

  test('builds a container of files that there are, and starts what is there', async () => {
    const lines = readFileSync('docs/monitoring/Containerfile', 'utf8').split('\n');
    for (const line of lines.filter((each) => each.startsWith('COPY ')))
      for (const file of line.split(' ').slice(1, -1))
        expect(readdirSync('.')).toContain(file.replace('./', ''));
    // As the image has it: these files and the packages of the lock, and nothing else.
    const there = path('image');
    mkdirSync(there);
    for (const file of ['package.json', 'content', 'src'])
      execFileSync('cp', ['-r', resolve(file), there]);
    execFileSync('ln', ['-s', resolve('node_modules'), join(there, 'node_modules')]);
    const { status, stdout } = await run(process.execPath, [
      join(there, 'src/command-line/sts-dane.mjs'),
      'check',
      'a13.test',
      '--format',
      'nagios',
      ...source(),
    ]);
    expect(stdout).toMatch(/^STS-DANE OK/);
    expect(status).toBe(0);
  }, 60_000);
});

describe('the action and the hook for pre-commit', () => {
  interface Step {
    readonly run: string;
    readonly name: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const action = parse(readFileSync('action.yml', 'utf8')) as {
    inputs: Record<string, { default: string }>;
    runs: { using: string; steps: readonly Step[] };
  };

  function step(name: string, inputs: Readonly<Record<string, string>>) {
    const found = action.runs.steps.find((each) => each.name === name);
    const given = {
      ...Object.fromEntries(
        Object.entries(action.inputs).map(([key, { default: usual }]) => [key, usual]),
      ),
      ...inputs,
    };
    const env = Object.fromEntries(
      Object.entries(found?.env ?? {}).map(([key, value]) => [
        key,
        value.replace(/\$\{\{ inputs\.(\w+) \}\}/, (_, input: string) => given[input] ?? ''),
      ]),
    );
    return run('bash', ['-e', '-o', 'pipefail', '-c', found?.run ?? 'exit 99'], {
      cwd: folder,
      env: {
        ...process.env,
        ...env,
        GITHUB_ACTION_PATH: resolve('.'),
        STS_DANE_RESOLVERS: bed.doh,
        STS_DANE_ANCHORS: bed.anchorFile,
      },
    });
  }

  test('no input becomes text of the shell', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('reads policies, and each fault is an annotation with its place', async () => {
    const good = await step('Policy', { policy: 'mta-sts.txt' });
    expect([good.status, good.stdout]).toEqual([0, expect.not.stringContaining('::error')]);
    const bad = await step('Policy', { policy: 'mta-sts.txt bad-mta-sts.txt' });
    expect(bad.stdout).toContain('::error file=bad-mta-sts.txt,line=2,col=7,title=mta-sts.txt::');
    expect(bad.status).toBe(1);
    expect((await step('Policy', { policy: '$(touch${IFS}pwned)' })).status).toBe(2);
    expect(readdirSync(folder)).not.toContain('pwned');
  }, 60_000);

  test('checks domains', async () => {
    const { stdout, status } = await step('Domains', { domains: 'a13.test expired.test' });
    expect(stdout).toContain('::notice title=a13.test::');
    expect(stdout).toContain('::error title=expired.test::');
    expect(status).toBe(3);
  }, 60_000);

  test('the hook takes the files that pre-commit hands it', async () => {
    const [hook] = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly {
      entry: string;
      files: string;
    }[];
    const pattern = new RegExp(hook?.files ?? '$^');
    expect(
      ['mta-sts.txt', '.well-known/mta-sts.txt', 'x-mta-sts.txt', 'mta-sts.txt.md'].filter((file) =>
        pattern.test(file),
      ),
    ).toHaveLength(2);
    const [, ...words] = (hook?.entry ?? '').split(' ');
    const hooked = async (...files: string[]) =>
      (await run(process.execPath, [starter, ...words, ...files], { cwd: folder })).status;
    expect(await hooked('mta-sts.txt')).toBe(0);
    expect(await hooked('mta-sts.txt', 'bad-mta-sts.txt')).toBe(1);
  }, 60_000);

  test('the workflow of the documentation uses inputs that there are', () => {
    const [workflow] = parseAllDocuments(
      readFileSync('docs/monitoring/github-workflow.yml', 'utf8'),
    );
    const uses = JSON.stringify(workflow?.toJS());
    const given = /"uses":"OWNER\/sts-dane@[^"]*","with":(\{[^}]*\})/.exec(uses)?.[1] ?? '{}';
    const inputs = Object.keys(JSON.parse(given) as object);
    expect(inputs.length).toBeGreaterThan(0);
    for (const input of inputs) expect(action.inputs).toHaveProperty([input]);
  });
});

test('the badge is written whole, and refuses an address that is none', async () => {
  const badge = path('badge.svg');
  const args = ['check', 'a13.test', ...source(), '--quiet', '--lang', 'en', '--badge', badge];
  expect((await speak([...args, '--link', 'https://a.nl/r.json'])).code).toBe(0);
  expect(readFileSync(badge, 'utf8')).toContain('<a href="https://a.nl/r.json">');
  copyFileSync(badge, path('before.svg'));
  const refused = await speak([...args, '--link', 'javascript:alert(1)']);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('https://')]);
  expect(readFileSync(badge)).toEqual(readFileSync(path('before.svg')));
}, 60_000);
