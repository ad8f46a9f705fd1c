import astro from 'eslint-plugin-astro';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const svelteFiles = ['**/*.svelte', '**/*.svelte.ts'];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'library/',
      '.astro/',
      '.svelte-check/',
      'coverage/',
      'node_modules/',
      'test-results/',
      'tests/testbed/run/',
      'releases/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // The type of all keys of messages is one line for each file, by `import()`.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // A generator that only returns, or only delegates, is still a procedure.
      'require-yield': 'off',
    },
  },
  ...svelte.configs.recommended,
  {
    files: svelteFiles,
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  ...astro.configs.recommended,
);
