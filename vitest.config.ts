import { svelte } from '@sveltejs/vite-plugin-svelte';
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
