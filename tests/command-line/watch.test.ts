/** `watch` as a user runs it, on the signed test bed: what changed, and that no state is ever lost. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stateSchema, type Problem, type WatchJson } from '../../src/command-line/schemas.ts';
import { compare } from '../../src/command-line/watch-state.ts';
import type { Finding } from '../../src/command-line/finding.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { listName } from '../testbed/zones.ts';
import { speak, starter } from './spoken.ts';

let bed: Testbed;
let folder: string;
const path = (name: string) => join(folder, name);
const source = () => ['--resolver', bed.doh, '--anchor', bed.anchorFile, '--lang', 'en'];
const watch = (...more: string[]) => speak(['watch', path('names.txt'), ...source(), ...more]);
const readState = () =>
  stateSchema.parse(JSON.parse(readFileSync(path('names.txt.state.json'), 'utf8')));
const dead = ['--resolver', 'http://127.0.0.1:9/dns-query'];

beforeAll(async () => {
  bed = await startTestbed();
}, 180_000);
afterAll(() => bed.stop());
beforeEach(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-watch-'));
  writeFileSync(path('names.txt'), 'a13.test\nexpired.test\nnothing-here.test\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Changes what the last round knew of one name, as if it had found that. */
function remember(domain: string, problems: readonly Problem[], standing = 'dane-and-sts') {
  const state = readState();
  const known = Object.fromEntries(problems.map((each) => [`${each.id} ${each.about}`, each]));
  const domains = {
    ...state.domains,
    [domain]: { standing, severity: 'ok', checkedAtSeconds: 1, problems: known },
  };
  writeFileSync(path('names.txt.state.json'), JSON.stringify({ ...state, domains }));
}

describe('a round', () => {
  test('tells what is new first, and then nothing more while it stays so', async () => {
    const first = await watch();
    expect(first.out.split('\n')[0]).toBe(
      '3 domains: 2 critical, 0 warning, 0 unknown. Since the last time: 2 new, 0 worse, 0 fixed.',
    );
    expect(first.out).toContain('New: expired.test: The mail records');
    expect(first.code).toBe(3);
    const second = await watch();
    expect(second.out).toContain('0 new, 0 worse, 0 fixed');
    expect((await watch('--quiet')).out).toBe('');
    expect(Object.keys(readState().domains)).toHaveLength(3);
  }, 120_000);

  test('tells what got worse and what was fixed, in every format', async () => {
    await watch();
    const says = 'as it was';
    remember('a13.test', [{ id: 'dane-fails', severity: 'critical', about: 'a13.test', says }]);
    remember('expired.test', [
      { id: 'mx-bogus', severity: 'warning', about: 'expired.test', says },
    ]);
    const state = readFileSync(path('names.txt.state.json'));
    const expected = {
      text: 'Fixed: a13.test: as it was',
      nagios: 'fixed a13.test: as it was',
      github: 'fixed: as it was',
      junit: 'fixed: as it was',
    };
    for (const [format, line] of Object.entries(expected)) {
      writeFileSync(path('names.txt.state.json'), state);
      expect((await watch('--format', format)).out).toContain(line);
    }
    writeFileSync(path('names.txt.state.json'), state);
    const json = JSON.parse((await watch('--json')).out) as WatchJson;
    expect(json.changes.map(({ change, domain, id }) => [change, domain, id])).toEqual([
      ['fixed', 'a13.test', 'dane-fails'],
      ['worse', 'expired.test', 'mx-bogus'],
    ]);
  }, 180_000);

  test('with the resolver gone nothing is fixed and nothing forgotten', async () => {
    await watch();
    const before = readState();
    const { out, code } = await speak([
      ...['watch', path('names.txt'), '--anchor', bed.anchorFile, '--lang', 'en', ...dead],
      ...['--json'],
    ]);
    const json = JSON.parse(out) as WatchJson;
    expect(json.changes.filter(({ change }) => change === 'fixed')).toEqual([]);
    expect(json.severity).toBe('unknown');
    expect(code).toBe(3);
    for (const [domain, { problems }] of Object.entries(before.domains))
      expect(readState().domains[domain]?.problems).toMatchObject(problems);
    const after = JSON.parse((await watch('--json')).out) as WatchJson;
    expect(
      after.changes.every(({ change, before: was }) => change === 'fixed' && was === 'unknown'),
    ).toBe(true);
  }, 120_000);

  test('of a line that is no domain a word is said, and the others are measured', async () => {
    writeFileSync(path('names.txt'), 'a13.test\nlocalhost\n');
    const { err, code } = await watch('--format', 'junit');
    expect(err).toContain('names.txt: 2: localhost');
    expect(code).toBe(2);
    expect(Object.keys(readState().domains)).toEqual(['a13.test']);
  }, 60_000);
});

