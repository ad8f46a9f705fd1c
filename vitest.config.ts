import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What reaches the branches of the core, with coverage, which makes a test half as slow again: all others go without. */
const core = [
  'tests/{core,scenarios,corpus}/**/*.test.ts',
  'tests/world/{certificates,files,live,recordings,simulated}/**/*.test.ts',
  'tests/{site,widgets}/**/*.test.ts',
  'tests/view/{certificate,check,publish,tls-rpt}/**/*.test.ts',
  'tests/commands/{oracle,vectors}.test.ts',
];
/** What starts the command line, packs it, compiles models, or reads a hundred thousand texts of strangers. */
const programs = 'tests/{command-line,library,strangers,laws}/**/*.test.ts';
/** Cuts a release, for which it builds: one processor for as long as the rest of `built` takes two. */
const release = 'tests/built/release.test.ts';
/** Real servers and thousands of worlds: with those above, what `npm run test:quick` leaves to `npm test`. */
const slow = ['tests/**/properties/**', 'tests/**/{dnssec-bed,doh,probe}.test.ts'];
const leftOut = process.env['QUICK'] === undefined ? [] : slow;

/** Vitest begins with the largest files; these are small and take longest, which at the end would be waited for alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isLong = ({ moduleId }: TestSpecification) => /\/(strangers|laws)\//.test(moduleId);
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)));
  }
}

export default defineConfig({
  plugins: [svelte()],
  test: {
    // By itself Vitest leaves a processor to the terminal.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // A command line that is started is read and stripped of its types once, not a hundred times.
    env: { NODE_COMPILE_CACHE: resolve('node_modules/.cache/node') },
    // Machines are noisy: a test that hangs ends here, none is timed.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      // Files of one process share what they import: to read it anew for each would take a quarter of the time.
      { extends: true, test: { name: 'core', include: core, exclude: leftOut, isolate: false } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/{built,monitoring}/**', ...core, programs, ...leftOut],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'programs', include: [programs] } },
      // With programs that `npm test` does not install: only where asked for.
      ...(process.env['MONITORING'] === undefined
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'monitoring', include: ['tests/monitoring/**/*.test.ts'] },
            },
          ]),
      // These read dist/, so they run after a build.
      {
        extends: true,
        test: { name: 'built', include: ['tests/built/**/*.test.ts'], exclude: [release] },
      },
      { extends: true, test: { name: 'release', include: [release] } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/core/**'],
      reporter: ['text-summary', 'json-summary'],
      // What decides a verdict is decided in tests: a branch of the core that none reaches is rare.
      thresholds: { branches: 95 },
    },
  },
});
