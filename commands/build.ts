/**
 * `npm run build`: writes the whole site to `dist/` (or `--out FOLDER`) and lists the inputs that
 * nobody filled in.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { jsonSchemaOf, schemaPath, schemas, type SchemaName } from '../src/command-line/schemas.ts';
import { missingInputs, siteUrl } from '../src/site/inputs.ts';
import { release } from '../src/site/release.ts';
import { pinReleases } from './releases/pin.ts';
import { runNode } from './run.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });

// A relative anchor file is meant from where the command was given, not from where Astro works.
const anchors = process.env['STS_DANE_ANCHORS'];
if (anchors) {
  const file = isAbsolute(anchors)
    ? anchors
    : resolve(process.env['INIT_CWD'] ?? process.cwd(), anchors);
  if (!existsSync(file)) {
    console.error(`STS_DANE_ANCHORS: there is no file ${file}`);
    process.exit(1);
  }
  process.env['STS_DANE_ANCHORS'] = file;
}

const started = performance.now();
runNode(['node_modules/astro/bin/astro.mjs', 'build', '--outDir', values.out]);

// What the command line prints as JSON is promised by the site too; its pages know no command line.
for (const name of Object.keys(schemas) as SchemaName[]) {
  const file = join(values.out, schemaPath(name));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(jsonSchemaOf(name, siteUrl()))}\n`);
}

for (const { version, pages, bytes, from } of pinReleases(values.out, release, 'releases'))
  console.log(`v/${version}/: ${pages} pinned pages, ${(bytes / 1e6).toFixed(2)} MB (${from}).`);

const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`Built ${values.out}/ in ${seconds} s.`);
const missing = missingInputs();
if (missing.length > 0)
  console.log(
    `Not filled in, and so left out or said to be missing on the site:\n${missing.map((input) => `  - ${input}`).join('\n')}`,
  );
