/** Puts what a command measured into docs/performance.md, between the two marks with its name. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const file = join(import.meta.dirname, '../../docs/performance.md');

export async function writeSection(name: string, lines: readonly string[]): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for ${name}`);
  const next = `${text.slice(0, from + begin.length)}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  writeFileSync(file, await format(next, options));
}
