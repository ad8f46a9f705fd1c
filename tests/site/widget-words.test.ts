/**
 * A widget gets the messages whose keys begin with one of the prefixes in its `…Here.astro`. Each key that its code
 * can say must be among them: what the component imports is followed, and every key there looked up.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readWords } from '../../src/command-line/read-messages.ts';
import { senderRooms } from '../../src/site/facts/clauses.ts';
import { saidIn } from '../house/words.ts';

const keys = Object.keys(readWords().nl);
const read = (file: string) => readFileSync(file, 'utf8');

/** The code that a component brings along: its own floor and the views, also what is loaded later. */
function closure(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !existsSync(file) || !/^src\/(widgets|view)\//.test(file)) return seen;
  seen.add(file);
  const code = read(file).replace(/\bimport type [\s\S]*?;/g, '');
  for (const [, path = ''] of code.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"?]+)['"?]/g))
    closure(join(dirname(file), path), seen);
  return seen;
}

/** Where a page says which messages a widget gets: the text from `begin` to the end of that call. */
function prefixesIn(astro: string, begin: string): readonly string[] {
  const text = read(`src/site/widgets/${astro}.astro`);
  const start = text.indexOf(begin);
  expect(start, `${astro}: ${begin}`).toBeGreaterThan(0);
  const call = text.slice(start, text.indexOf(')', text.indexOf('(', start)));
  const rules = call.includes('senderRooms') ? senderRooms.map((room) => `rule.${room}.`) : [];
  return [...[...call.matchAll(/'([\w.-]+)'/g)].map(([, prefix = '']) => prefix), ...rules];
}

const shared = prefixesIn('ToolsHere', 'const shared = [');
/** What a simulator gets at its first step: `deferred-messages.ts`. */
const later = ['wire.', 'departure'];
/** What a resolver proves is no step of a sender. */
const ofResolvers = 'rule.dnssec.';

/** The component; what it gets; what the code that it shares with others says, and it never shows. */
const widgets: readonly (readonly [string, readonly string[], ...never: readonly string[]])[] = [
  ['matrix/Matrix', prefixesIn('MatrixHere', 'wordsFor(lang')],
  ['burden/Burden', prefixesIn('BurdenHere', 'wordsFor(lang')],
  ['criteria/Criteria', prefixesIn('CriteriaHere', 'wordsFor(lang')],
  ['first-contact/FirstContact', prefixesIn('FirstContactHere', 'wordsFor(lang')],
  // The deliveries of the story name their words themselves: their keys are collected from them.
  ['first-contact/StoryLive', prefixesIn('StoryHere', 'wordsFor(lang')],
  ['simulator/Simulator', [...prefixesIn('SimulatorHere', 'wordsFor(lang'), ...later], ofResolvers],
  ['laws/Game', prefixesIn('GameHere', 'wordsFor(lang'), 'rule.'],
  ['lookup/Lookup', prefixesIn('CheckHere', 'wordsFor(lang')],
  ['lookup/RecordedAttack', prefixesIn('RecordedCheck', 'wordsFor(lang')],
  ['lists/Lists', prefixesIn('ListsHere', 'wordsFor(lang')],
  [
    'tools/certificate/CertificateCheck',
    [...shared, ...prefixesIn('ToolsHere', "words('tools.', 'situation.pem")],
  ],
  ['tools/publish/Publish', [...shared, ...prefixesIn('ToolsHere', "words('tools.', 'plan")]],
  ['tools/report/ReportReader', [...shared, ...prefixesIn('ToolsHere', "words('tools.report")]],
];

/** The code as its keys are looked for: a note of the wire is the end of a key, a situation that of its room. */
const toldIn = (file: string): string =>
  read(file)
    .replaceAll(/situationKey\(\s*'([\w-]+)'/g, '`situation.$1.${situation}`')
    .replace(/^\s*\): MessageKey => `situation.*$|^\): MessageKey => `situation.*$/m, '');
const notesOnly = /\/trace\/(wire|octets)\.ts$/;

test.each(widgets)('%s has every message that it can say', (...given) => {
  const [component, prefixes, ...never] = given as unknown as (typeof widgets)[number];
  const files = [...closure(`src/widgets/${component}.svelte`)];
  expect(files.length).toBeGreaterThan(3);
  expect(prefixes.length).toBeGreaterThan(2);
  const isSaid = saidIn([
    ...files.filter((file) => !notesOnly.test(file)).map(toldIn),
    ...(files.some((file) => notesOnly.test(file)) ? ['`wire.${note}`'] : []),
  ]);
  const covered = [...prefixes, ...never];
  expect(
    keys.filter((key) => isSaid(key) && !covered.some((prefix) => key.startsWith(prefix))),
  ).toEqual([]);
});

test('a message that a widget says and does not get is found', () => {
  const files = [...closure('src/widgets/matrix/Matrix.svelte')];
  expect(files).toContain('src/view/matrix/axes.ts');
  const isSaid = saidIn(files.map(toldIn));
  expect(isSaid('matrix.caption')).toBe(true);
  expect(isSaid('lookup.title')).toBe(false);
});
