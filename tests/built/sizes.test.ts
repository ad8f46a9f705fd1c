/**
 * The size rules of a first visit, computed from the files: script in gzip before the first press or
 * scroll; all that is moved; requests; elements. What an action loads later is not counted; the chunks
 * that islands load lazily by `import()` are such. `npm run bench:pages` measures the same in a browser.
 */
import { expect, test } from 'vitest';
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compactEmbeds } from '../../src/site/routes.ts';
import { builtPages, root } from './site.ts';

const kB = 1000;
/**
 * Script of a page by what it holds: of one who reads, and of one who comes to everything on it. An article
 * without a widget has no script at all.
 */
const budgets: readonly [pattern: RegExp, readBytes: number, usedBytes: number][] = [
  [/\/embed\/check\/(recorded\/)?$/, 4 * kB, 101 * kB],
  // The check has the record of each task ready to copy, and a control that makes way hands on the focus.
  [/\/(controle|check|gereedschap|tools)\/$/, 4 * kB, 113.5 * kB],
  [/\/(zoeken|search|insluiten|embedding|corpus)\/$/, 20 * kB, 20 * kB],
  [
    /\/(hoe-het-werkt|how-it-works|eerste-contact|first-contact|vergelijking|comparison|beheerlast|burden|criteria|sinds-2016|since-2016|keuzes|choices)\/$|\/embed\/|^\/(en\/)?$/,
    4 * kB,
    // The simulator shows the days before a delivery too, and a list where the stage does not fit. Its session is
    // a file of its own, because the embed of one scene starts it as well.
    44.1 * kB,
  ],
  [/.*/, 0, 0],
];

/** A script and everything it imports at once. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g))
    closure(join(dirname(file), path), seen);
  return seen;
}

/** Islands whose script is fetched when their reader is there, or scrolls to them. */
const waiting = /<astro-island\b(?=[^>]*\sclient="(?:use|visible)")[^>]*>/g;

const gzipped = (file: string): number => {
  const bytes = readFileSync(join(root, file));
  return /\.(woff2|png|webp)$/.test(file) ? bytes.length : gzipSync(bytes).length;
};
const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);

/** The scripts that a page names, each with what it imports. */
const scriptsOf = (html: string): readonly string[] => [
  ...new Set(
    [
      ...html.matchAll(
        /\s(?:src|component-url|renderer-url|before-hydration-url)="(\/[^"]+\.js)"/g,
      ),
    ].flatMap(([, file = '']) => [...closure(file)]),
  ),
];

/** What a browser fetches by itself when it opens the page, and the script of one who uses all of it. */
function firstVisit(html: string) {
  // What describes a page to search engines is data, and no script.
  const inlineScript = [
    ...html.matchAll(
      /<script(?![^>]*(?:\bsrc=|"application\/ld\+json"))[^>]*>([\s\S]*?)<\/script>/g,
    ),
  ].map(([, text = '']) => gzipSync(text).length);
  const scripts = scriptsOf(html.replace(waiting, ''));
  const links = [...html.matchAll(/<link\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => /\brel="(stylesheet|preload|modulepreload|icon)"/.test(tag))
    .map((tag) => /\bhref="([^"]+)"/.exec(tag)?.[1] ?? '');
  const other = [...new Set(links)].filter((file) => !scripts.includes(file));
  const scriptBytes = sum(scripts.map(gzipped));
  return {
    scriptBytes: sum(inlineScript) + scriptBytes,
    usedScriptBytes: sum(inlineScript) + sum(scriptsOf(html).map(gzipped)),
    // What its widgets are given comes with their script.
    givenBytes: sum(
      [...html.matchAll(/ data-deferred="([^"]+)"/g)].map(([, file = '']) => gzipped(file)),
    ),
    movedBytes: gzipSync(html).length + scriptBytes + sum(other.map(gzipped)),
    requests: 1 + scripts.length + other.length,
    elements:
      html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '<$1>').match(/<[a-z]/g)?.length ?? 0,
  };
}

/** Pages that compute with a visitor's own input from the start; all others are for reading. */
const isTool = (path: string): boolean =>
  /\/(controle|check|gereedschap|tools|hoe-het-werkt|how-it-works|embed\/simulator)\/$/.test(path);

const stylesheetsOf = (html: string): readonly string[] =>
  [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, file = '']) => file);

// An article may hold ten embeds: what they share, it moves once.
test.each(builtPages().filter(({ path }) => path.includes('/embed/')))(
  '$path moves no more than an article can bear',
  ({ path, html }) => {
    // Each island waits for its reader; any other would count here.
    expect(html).not.toMatch(/<astro-island[^>]*\sclient="(?!use")/);
    const shared = sum(stylesheetsOf(html).map(gzipped));
    expect(shared).toBeLessThanOrEqual(26 * kB);
    expect(firstVisit(html).movedBytes - shared).toBeLessThanOrEqual(
      // Ninety events with their sources are text, and there is no script to wait for.
      (path.endsWith('/timeline/') ? 24 : 16) * kB,
    );
  },
);

