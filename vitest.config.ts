import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    // Machines are noisy: a test that hangs ends here, none is timed.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: ['tests/built/**'] },
      },
      // Reads dist/, so it runs after a build.
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
