/**
 * `npm run oracle -- [--strict] [FILE.json]`: compares the simulator with what real mail servers did.
 *
 * Runs each case with the profile of the software that was observed; prints a line for each
 * disagreement (id, expected, ours, the step where we part) and last `N agree, N disagree`.
 * With `--strict` the strict profile is compared instead, and last comes `N agree, N explained,
 * N disagree`: a difference is explained where the matching profile ends as observed and its trace
 * takes a departure. Without a file: the cases kept in this project.
 * Ends with 1 where something disagrees, with 2 where the file cannot be read.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareCase } from '../conformance/oracle/compare.ts';

const kept = fileURLToPath(new URL('../tests/oracle/cases.json', import.meta.url));

/** The cases of a file, or why there are none. */
function casesOf(file: string): readonly unknown[] | string {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
  return Array.isArray(json) ? json : `${file} holds no list of cases`;
}

const { values, positionals } = parseArgs({
  options: { strict: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { strict } = values;
const count = { agree: 0, explained: 0, disagree: 0 };
for (const file of positionals.length > 0 ? positionals : [kept]) {
  const cases = casesOf(file);
  if (typeof cases === 'string') {
    console.error(cases);
    process.exit(2);
  }
  for (const each of cases) {
    const { id, verdict, told } = compareCase(each, strict);
    count[verdict] += 1;
    if (verdict === 'disagree') console.log(`disagree ${id}: ${told}`);
  }
}
const { agree, explained, disagree } = count;
console.log(
  strict
    ? `${agree} agree, ${explained} explained, ${disagree} disagree`
    : `${agree} agree, ${disagree} disagree`,
);
if (disagree > 0) process.exitCode = 1;
