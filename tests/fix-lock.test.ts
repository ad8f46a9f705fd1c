import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLock } from '../commands/fix-lock.ts';

interface Locked {
  readonly integrity?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly resolved?: string;
  readonly extraneous?: boolean;
}
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};

test('the lock lacks no optional package of any platform', () => {
  expect(completeLock(lock).added).toEqual([]);
});

test('a lock that lacks one gets an entry for its platform', () => {
  const lacking = {
    packages: { 'node_modules/x': { optionalDependencies: { '@x/x-win32-arm64': '1.2.3' } } },
  };
  expect(completeLock(lacking).lock.packages['node_modules/@x/x-win32-arm64']).toEqual({
    version: '1.2.3',
    optional: true,
    os: ['win32'],
    cpu: ['arm64'],
  });
});

test('everything that installs on linux-x64 has an integrity, and no address of a registry', () => {
  const entries = Object.entries(lock.packages).filter(
    ([path, { os, cpu }]) =>
      path !== '' && (!os || os.includes('linux')) && (!cpu || cpu.includes('x64')),
  );
  expect(entries.length).toBeGreaterThan(100);
  expect(entries.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
  expect(entries.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([]);
});
