/**
 * The programs the test bed runs, and where Debian keeps them.
 * A missing one is said in one line, with the package to install; nothing is installed from here.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const packageOf = {
  named: 'bind9',
  'named-compilezone': 'bind9-utils',
  'dnssec-keygen': 'bind9-utils',
  'dnssec-signzone': 'bind9-utils',
  'dnssec-dsfromkey': 'bind9-utils',
  unbound: 'unbound',
} as const;

export type Program = keyof typeof packageOf;

/** The full path of a program, or undefined. Servers live in `sbin`, which only root has in its PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/bin',
    '/sbin',
  ];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Where each program is. Throws one clear line when some are missing. */
export function findPrograms(): Readonly<Record<Program, string>> {
  const names = Object.keys(packageOf) as Program[];
  const found = names.map((name) => [name, findProgram(name)] as const);
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => packageOf[name]);
  if (missing.length > 0) {
    const packages = [...new Set(missing)].join(' ');
    throw new MissingPackages(
      `The test bed needs the Debian package${packages.includes(' ') ? 's' : ''} ${packages}: run apt-get install --no-install-recommends ${packages}`,
    );
  }
  return Object.fromEntries(found) as Record<Program, string>;
}

/** Said to the person at the keyboard as it is, without a stack. */
export class MissingPackages extends Error {}