describe('a state', () => {
  test.each([
    ['that is no JSON', '{"version":1,"dom'],
    ['of another kind', '{"version":2,"writtenAtSeconds":1,"domains":{}}'],
    ['with a field too many', '{"version":1,"writtenAtSeconds":1,"domains":{},"x":1}'],
    ['that is empty', ''],
  ])(
    '%s is left as it is, and everything is answered',
    async (_, text) => {
      writeFileSync(path('names.txt.state.json'), text);
      const { out, err, code } = await watch();
      expect(err).toContain('this is not a state of watch, or it is damaged');
      expect(out).toContain('3 domains: 2 critical');
      expect(out).not.toMatch(/New:|Since/);
      expect(code).toBe(2);
      expect(readFileSync(path('names.txt.state.json'), 'utf8')).toBe(text);
      const monitor = await watch('--format', 'nagios');
      expect(monitor.out).toContain('STS-DANE CRITICAL');
    },
    120_000,
  );

  test('that cannot be written is told, and to a monitor that is not critical', async () => {
    writeFileSync(path('names.txt'), 'a13.test\n');
    const more = ['--state', '/proc/no/such/state.json'];
    const { err, code } = await watch(...more);
    expect(err).toContain('the state cannot be kept (ENOENT)');
    expect(code).toBe(2);
    const monitor = await watch(...more, '--format', 'nagios');
    expect([monitor.out.slice(0, 16), monitor.code]).toEqual(['STS-DANE UNKNOWN', 3]);
  }, 120_000);

  test('from later than now is told as a clock, and kept', async () => {
    const later = { version: 1, writtenAtSeconds: 4_000_000_000, domains: {} };
    writeFileSync(path('names.txt.state.json'), JSON.stringify(later));
    const { err, out, code } = await watch();
    expect(err).toContain('The clock of this computer is behind');
    expect(out).toContain('3 domains');
    expect(code).toBe(3);
    expect(readState()).toEqual(later);
  }, 60_000);

  test('survives a round that is broken off at any moment', async () => {
    writeFileSync(
      path('names.txt'),
      Array.from({ length: 60 }, (_, n) => listName(n + 1)).join('\n'),
    );
    await watch('--at-once', '64');
    const whole = readState();
    expect(Object.keys(whole.domains)).toHaveLength(60);
    for (const [signal, milliseconds] of [
      ['SIGINT', 900],
      ['SIGTERM', 1300],
      ['SIGKILL', 1700],
    ] as const) {
      const child = spawn(
        process.execPath,
        [
          ...[starter, 'watch', path('names.txt'), '--anchor', bed.anchorFile, '--at-once', '2'],
          ...['--resolver', bed.bad({ 'x-delay': '100' })],
        ],
        { stdio: 'ignore' },
      );
      setTimeout(() => child.kill(signal), milliseconds);
      const code = await new Promise((resolve) => child.once('close', resolve));
      expect(code).not.toBe(0);
      expect(readState()).toEqual(whole);
    }
    // Nothing is left lying about but the list and its state.
    expect(readdirSync(folder).sort()).toEqual(['names.txt', 'names.txt.state.json']);
  }, 180_000);
});

