/**
 * `npm run licences`: every package of the lock file, with its version and licence, the platform of those that
 * are not installed here, and what it is for: shipped to readers, used to build, or used to test. Fails on a licence that is not
 * known to fit beside EUPL-1.2.
 */
import type { Locked, Lock } from './fix-lock.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
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

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly use: 'build' | 'test';
  readonly integrity: string | undefined;
  /** For a package that is in the lock and not installed here: the platforms it is for. */
  readonly otherPlatform?: string;
}

/** `(MIT OR Apache-2.0)` fits when one of them does; `A AND B` when both do. */
export const fits = (licence: string): boolean => {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(fits);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(fits);
  return fitting.has(bare.replace(/[()]/g, '').trim());
};

const notSaid = 'not said';

const licenceOf = (folder: string, locked: Locked): string => {
  const file = join(folder, 'package.json');
  const own = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { license?: string | { type?: string } }).license
    : undefined;
  return locked.license ?? (typeof own === 'string' ? own : own?.type) ?? notSaid;
};

/** Every package of the lock, each name and version once; those of other platforms are not installed here. */
export function lockedPackages(): readonly Package[] {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  const found = new Map<string, Package>();
  for (const [folder, locked] of Object.entries(lock.packages)) {
    const { version, integrity, os = [], cpu = [] } = locked;
    if (folder === '' || version === undefined) continue;
    const name = folder.split('node_modules/').at(-1) ?? folder;
    // The same package may lie in several folders; who builds with one of them builds with it.
    const key = `${name}@${version}`;
    const isBuilt = locked.dev !== true || found.get(key)?.use === 'build';
    found.set(key, {
      name,
      version,
      licence: licenceOf(folder, locked),
      use: isBuilt ? 'build' : 'test',
      integrity,
      ...(existsSync(folder) ? {} : { otherPlatform: [...os, ...cpu].join(' ') || 'optional' }),
    });
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

export const installedPackages = (): readonly Package[] =>
  lockedPackages().filter(({ otherPlatform }) => otherPlatform === undefined);

/**
 * Every package of the lock as CycloneDX, by npm itself. The optional peer that package.json overrides would
 * make npm refuse (docs/toolchain.md).
 */
export const billOfMaterials = (): string =>
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64e6,
  });

if (import.meta.main) {
  const packages = lockedPackages();
  for (const { name, version, licence, use, otherPlatform } of packages)
    console.log(
      `${licence.padEnd(28)} ${use.padEnd(6)} ${name}@${version}${otherPlatform === undefined ? '' : ` (other platform: ${otherPlatform})`}`,
    );
  const unverified = packages.filter(({ integrity }) => integrity === undefined);
  if (unverified.length > 0)
    console.log(
      `${unverified.length} packages have no integrity in the lock (node commands/fix-lock.ts --integrity adds it): ${unverified.map(({ name }) => name).join(', ')}`,
    );
  const unfit = packages.filter(
    ({ licence, otherPlatform }) =>
      !fits(licence) && !(otherPlatform !== undefined && licence === notSaid),
  );
  for (const { name, version, licence } of unfit)
    console.error(`${name}@${version}: its licence is ${licence}; nobody has said that it fits.`);
  process.exitCode = unfit.length > 0 ? 1 : 0;
}
