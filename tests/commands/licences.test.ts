/** Each package has a licence that fits and a reason to be here; the bill of materials names them all. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { billOfMaterials, fits, packagesOf } from '../../commands/licences.ts';

const bill = billOfMaterials();

test('every package that is installed has a licence that was said to fit', () => {
  const installed = packagesOf(bill).filter(({ isInstalled }) => isInstalled);
  expect(installed.length).toBeGreaterThan(400);
  expect(installed.filter(({ licence = 'not said' }) => !fits(licence))).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND GPL-3.0', false],
  ['GPL-3.0', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['not said', false],
])('“%s” fits: %s', (licence, expected) => {
  expect(fits(licence)).toBe(expected);
});

test('npm makes a bill of materials of the whole lock, each package once and with its hash', () => {
  const { components } = JSON.parse(bill) as {
    components: { purl: string; hashes?: { alg: string; content: string }[] }[];
  };
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { name?: string; version: string }>;
  };
  // npm names a package under an alias by what it really is; the first entry is this project.
  const locked = Object.entries(packages)
    .slice(1)
    .map(
      ([path, { name = path.split('node_modules/').at(-1), version }]) =>
        `pkg:npm/${name}@${version}`,
    );
  const purls = components.map(({ purl }) => decodeURIComponent(purl).split('?')[0]);
  expect(purls.sort()).toEqual([...new Set(locked)].sort());
  // Which packages may lack one, tests/fix-lock.test.ts says.
  const hashed = components.flatMap(({ hashes = [] }) => hashes);
  expect(hashed.length).toBeGreaterThan(400);
  for (const { content } of hashed) expect(content).toMatch(/^[0-9a-f]{128}$/);
});

test('what every dependency is for stands in docs/decisions/dependencies.md', () => {
  const text = readFileSync('docs/decisions/dependencies.md', 'utf8');
  const own = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
    Record<'dependencies' | 'devDependencies', Readonly<Record<string, string>>>
  >;
  const names = Object.keys({ ...own.dependencies, ...own.devDependencies });
  expect(names.filter((name) => !text.includes(name))).toEqual([]);
  expect(names.filter((name) => !existsSync(`node_modules/${name}`))).toEqual([]);
});
