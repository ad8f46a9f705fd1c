/** Each package has a licence that fits and a reason to be here; the bill of materials names them all. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  billOfMaterials,
  fits,
  installedPackages,
  lockedPackages,
} from '../../commands/licences.ts';

const packages = installedPackages();

test('every package has a licence that was said to fit', () => {
  expect(packages.length).toBeGreaterThan(400);
  expect(packages.filter(({ licence }) => !fits(licence))).toEqual([]);
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
  const bill = JSON.parse(billOfMaterials()) as {
    components: { purl: string; hashes?: { alg: string; content: string }[] }[];
  };
  const purls = bill.components.map(({ purl }) => decodeURIComponent(purl).split('?')[0]);
  // npm names a package under an alias by what it really is.
  const locked = lockedPackages().map(({ name, version }) =>
    name === '@typescript/native' ? `pkg:npm/typescript@${version}` : `pkg:npm/${name}@${version}`,
  );
  expect(purls.sort()).toEqual(locked.sort());
  for (const { hashes, purl } of bill.components)
    expect(hashes?.[0]?.content, purl).toMatch(/^[0-9a-f]{128}$/);
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
