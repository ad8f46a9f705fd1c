/** The bill of materials names every package that is installed, and each has a licence that fits. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  billOfMaterials,
  fits,
  installedPackages,
  lockedPackages,
} from '../../commands/licences.ts';

const packages = installedPackages();

interface Bill {
  readonly serialNumber: string;
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly purl: string;
    readonly scope: string;
    readonly licenses: readonly (
      { readonly expression: string } | { readonly license: { readonly id: string } }
    )[];
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
    readonly properties?: readonly { readonly name: string; readonly value: string }[];
  }[];
}
const bill = billOfMaterials(lockedPackages()) as Bill;

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

test('every package that package.json names is in the bill, with its version and its hash', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
    devDependencies: Readonly<Record<string, string>>;
  };
  const purls = new Set(bill.components.map(({ purl }) => decodeURIComponent(purl)));
  const missing = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !version.startsWith('npm:'))
    .filter(([name, version]) => !purls.has(`pkg:npm/${name}@${version}`));
  expect(missing).toEqual([]);
  for (const { hashes, properties = [], purl } of bill.components) {
    if (hashes === undefined) {
      // Only a package that is never installed here may lack one, and then the bill says why.
      const said = properties.map(({ name }) => name);
      expect(said, purl).toEqual(['sts-dane:other-platform', 'sts-dane:integrity']);
      continue;
    }
    expect(hashes[0]?.alg, purl).toBe('SHA-512');
    expect(hashes[0]?.content, purl).toMatch(/^[0-9a-f]{128}$/);
  }
});

test('the bill has every package of the lock, and says which are for other platforms', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  const locked = Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version }]) => `pkg:npm/${path.split('node_modules/').at(-1)}@${version}`);
  expect(bill.components.map(({ purl }) => decodeURIComponent(purl)).sort()).toEqual(
    [...new Set(locked)].sort(),
  );
  const other = bill.components.filter(({ properties }) =>
    properties?.some(({ name }) => name === 'sts-dane:other-platform'),
  );
  expect(other.length + packages.length).toBe(bill.components.length);
  expect(other.map(({ purl }) => purl).join()).toMatch(/darwin/);
});

test('a reference stands once, a serial number is a UUID, and the same packages give the same bill', () => {
  const references = bill.components.map((each) => each['bom-ref']);
  expect(new Set(references).size).toBe(references.length);
  expect(bill.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(billOfMaterials(lockedPackages())).toEqual(bill);
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
