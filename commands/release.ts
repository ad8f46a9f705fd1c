/**
 * `npm run release -- VERSION`: cuts a release into `releases/VERSION/`, to be committed. Refuses where the papers do not
 * agree. Builds the pinned edition, makes and tries the documents (`npm run dossier`), and lays beside them the figures,
 * the heights of the embeds, the changes, the bill of materials, a web archive and the checksums of all. `--trial` leaves
 * out the documents, which need Chromium, epubcheck and minutes.
 */
import { hash } from 'node:crypto';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { heightsOf } from '../src/site/embed-code.ts';
import { siteUrl } from '../src/site/inputs.ts';
import { releases } from '../src/site/releases.ts';
import { embeds } from '../src/site/routes.ts';
import { zipOf } from '../src/view/document/zip.ts';
import { langs } from '../src/view/messages/lang.ts';
import { billOfMaterials } from './licences.ts';
import { bytesOf, languageBytes, languageLimitBytes, pinnedFiles } from './releases/pin.ts';
import { changesIn, hindrances } from './releases/ready.ts';
import { warcOf } from './releases/warc.ts';
import { runNode } from './run.ts';

const { values, positionals } = parseArgs({
  options: { trial: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [version = ''] = positionals;
const refuse = (reasons: readonly string[]): void => {
  for (const reason of reasons) console.error(reason);
  if (reasons.length > 0) process.exit(1);
};
refuse(hindrances(version));

const edition = mkdtempSync(join(tmpdir(), 'sts-dane-release-'));
process.on('exit', () => {
  rmSync(edition, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => runNode(args, { STS_DANE_PINNED: version });
run('node_modules/astro/bin/astro.mjs', 'build', '--outDir', edition);
refuse(
  langs
    .map((lang) => ({ lang, bytes: languageBytes(edition, version, lang) }))
    .filter(({ bytes }) => bytes > languageLimitBytes)
    .map(({ lang, bytes }) => `${lang}: ${bytes} bytes, more than ${languageLimitBytes}.`),
);

const archive = `sts-dane-${version}.warc.gz`;
const pages = pinnedFiles(edition, version);
const beside = join(edition, 'v', version);
if (!values.trial) {
  run('commands/dossier.ts', '--check', '--site', edition, '--out', beside);
  // The checksums of all files are one list.
  rmSync(join(beside, 'SHA256SUMS'));
}
for (const lang of langs) {
  const figures = globSync(`figures/${lang}/*.{svg,png}`, { cwd: edition }).sort();
  if (figures.length === 0) refuse([`${lang}: the edition has no figures.`]);
  const entries = figures.map((file) => ({
    name: basename(file),
    octets: readFileSync(join(edition, file)),
  }));
  writeFileSync(join(beside, `figures.${lang}.zip`), zipOf(entries, deflateRawSync));
}
const heights = Object.fromEntries(embeds.map(({ id }) => [id, heightsOf(id)]));
writeFileSync(join(beside, 'heights.json'), `${JSON.stringify(heights, undefined, 2)}\n`);
writeFileSync(join(beside, 'changes.md'), changesIn(version));
writeFileSync(join(beside, 'sbom.cdx.json'), billOfMaterials());

// An archive wants whole addresses; who builds without one gets a name that leads nowhere (RFC 6761).
const site = siteUrl() ?? 'https://sts-dane.invalid/';
const archived = ['icon.svg', ...pages].map((file) => ({
  address: new URL(file.replace(/index\.html$/, ''), site).href,
  octets: readFileSync(join(edition, file)),
}));
writeFileSync(join(beside, archive), warcOf(archive, releases()[0]?.date ?? '', archived));

const files = pinnedFiles(edition, version);
const sums = files.map((file) => {
  const octets = readFileSync(join(edition, file));
  return `${hash('sha256', octets)}  ${relative(join('v', version), file)}\n`;
});
writeFileSync(join(beside, 'SHA256SUMS'), sums.join(''));

const target = join('releases', version);
mkdirSync(target, { recursive: true });
for (const file of pinnedFiles(edition, version)) cpSync(join(edition, file), join(target, file));
for (const lang of langs)
  console.log(`${lang}: ${(languageBytes(target, version, lang) / 1e6).toFixed(2)} MB of pages.`);
const whole = bytesOf(target, pinnedFiles(target, version));
console.log(`${target}: ${sums.length + 1} files, ${(whole / 1e6).toFixed(2)} MB. Commit it.`);
