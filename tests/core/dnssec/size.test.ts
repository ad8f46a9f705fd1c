/**
 * What validator and codec weigh in a page: at most 23 kB gzip, algorithm 16 apart. Our own sources
 * are measured without comments and indents and before names are shortened, so what is shipped is
 * smaller; the hashes of @noble/hashes, whole and shortened, are 5.7 kB of the 23.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import ts from 'typescript';

const packages = new Set<string>();

/** A source and all that it imports when it starts; types and `import()` are not among them. */
function closure(file: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
  if (seen.has(file)) return seen;
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      removeComments: true,
      verbatimModuleSyntax: true,
    },
  });
  seen.set(file, outputText.replaceAll(/^ +/gm, ''));
  for (const [, path = ''] of outputText.matchAll(
    /^(?:import|export)\b[^;]*?from ['"]([^'"]+)['"]/gm,
  ))
    if (path.startsWith('.')) closure(join(dirname(file), path), seen);
    else packages.add(path);
  return seen;
}

test('validator, codec and verifier stay below 23 kB gzip, and Ed448 is loaded apart', () => {
  const sources = [
    'core/dnssec/validate',
    'core/dnssec/policy',
    'core/dns/message',
    'world/live/verify',
  ];
  const seen = new Map<string, string>();
  for (const source of sources) closure(join('src', `${source}.ts`), seen);
  expect(seen.size).toBeGreaterThan(20);
  expect([...packages]).toEqual(['@noble/hashes/legacy.js', '@noble/hashes/sha2.js']);
  expect(gzipSync([...seen.values()].join('\n')).length).toBeLessThanOrEqual(17_350);
}, 60_000);
