/** A message that nothing says is translated and reviewed for nothing: every key is said somewhere in `src`. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWords } from '../../src/words/read.ts';

/** Rooms whose ids have dots of their own: rules, situations, knob values, parts of messages on the wire. */
const dotted = ['rule', 'situation', 'knob', 'wire', 'burden', 'scene', 'stage'];

/** Keys written out, and patterns of those that are put together: `` `lookup.status.${status}` ``. */
function saidIn(texts: readonly string[]) {
  const literal = new Set<string>();
  const patterns = new Set<string>();
  for (const text of texts) {
    for (const [, key = ''] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w@-]+)+)['"`]/gi))
      literal.add(key);
    for (const [template] of text.matchAll(/`[a-z][\w-]*\.(?:[\w.@-]|\$\{[^`]*?\})*`/gi)) {
      const parts = template.slice(1, -1).split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
      const filling = dotted.includes(/^[\w-]+/.exec(template.slice(1))?.[0] ?? '')
        ? '.*'
        : '[\\w@-]*';
      if (parts.length > 1)
        patterns.add(parts.map((part) => part.replaceAll('.', '\\.')).join(filling));
    }
  }
  const expressions = [...patterns].map((pattern) => new RegExp(`^${pattern}$`));
  // What the stage says, it says shorter where it is narrow.
  return (key: string) => {
    const whole = key.replace(/^(stage|scene)(\..+)\.narrow$/, '$1$2');
    return literal.has(whole) || expressions.some((each) => each.test(whole));
  };
}

/** Its ids are the ends of `wire.` keys, and look like whole keys of other rooms. */
const wireIds = 'src/widgets/parts/wire.ts';

const isSaid = saidIn(
  [...globSync('src/**/*.{ts,svelte,astro}'), ...globSync('content/articles/**/*.mdx')]
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
