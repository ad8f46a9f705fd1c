/**
 * `npm run licences`: every package of the lock file, with its version and licence, and what it is for: shipped to
 * readers or used to build, or used to test. Fails on a licence that is not known to fit beside EUPL-1.2.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Licences that allow what we do with these packages; each read once by a person. */
const fitting = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'EUPL-1.2',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unicode-3.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** `(MIT OR Apache-2.0)` fits when one of them does; `A AND B` when both do. */
export const fits = (licence: string): boolean => {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(fits);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(fits);
  return fitting.has(bare.replace(/[()]/g, '').trim());
};

/**
 * Every package of the lock as CycloneDX, by npm itself. The optional peer that package.json overrides would
 * make npm refuse (docs/toolchain.md).
 */
export const billOfMaterials = (): string =>
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });

/** What is read of a bill of materials. */
interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
  readonly properties: readonly { readonly name: string }[];
}

const licenceOf = ({ licenses = [] }: Component): string | undefined => {
  const [first] = licenses;
  return first?.expression ?? first?.license?.id ?? first?.license?.name;
};

/** The packages of a bill; an optional package of another platform is in the lock and not installed. */
export const packagesOf = (bill: string) =>
  (JSON.parse(bill) as { readonly components: readonly Component[] }).components.map((each) => ({
    name: each.name,
    version: each.version,
    licence: licenceOf(each),
    use: each.properties.some(({ name }) => name === 'cdx:npm:package:development')
      ? 'test'
      : 'build',
    isInstalled: existsSync(join('node_modules', each.name)),
  }));

if (import.meta.main) {
  const packages = packagesOf(billOfMaterials());
  for (const { name, version, licence = 'not said', use } of packages)
    console.log(`${licence.padEnd(28)} ${use.padEnd(6)} ${name}@${version}`);
  // An entry that commands/fix-lock.ts wrote has no licence, and is of another platform.
  const unfit = packages.filter(({ licence, isInstalled }) =>
    licence === undefined ? isInstalled : !fits(licence),
  );
  for (const { name, version, licence = 'not said' } of unfit)
    console.error(`${name}@${version}: its licence is ${licence}; nobody has said that it fits.`);
  process.exitCode = unfit.length > 0 ? 1 : 0;
}