test('goes on until it is ended, and reads the list anew', async () => {
  writeFileSync(path('names.txt'), 'a13.test\n');
  const child = spawn(
    process.execPath,
    [starter, 'watch', path('names.txt'), ...source(), '--interval', '10', '--json'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const rounds: WatchJson[] = [];
  let text = '';
  const two = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      rounds.push(...lines.map((line) => JSON.parse(line) as WatchJson));
      if (rounds.length === 1) writeFileSync(path('names.txt'), 'a13.test\na15.test\n');
      if (rounds.length === 2) resolve();
    });
  });
  await two;
  child.kill('SIGTERM');
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(rounds.map(({ domains }) => domains.length)).toEqual([1, 2]);
  expect(code).toBe(130);
}, 120_000);

test('an output file is replaced in one go', async () => {
  writeFileSync(path('metrics.prom'), 'old');
  const { out } = await watch('--format', 'openmetrics', '--output', path('metrics.prom'));
  expect(out).toBe('');
  expect(readFileSync(path('metrics.prom'), 'utf8')).toMatch(/^# TYPE [\s\S]*\n# EOF\n$/);
  const bad = await watch('--output', '/proc/no/such/file');
  expect(bad.err).toContain('this file cannot be written');
  expect(bad.code).toBe(2);
}, 120_000);

test('an unreadable list, and an empty one, are told; to a monitor as unknown', async () => {
  writeFileSync(path('empty.txt'), '# nothing\n');
  for (const [file, says] of [
    ['absent.txt', 'this file does not exist'],
    ['empty.txt', 'there is no domain in this list'],
  ] as const) {
    const { err, code } = await speak(['watch', path(file), ...source()]);
    expect(err).toContain(says);
    expect(code).toBe(2);
    const monitor = await speak(['watch', path(file), ...source(), '--format', 'nagios']);
    expect(monitor.out).toMatch(/^STS-DANE UNKNOWN - /);
    expect(monitor.code).toBe(3);
  }
}, 60_000);

describe('comparing', () => {
  const finding = (standing: string, ...problems: Problem[]): Finding => ({
    ...{ domain: 'a.nl', checkedAtSeconds: 2, standing, severity: 'ok', code: 0, sentence: 's' },
    ...{ actions: [], deadlines: [], problems },
  });
  const bad = { id: 'dane-fails', about: 'a.nl', says: 's', severity: 'critical' } as const;
  const known = (standing: string, ...problems: Problem[]) =>
    compare(finding(standing, ...problems), undefined).kept;
  const unknown = { ...bad, id: 'mx-failed', severity: 'unknown' } as const;

  test.each<[string, Finding, ReturnType<typeof known> | undefined, readonly string[]]>([
    ['nothing known, nothing wrong', finding('dane'), undefined, []],
    ['a new problem', finding('dane-fails', bad), known('dane'), ['new']],
    ['the same problem', finding('dane-fails', bad), known('dane-fails', bad), []],
    ['less severe', finding('x', { ...bad, severity: 'warning' }), known('x', bad), ['better']],
    ['more severe', finding('x', bad), known('x', { ...bad, severity: 'warning' }), ['worse']],
    ['fixed', finding('dane'), known('dane-fails', bad), ['fixed']],
    ['not looked at', finding('unknown', unknown), known('dane-fails', bad), ['new']],
    ['looked at again, as it was', finding('dane-fails', bad), known('x', bad, unknown), ['fixed']],
    ['DANE withdrawn beside MTA-STS', finding('sts-only'), known('dane-and-sts'), ['worse']],
    ['DANE added', finding('dane-and-sts'), known('sts-only'), []],
  ])('%s', (_, now, before, changes) => {
    expect(compare(now, before).changes.map(({ change }) => change)).toEqual(changes);
  });
});
