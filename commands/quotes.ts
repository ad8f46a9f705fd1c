/**
 * `npm run quotes -- DIR`: looks up every quotation of `content/` in the texts that lie in DIR, each
 * in the section that it names where the text numbers its sections.
 *
 * A file belongs to a source when its name is one that the source's file names, or the source's id,
 * or when its digest is the one on file. `.gz` is unpacked. Texts are not part of this project.
 * Last line: `N found, N not found, N without text`. Exit code 1 when something was not found.
 *
 * `--keep`: when the clause of every rule is found in its section of the very text on file, writes
 * down which clause was found for which rule (`tests/content/found-clauses.json`), so that a test can
 * hold the clauses to it where the texts are not.
 */
import { statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { foundClauses } from '../src/site/facts/clauses.ts';
import { allQuotations, holds } from '../src/site/facts/quotations.ts';
import { sayProblem } from '../src/site/content.ts';
import { readFacts } from '../src/site/facts/read.ts';
import { readTexts, textAt, textOf, type Text } from '../src/site/facts/texts.ts';

const {
  positionals: [folder],
  values: { keep },
} = parseArgs({ allowPositionals: true, options: { keep: { type: 'boolean', default: false } } });
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(
    folder === undefined
      ? 'Say where the texts are: npm run quotes -- DIR'
      : `There is no folder ${folder}`,
  );
  process.exit(2);
}

const texts = readTexts(folder);
const contentFolder = fileURLToPath(new URL('../content/', import.meta.url));
const { facts, problems } = readFacts(contentFolder);
for (const problem of problems) console.log(sayProblem(problem));

const found = new Map<string, Text | undefined>();
let [isThere, isNot, hasNoText] = [0, 0, 0];
for (const { at, source: id, place, text: words } of allQuotations(facts, contentFolder)) {
  const source = facts.sources.get(id);
  if (!found.has(id)) found.set(id, source && textOf(source, texts));
  const text = found.get(id);
  if (!text) hasNoText += 1;
  else if (holds(textAt(text, place), words)) isThere += 1;
  else {
    isNot += 1;
    const where = text.sections.has(place ?? '') ? ` §${place}` : '';
    console.log(`${at}: not in ${id}${where} (${text.name}): “${words}”`);
  }
}
for (const [source, text] of found) {
  if (!text) console.log(`${source}: no text in ${folder}`);
  else if (text.digest !== facts.sources.get(source)?.text?.sha256)
    console.log(`${source}: ${text.name} is another text than the one on file (digest differs)`);
}
if (keep) {
  const { kept, missing } = foundClauses(facts, texts);
  for (const rule of missing)
    console.log(`${rule}: its clause was not found in its section of the text on file`);
  if (missing.length > 0) console.log('Nothing is written down.');
  else {
    const file = new URL('../tests/content/found-clauses.json', import.meta.url);
    writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
    console.log(`${Object.keys(kept).length} clauses written down as found`);
  }
}
console.log(`${isThere} found, ${isNot} not found, ${hasNoText} without text`);
process.exitCode = isNot > 0 || problems.length > 0 ? 1 : 0;
