/**
 * `npm run quotes -- DIR`: looks up every quotation of `content/` in the texts that lie in DIR.
 *
 * A file belongs to a source when its name is one that the source's file names, or the source's id,
 * or when its digest is the one on file. `.gz` is unpacked. Texts are not part of this project.
 * Last line: `N found, N not found, N without text`. Exit code 1 when something was not found.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { allQuotations, fold, holds } from '../src/site/facts/quotations.ts';
import { readFacts, sayProblem } from '../src/site/facts/read.ts';

const folder = process.argv[2];
if (folder === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  console.error(
    folder === undefined
      ? 'Say where the texts are: npm run quotes -- DIR'
      : `There is no folder ${folder}`,
  );
  process.exit(2);
}

interface Text {
  readonly name: string;
  readonly digest: string;
  readonly text: string;
}

const texts: readonly Text[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(txt|md|text)(\.gz)?$/i.test(name))
  .sort()
  .map((name) => {
    const read = readFileSync(join(folder, name));
    const octets = name.endsWith('.gz') ? gunzipSync(read) : read;
    return {
      name: basename(name).replace(/\.gz$/i, '').toLowerCase(),
      digest: createHash('sha256').update(octets).digest('hex'),
      text: fold(octets.toString('utf8')),
    };
  });

const contentFolder = fileURLToPath(new URL('../content/', import.meta.url));
const { facts, problems } = readFacts(contentFolder);
for (const problem of problems) console.log(sayProblem(problem));

const bare = (name: string) => name.replace(/\.[a-z]+$/, '').replace(/[^a-z0-9]/g, '');

/** The text of a source: by digest, then by the names on file, then by its id. */
function textOf(id: string): Text | undefined {
  const source = facts.sources.get(id);
  const names = (source?.text?.names ?? []).map((name) => name.toLowerCase());
  return (
    texts.find(({ digest }) => digest === source?.text?.sha256) ??
    texts.find(({ name }) => names.includes(name)) ??
    texts.find(({ name }) => bare(name) === bare(id))
  );
}

const found = new Map<string, Text | undefined>();
let [isThere, isNot, hasNoText] = [0, 0, 0];
for (const quotation of allQuotations(facts, contentFolder)) {
  const { source } = quotation;
  if (!found.has(source)) found.set(source, textOf(source));
  const text = found.get(source);
  if (!text) hasNoText += 1;
  else if (holds(text.text, quotation.text)) isThere += 1;
  else {
    isNot += 1;
    console.log(`${quotation.at}: not in ${source} (${text.name}): “${quotation.text}”`);
  }
}
for (const [source, text] of found) {
  if (!text) console.log(`${source}: no text in ${folder}`);
  else if (text.digest !== facts.sources.get(source)?.text?.sha256)
    console.log(`${source}: ${text.name} is another text than the one on file (digest differs)`);
}
console.log(`${isThere} found, ${isNot} not found, ${hasNoText} without text`);
process.exitCode = isNot > 0 || problems.length > 0 ? 1 : 0;
