/** What a reader sees of each situation in the menu, as text, kept beside this test in both languages. */
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { printRun } from '../../src/view/trace/printed.ts';
import { rowsOf } from '../../src/view/trace/rows.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { runOf, scenarios } from './every.ts';

const folder = fileURLToPath(new URL('./traces/', import.meta.url));
const inMenu = scenarios.filter(({ menu }) => menu !== false);
const words = readWords();

describe.each(['nl', 'en'] as const)('the printed trace in %s of', (lang) => {
  it.each(inMenu.map((each) => [each.id, each] as const))(
    '%s is the one on file',
    async (id, each) => {
      const run = runOf(each);
      const printed = printRun(rowsOf(run), run.outcome, sayWith(words[lang], lang));
      // A message that is not there shows as its key.
      expect(printed).not.toMatch(/\b(rule|exchange|cast|source|verdict|belief)\.[a-z]/);
      const file = `${folder}${id}.${lang}.txt`;
      // A new situation is put on file by its first run; to see it there is for whoever commits it.
      if (!existsSync(file)) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, printed);
      }
      await expect(printed).toMatchFileSnapshot(file);
    },
  );
});

it('no trace is kept of a situation that is gone', () => {
  const ids = new Set(inMenu.map(({ id }) => id));
  const kept = globSync('*.txt', { cwd: folder }).map((file) =>
    file.replace(/\.(nl|en)\.txt$/, ''),
  );
  expect(kept.filter((id) => !ids.has(id))).toEqual([]);
});
