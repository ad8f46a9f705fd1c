/** A message that nothing says is translated and reviewed for nothing: every key is said somewhere in `src`, or by a command that makes documents. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { saidIn } from '../../house/words.ts';

/** Its ids are the ends of `wire.` keys, and look like whole keys of other rooms. */
const wireIds = 'src/view/trace/wire.ts';

const isSaid = saidIn(
  [...globSync('{src,commands}/**/*.{ts,svelte,astro}'), ...globSync('content/articles/**/*.mdx')]
    .filter((file) => file !== wireIds)
    .map((file) => readFileSync(file, 'utf8')),
);

test('every message is said somewhere', () => {
  const keys = Object.keys(readWords().nl);
  expect(keys.length).toBeGreaterThan(1500);
  expect(keys.filter((key) => !isSaid(key))).toEqual([]);
});

test('a message that nobody says is found, also beside others of its room', () => {
  expect(isSaid('lookup.actions.nobody')).toBe(true);
  for (const key of ['lookup.nobody-says', 'lookup.fault.no-record', 'player.keys', 'nobody.says'])
    expect([key, isSaid(key)]).toEqual([key, false]);
});
