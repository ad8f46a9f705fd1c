/**
 * npm run bench [-- NAME…]
 *
 * Runs the measurements in `commands/bench/`; each file exports one `Bench`. Nothing here passes or
 * fails by time: figures are printed beside the goal and beside a yardstick measured in the same run.
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One measurement. */
export interface Bench {
  /** What it measures, as a heading. */
  readonly title: string;
  /** Too slow to run along with the others. */
  readonly onlyWhenNamed?: true;
  /** Lines to print. */
  run(): Promise<readonly string[]>;
}

const folder = join(import.meta.dirname, 'bench');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const files = globSync('*.ts', { cwd: folder }).sort();
for (const file of files) {
  const name = basename(file, '.ts');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const module = (await import(pathToFileURL(join(folder, file)).href)) as { bench?: Bench };
  if (module.bench === undefined || (module.bench.onlyWhenNamed && wanted.length === 0)) continue;
  console.log(`\n${name}: ${module.bench.title}`);
  for (const line of await module.bench.run()) console.log(`  ${line}`);
}
