/**
 * Completes package-lock.json after a change of dependencies. Why that is needed: docs/toolchain.md.
 *
 * A registry mirror may lack the optional packages of other platforms. npm then leaves them out of the
 * lock, and `npm ci` refuses that lock ("Missing: … from lock file"). This adds an entry for each one
 * that is missing: version, platform, optional, no integrity, since there is nothing to hash. They are
 * never installed on linux-x64. A test holds the number that is still to add at 0.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** What is read and written of a package-lock.json; what is not named here is kept. */
interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

const systems =
  'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32 windows'.split(' ');
const processors = 'arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' ');

/** The entry that a package at `from` would load for `name`: the nearest node_modules upward. */
function resolveFrom(packages: Lock['packages'], from: string, name: string): Locked | undefined {
  for (let folder = from; ;) {
    const entry = packages[`${folder ? `${folder}/` : ''}node_modules/${name}`];
    if (entry || folder === '') return entry;
    const parent = folder.lastIndexOf('node_modules/');
    folder = parent <= 0 ? '' : folder.slice(0, parent - 1);
  }
}

const isExact = (range: string) => /^\d+\.\d+\.\d+/.test(range);

/** Returns the lock with its missing optional entries, and their paths. Changes nothing in place. */
export function completeLock(lock: Lock): { lock: Lock; added: readonly string[] } {
  const packages: Record<string, Locked> = { ...lock.packages };
  const added: string[] = [];
  for (const [from, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = resolveFrom(packages, from, name);
      if (found && (!isExact(range) || found.version === range)) continue;
      const words = name.split(/[/-]/);
      const os = systems
        .filter((system) => words.includes(system))
        .map((system) => (system === 'windows' ? 'win32' : system));
      const cpu = processors.filter((processor) => words.includes(processor));
      const atRoot = `node_modules/${name}`;
      const path = packages[atRoot] ? `${from}/${atRoot}` : atRoot;
      packages[path] = {
        version: range.replace(/^[^\d]*/, ''),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        os: os.length > 0 ? os : ['none'],
        ...(cpu.length > 0 ? { cpu } : {}),
      };
      added.push(path);
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}

if (import.meta.main) {
  const file = 'package-lock.json';
  const { lock, added } = completeLock(JSON.parse(readFileSync(file, 'utf8')) as Lock);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  for (const path of added) console.log(`added ${path}`);
  console.log(`${added.length} added`);
}
