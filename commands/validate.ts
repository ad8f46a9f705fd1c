/**
 * npm run validate -- FILE.json…
 *
 * Runs the site's DNSSEC validator over recorded cases and compares it with what another validator
 * made of them. Prints a line per disagreement; the exit code is 1 when there is one. What has no
 * answer a resolver ends with an error code, and knows no more words for it: SERVFAIL counts as bogus
 * there, YXDOMAIN (an alias to a name that is too long) as insecure. Such ends are named apart.
 */
import { readFileSync } from 'node:fs';
import { validateCase, type RecordedCase } from '../conformance/validate/recorded-case.ts';

const files = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
if (files.length === 0) {
  console.error('usage: npm run validate -- FILE.json…');
  process.exit(2);
}

/** No answer to both, where we say why there is none and a resolver cannot. */
const isSameEnd = (found: string, why: string, expected: string): boolean =>
  found === 'indeterminate' &&
  (expected === 'bogus' || (expected === 'insecure' && why === 'dnssec.alias-too-long'));

let agree = 0;
let disagree = 0;
let falseSecure = 0;
for (const file of files) {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const cases = (Array.isArray(content) ? content : [content]) as RecordedCase[];
  for (const recorded of cases) {
    let found: string;
    let why: string;
    try {
      const { result } = await validateCase(recorded);
      found = result.security;
      why = result.reason;
    } catch (error) {
      found = 'unreadable';
      why = error instanceof Error ? error.message : String(error);
    }
    if (found === recorded.expected) {
      agree++;
      continue;
    }
    const isSame = isSameEnd(found, why, recorded.expected);
    if (isSame) agree++;
    else disagree++;
    if (found === 'secure') falseSecure++;
    const { name, type } = recorded.query;
    console.log(
      `${isSame ? 'no answer to both: ' : ''}${recorded.name}: ${name} ${type}: expected ${recorded.expected}, found ${found} (${why})`,
    );
  }
}
console.log(`${agree} agree, ${disagree} disagree, ${falseSecure} false secure`);
process.exitCode = disagree > 0 ? 1 : 0;
