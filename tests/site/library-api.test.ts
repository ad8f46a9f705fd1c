/** The page of the library says what the library is. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { examples, subpaths } from '../../src/site/library/api.ts';

const all = subpaths();

describe.each(all.map((each) => [each.name, each] as const))('sts-dane/%s', (name, subpath) => {
  test('says what it is for, and is in the table of docs/library.md', () => {
    expect(subpath.says.length).toBeGreaterThan(40);
    expect(readFileSync('docs/library.md', 'utf8')).toContain(`\`sts-dane/${name}\``);
  });

  test('says of every function and value what it does', () => {
    const calls = subpath.members.filter(({ kind }) => kind !== 'type');
    expect(calls.length).toBeGreaterThan(0);
    expect(calls.filter(({ says }) => says.length === 0).map((each) => each.name)).toEqual([]);
  });

  test('shows declarations without what they do', () => {
    for (const { declaration, kind } of subpath.members) {
      expect(declaration).not.toMatch(/^export\b|\breturn\b|=>\s*$/);
      if (kind === 'function') expect(declaration).toContain('(');
    }
  });
});

test('five examples, each with a name for its file', () => {
  const found = examples();
  expect(found).toHaveLength(5);
  for (const { code } of found) expect(code).toMatch(/^\/\/ [\w-]+\.m?js\n/);
});
