/**
 * `npm run vectors -- [FOLDER…]`: compares our parsers and matchers with conformance vectors.
 *
 * Without a folder: the vectors of this project, and `../shared/vectors` where that stands beside
 * the checkout. A line for each disagreement, and last `N agree, N disputed, N disagree`.
 * Ends with 1 where something disagrees, with 2 where a folder is not there.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFolder } from '../conformance/vectors/run.ts';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const usual = [join(project, 'content/vectors'), join(project, '..', 'shared', 'vectors')].filter(
  (folder) => existsSync(folder),
);
const folders = given.length > 0 ? given : usual;

const absent = folders.filter((folder) => !existsSync(folder));
if (absent.length > 0) {
  console.error(`No such folder: ${absent.join(', ')}`);
  process.exit(2);
}

// A vector may stand in both usual folders: it is one vector.
const outcomes = new Map<string, Awaited<ReturnType<typeof runFolder>>[number]>();
for (const folder of folders)
  for (const outcome of await runFolder(folder))
    outcomes.set(
      given.length > 0
        ? `${folder} ${outcome.kind} ${outcome.vector.name}`
        : `${outcome.kind} ${outcome.vector.name}`,
      outcome,
    );

const count = { agree: 0, disputed: 0, disagree: 0 };
for (const { kind, vector, verdict, differences } of outcomes.values()) {
  count[verdict] += 1;
  const told = differences
    .map(
      ({ field, expected, ours }) =>
        `${field}: expected ${JSON.stringify(expected)}, ours ${JSON.stringify(ours)}`,
    )
    .join('; ');
  if (verdict === 'disagree') console.log(`disagree ${kind} ${vector.name}: ${told}`);
  if (verdict === 'disputed' && differences.length > 0)
    console.log(`disputed ${kind} ${vector.name}: we take another reading: ${told}`);
}
console.log(`${count.agree} agree, ${count.disputed} disputed, ${count.disagree} disagree`);
if (count.disagree > 0) process.exitCode = 1;
