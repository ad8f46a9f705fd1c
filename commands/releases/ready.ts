/** What keeps a version from being released: everything that names it must name the same, and say what changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isMeasured } from '../../src/site/embed-code.ts';
import { releases } from '../../src/site/releases.ts';
import { embeds } from '../../src/site/routes.ts';

/** The version that each paper names, by its file. */
function papers(): Readonly<Record<string, unknown>> {
  const json = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as { version: unknown };
  const yaml = (file: string) => parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  return {
    'package.json': json('package.json').version,
    'package-lock.json': json('package-lock.json').version,
    'codemeta.json': json('codemeta.json').version,
    'CITATION.cff': yaml('CITATION.cff')['version'],
    'publiccode.yml': yaml('publiccode.yml')['softwareVersion'],
  };
}

/** Lines of CHANGELOG.md from the heading of this version to that of the one before; empty without such a heading. */
export function changesIn(version: string): string {
  const [, ...sections] = readFileSync('CHANGELOG.md', 'utf8').split(/^(?=## )/m);
  return sections.find((section) => section.startsWith(`## ${version} `)) ?? '';
}

/** Why this version cannot be released, each as a sentence; empty where it can. */
export function hindrances(version: string): readonly string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return [`"${version}" is no version: write 1.2.3.`];
  const listed = releases()[0];
  const changes = changesIn(version);
  return [
    ...(existsSync(join('releases', version))
      ? [`releases/${version} is there already: what is released never changes.`]
      : []),
    ...Object.entries(papers())
      .filter(([, named]) => named !== version)
      .map(([file, named]) => `${file} names version ${String(named)}, not ${version}.`),
    ...(listed?.version === version
      ? []
      : [`content/releases.yaml does not begin with ${version}, its date and its note.`]),
    ...(changes === ''
      ? [`CHANGELOG.md has no heading "## ${version} (day)".`]
      : listed?.version === version && !changes.startsWith(`## ${version} (${listed.date})`)
        ? [`CHANGELOG.md says another day than content/releases.yaml: ${listed.date}.`]
        : []),
    ...embeds
      .filter(({ id }) => !isMeasured(id))
      .map(({ id }) => `The embed ${id} was not measured: run npm run heights.`),
  ];
}