test.each(builtPages())(
  '$path has the style sheets that others have, and no more',
  ({ path, html }) => {
    // In either order: what widgets style, nothing else on a page does.
    const names = stylesheetsOf(html)
      .map((file) => /([^/]+)\.[\w-]+\.css$/.exec(file)?.[1])
      .sort();
    const shared = names.filter((name) => name === 'site' || name === 'widgets');
    expect([['site'], ['site', 'widgets']], path).toContainEqual(shared);
    // And at most one of what only pages of its kind show.
    expect(names.length - shared.length, path).toBeLessThanOrEqual(1);
  },
);

test('a component that is loaded later has its styles in a sheet', () => {
  const folder = join(root, '_astro');
  const scopes = (ending: string) =>
    new Set(
      readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .flatMap(
          (name) =>
            readFileSync(join(folder, name), 'utf8').match(/\bsvelte-[a-z0-9]{6,7}\b/g) ?? [],
        ),
    );
  const [used, styled] = [scopes('.js'), scopes('.css')];
  used.delete('svelte-trusted');
  expect(used.size).toBeGreaterThan(10);
  expect([...used].filter((scope) => !styled.has(scope))).toEqual([]);
});

test.each(builtPages().filter(({ path }) => /\/(insluiten|embedding)\/$/.test(path)))(
  '$path shows a glance at each figure and stays an article: its frames wait for their reader',
  ({ html }) => {
    const glances = [...html.matchAll(/<img\b[^>]*>/g)].map(([tag]) => tag);
    expect(glances.length).toBeGreaterThanOrEqual(7);
    for (const tag of glances) expect(tag).toContain('loading="lazy"');
    // On a slow line a browser fetches lazy pictures 2,500 pixels ahead: the figures for an article stand before them all.
    expect(html.indexOf('id="compact-chart"')).toBeLessThan(html.indexOf(glances[0] ?? ''));
    // Frames stand in what is folded, where a browser fetches none; those of compact figures wait to be near.
    const unfolded = html.replace(/<details\b[\s\S]*?<\/details>/g, '');
    const near = [...unfolded.matchAll(/<iframe src="\/[^>]*>/g)].map(([tag]) => tag);
    expect(near).toHaveLength(compactEmbeds.length);
    for (const tag of near) expect(tag).toContain('loading="lazy"');
    expect(html.match(/<iframe src="\//g)?.length).toBe(glances.length + near.length);
  },
);

test.each(builtPages())('$path keeps to its size', ({ path, html }) => {
  const { scriptBytes, usedScriptBytes, givenBytes, movedBytes, requests, elements } =
    firstVisit(html);
  const [, readBytes, usedBytes] = budgets.find(([pattern]) => pattern.test(path))!;
  expect(scriptBytes).toBeLessThanOrEqual(readBytes);
  expect(usedScriptBytes).toBeLessThanOrEqual(usedBytes);
  // First contact is whole without script: six scenes, each drawn wide and narrow.
  const isStory = /\/(eerste-contact|first-contact)\/$/.test(path) && !path.includes('/embed/');
  expect(movedBytes).toBeLessThanOrEqual((isStory ? 112 : 100) * kB);
  // The check has the words of the stage too, for the attacks that it shows, and what each task is to publish.
  expect(givenBytes).toBeLessThanOrEqual((/\/(controle|check)\/$/.test(path) ? 46 : 35) * kB);
  expect(requests).toBeLessThanOrEqual(isTool(path) ? 8 : 7);
  expect(elements).toBeLessThanOrEqual(4_500);
  expect(elements).toBeGreaterThan(20);
});

test('validator and codec weigh at most 23 kB in the page; with asking, anchors, signatures and digests 28 kB', () => {
  const folder = join(root, '_astro');
  // A release keeps the scripts of its own day, in the same folder.
  const kept = new Set(globSync('releases/*/_astro/*.js').map((file) => basename(file)));
  const holding = (mark: RegExp): string => {
    const found = readdirSync(folder).filter(
      (name) =>
        !kept.has(name) &&
        /(?<!\.worker-[^.]*)\.js$/.test(name) &&
        mark.test(readFileSync(join(folder, name), 'utf8')),
    );
    expect(found, String(mark)).toHaveLength(1);
    return `/_astro/${found[0]}`;
  };
  const validator = closure(holding(/function\*[^]*dnssec\.signature-misfit/));
  const live = new Set([...validator, ...closure(holding(/application\/dns-message/))]);
  // Ed448 comes apart, and only for a zone that uses it.
  for (const file of live) expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/SigEd448/);
  expect(sum([...validator].map(gzipped))).toBeLessThanOrEqual(23 * kB);
  expect(sum([...live].map(gzipped))).toBeLessThanOrEqual(28 * kB);
});
