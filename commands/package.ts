/**
 * `npm run package`: a build as a web server wants it: every text file compressed beside itself, headers
 * for three kinds of server, the bill of materials and the licences that have to travel along.
 */
import { copyFileSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { writeHeaders } from './hosting/headers.ts';
import { contentTypeOf, isCompressible } from './hosting/types.ts';
import { billOfMaterials } from './licences.ts';
import { runNode } from './run.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const dist = values.out;

runNode(['commands/build.ts', '--out', dist]);

const pages = writeHeaders(dist);
writeFileSync(join(dist, 'sbom.cdx.json'), billOfMaterials());
copyFileSync('LICENSE.md', join(dist, 'LICENSE.md'));
copyFileSync('node_modules/@fontsource/fira-sans/LICENSE', join(dist, 'LICENSE-Fira-Sans.txt'));

const smallestBytes = 512;
let files = 0;
for (const name of globSync('**/*', { cwd: dist })) {
  const file = join(dist, name);
  if (!isCompressible(contentTypeOf(name)) || !statSync(file).isFile()) continue;
  const bytes = readFileSync(file);
  if (bytes.length < smallestBytes) continue;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  files += 1;
}
console.log(`${dist}: headers for ${pages} pages, ${files} files compressed, bill of materials.`);
