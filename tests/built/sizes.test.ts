/**
 * The size rule: script in gzip before the first press or scroll. What an action loads later is not
 * counted; the chunks that islands load lazily by `import()` are such.
 */
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtPages, root } from './site.ts';

const kB = 1000;
/** Pages by what they hold; an article without a widget has no script at all. */
const budgets: readonly [pattern: RegExp, bytes: number][] = [
  [/\/(controle|check|gereedschap|tools)\/$/, 60 * kB],
  [/\/(zoeken|search|insluiten|embedding|corpus)\/$/, 20 * kB],
  [
    /\/(hoe-het-werkt|how-it-works|eerste-contact|first-contact|vergelijking|comparison|beheerlast|burden|criteria|sinds-2016|since-2016)\/$|\/embed\//,
    35 * kB,
  ],
  [/.*/, 0],
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

/** Islands far down a page that are fetched when they are scrolled to; never what a page opens with. */
const onScroll = /<astro-island\b(?=[^>]*\sclient="visible")[^>]*>/g;

test.each(builtPages())('$path keeps to its size', ({ path, html }) => {
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => gzipSync(text).length,
  );
  const entries = [
    ...html
      .replace(onScroll, '')
      .matchAll(/\s(?:src|component-url|renderer-url|before-hydration-url)="(\/[^"]+\.js)"/g),
  ].map(([, file = '']) => file);
  const files = new Set(entries.flatMap((file) => [...closure(file)]));
  const bytes =
    inline.reduce((sum, size) => sum + size, 0) +
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(root, file))).length, 0);
  const budget = budgets.find(([pattern]) => pattern.test(path))?.[1] ?? 0;
  expect(bytes).toBeLessThanOrEqual(budget);
});
