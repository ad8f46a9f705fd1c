import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Real servers, other programs, thousands of worlds: what `npm run test:quick` leaves to `npm test`. */
const slow = [
  'tests/command-line/**',
  'tests/library/**',
  'tests/**/properties/**',
  'tests/strangers/**',
  'tests/laws/**',
  'tests/**/{dnssec-bed,doh,probe}.test.ts',
];

export default defineConfig({
  plugins: [svelte()],
  test: {
    // By itself Vitest leaves a processor to the terminal.
    maxWorkers: '100%',
    // A command line that is started is read and stripped of its types once, not four hundred times.
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
            ...(process.env['QUICK'] === undefined ? [] : slow),
          ],
        },
      },
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
