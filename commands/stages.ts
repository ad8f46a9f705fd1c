/**
 * `npm test`: everything that must hold, in stages, each with what it counted. The last line is
 * `N passed, N failed`. `--only NAME,NAME` runs some of them. `--quick` is `npm run test:quick`: types of
 * TypeScript, and the unit tests without those that `vitest.config.ts` calls slow.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { freePort } from '../tests/testbed/servers.ts';
import { leftOut } from './at-hand.ts';

interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}
interface Stage {
  readonly name: string;
  readonly run: () => Promise<Counted>;
  /** Uses one processor: two of these, where they follow each other, run at a time. */
  readonly isSingle?: true;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean' } } });
const isQuick = values.quick === true;
if (isQuick) process.env['QUICK'] = '1';
const wanted = isQuick ? ['types: core', 'types: all', 'core', 'unit'] : values.only?.split(',');

const reports = 'test-results';
const tool = (name: string, ...args: string[]) => [`node_modules/.bin/${name}`, ...args];

/** Runs one command, shows what it says, and resolves to its exit code. */
function command(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const [program = '', ...args] = argv;
  return new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: 'inherit',
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

const heldOrNot = (code: number): Counted =>
  code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** A stage that holds or does not, one test, beside another: what it says is kept until its end. */
const single = (name: string, ...argv: string[]): Stage => ({
  name,
  isSingle: true,
  run: () =>
    new Promise((resolve) => {
      const [program = '', ...args] = argv;
      execFile(program, args, { maxBuffer: 1e8 }, (error, output, complaints) => {
        console.log(`\n── ${name}\n${output}${complaints}`.trimEnd());
        resolve(heldOrNot(error ? 1 : 0));
      });
    }),
});

const readReport = (file: string): unknown =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

function vitest(name: string, project: string, ...more: readonly string[]): Stage {
  const file = `${reports}/${project}.json`;
  return {
    name,
    run: async () => {
      const given = ['--project', project, ...more, '--reporter=dot', '--reporter=json'];
      const argv = tool('vitest', 'run', ...given);
      const code = await command([...argv, `--outputFile.json=${file}`]);
      const report = readReport(file) as
        { numPassedTests: number; numFailedTests: number; numPendingTests: number } | undefined;
      if (!report) return { passed: 0, failed: 1 };
      const failed = Math.max(report.numFailedTests, code === 0 ? 0 : 1);
      return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
    },
  };
}

const port = String(await freePort());
let served: ChildProcess | undefined;
/** What the browser tests walk: built beside other stages, and served until all is over. */
const browserSite: Stage = {
  name: 'browser: site',
  isSingle: true,
  run: () =>
    new Promise((resolve) => {
      served = spawn(process.execPath, ['tests/pages/bed-site.ts'], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, TEST_PORT: port },
      });
      served.stdout?.once('data', () => resolve({ passed: 1, failed: 0 }));
      served.once('exit', () => resolve({ passed: 0, failed: 1 }));
    }),
};

const browser: Stage = {
  name: 'browser',
  run: async () => {
    const file = `${reports}/browser.json`;
    const code = await command(tool('playwright', 'test'), {
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      TEST_PORT: port,
    });
    const report = readReport(file) as
      { stats: Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number> } | undefined;
    if (!report) return { passed: 0, failed: 1 };
    const { expected, unexpected, flaky, skipped } = report.stats;
    const failed = Math.max(unexpected, code === 0 ? 0 : 1);
    return { passed: expected + flaky, failed, skipped };
  },
};

const native = ['node_modules/@typescript/native/bin/tsc', '--noEmit'];
const stages: readonly Stage[] = [
  // A build takes one processor; format needs nothing of it. Two builds in their first seconds would write the same
  // files of Astro's: the other begins after format.
  single('build', process.execPath, 'commands/build.ts'),
  single('format', ...tool('prettier', '--check', '--log-level', 'warn', '.')),
  browserSite,
  // One test file, that builds a site of its own.
  { ...vitest('release', 'release'), isSingle: true },
  single('types: core', process.execPath, ...native, '-p', 'tsconfig.core.json'),
  // The longest first. `astro check` writes types that lint reads in its first seconds, so it comes later.
  single('lint', ...tool('eslint', '--max-warnings', '0', '.')),
  single('types: all', process.execPath, ...native, '-p', '.'),
  single('types: svelte', ...tool('svelte-check', '--tsconfig', './tsconfig.json', '--tsgo')),
  single('types: astro', ...tool('astro', 'check', '--minimumFailingSeverity', 'error')),
  single('unused', ...tool('knip')),
  vitest('core', 'core', ...(isQuick ? [] : ['--coverage'])),
  vitest('unit', 'unit'),
  vitest('programs', 'programs'),
  vitest('built site', 'built'),
  browser,
];

const chosen = stages.filter(
  ({ name }) => !wanted || wanted.some((part) => name === part || name.startsWith(`${part}:`)),
);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const rows: (Counted & { name: string; seconds: number })[] = [];
async function take({ name, run, isSingle }: Stage): Promise<void> {
  if (!isSingle) console.log(`\n── ${name}`);
  const started = performance.now();
  const counted = await run().catch((error: unknown): Counted => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  rows.push({ name, ...counted, seconds: (performance.now() - started) / 1000 });
}
const takeSingles = async (): Promise<void> => {
  while (chosen[0]?.isSingle) await take(chosen.shift()!);
};
while (chosen[0]) {
  if (chosen[0].isSingle) await Promise.all([takeSingles(), takeSingles()]);
  else await take(chosen.shift()!);
}
served?.kill();

console.log('\n── in short');
for (const { name, passed, failed, skipped = 0, seconds } of rows)
  console.log(
    `${failed > 0 ? 'FAIL' : ' ok '}  ${name.padEnd(16)}${String(passed).padStart(6)} passed${String(failed).padStart(5)} failed${seconds.toFixed(1).padStart(8)} s${skipped > 0 ? `  ${skipped} skipped` : ''}`,
  );
for (const { name } of rows) for (const says of leftOut(name)) console.log(says);
const sum = (key: 'passed' | 'failed') => rows.reduce((total, row) => total + row[key], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') > 0 || rows.length === 0 ? 1 : 0;
