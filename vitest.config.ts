import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What starts the command line, packs it, compiles models, or reads a hundred thousand texts of strangers: without
 * coverage, which would make it half as slow again; the others reach the branches of the core.
 */
const programs = 'tests/{command-line,library,strangers,laws}/**';
/** Real servers and thousands of worlds: with those above, what `npm run test:quick` leaves to `npm test`. */
const slow = ['tests/**/properties/**', 'tests/**/{dnssec-bed,doh,probe}.test.ts'];

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
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: [
            'tests/built/**',
            'tests/monitoring/**',
            programs,
            ...(process.env['QUICK'] === undefined ? [] : slow),
          ],
        },
      },
      { extends: true, test: { name: 'programs', include: [`${programs}/*.test.ts`] } },
      // Reads dist/, so it runs after a build.
      // With programs that `npm test` does not install: only where asked for.
      ...(process.env['MONITORING'] === undefined
        ? []
        : [
            {
              extends: true as const,
              test: { name: 'monitoring', include: ['tests/monitoring/**/*.test.ts'] },
            },
          ]),
      { extends: true, test: { name: 'built', include: ['tests/built/**/*.test.ts'] } },
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
