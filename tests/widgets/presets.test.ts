import { describe, expect, it } from 'vitest';
import { formatKnobs } from '../../src/world/knobs.ts';
import { presetIds, presetKnobs, presetsIn } from '../../src/widgets/simulator/presets.ts';
import { settle } from '../../src/widgets/simulator/knob-groups.ts';
import { readWords } from '../../src/words/read.ts';
import { sayWith } from '../../src/words/say.ts';

describe('the named situations', () => {
  it('are at least twenty-four, no two the same', () => {
    const settings = presetIds.map((id) => JSON.stringify(formatKnobs(presetKnobs(id))));
    expect(settings.length).toBeGreaterThanOrEqual(24);
    expect(new Set(settings).size).toBe(settings.length);
  });
  it.each(presetIds)('%s does not contradict itself', (id) => {
    expect(settle(presetKnobs(id)).yielded).toEqual([]);
  });
  const words = readWords();
  it.each(['nl', 'en'] as const)('have a title and a lesson of one sentence in %s', (lang) => {
    for (const { title, lesson } of presetsIn(sayWith(words[lang], lang))) {
      expect(title).not.toMatch(/^preset\./);
      expect(lesson).toMatch(/^[^.?!]+[.]$/);
    }
  });
});
