import { type Belief, verdicts } from '../../src/core/verdict.ts';
import { describe, expect, it } from 'vitest';
import { signs } from '../../src/view/stage/signs.ts';
import { gapOf } from '../../src/view/verdict.ts';
import { readWords } from '../../src/command-line/read-messages.ts';

describe('what happened beside what the sender believes', () => {
  const cases = [
    ['delivered-to-attacker', 'proven', 'false-security'],
    ['delivered-to-attacker', 'encrypted', 'false-security'],
    ['delivered-readable', 'proven', 'false-security'],
    ['delivered-readable', 'encrypted', 'false-security'],
    ['delivered-unproven', 'proven', 'false-security'],
    ['delivered-to-attacker', 'readable', 'unaware'],
    ['delivered-proven', 'encrypted', 'modest'],
    ['delivered-proven', 'proven', 'none'],
    ['delivered-unproven', 'encrypted', 'none'],
    ['delivered-readable', 'readable', 'none'],
    ['waits', 'undelivered', 'none'],
    ['refused', 'undelivered', 'none'],
  ] as const;
  it.each(cases)('%s, believed %s: %s', (verdict, belief, gap) => {
    expect(gapOf({ verdict, belief })).toBe(gap);
  });
});

describe('verdicts never rest on colour alone', () => {
  it('no two verdicts share a shape', () => {
    const shapes = verdicts.map((verdict) => JSON.stringify(signs[verdict]));
    expect(new Set(shapes).size).toBe(verdicts.length);
  });
  const words = readWords();
  it.each(['nl', 'en'] as const)('each has a word of its own, long and short, in %s', (lang) => {
    for (const suffix of ['', '.short']) {
      const spoken = verdicts.map((verdict) => words[lang][`verdict.${verdict}${suffix}`]);
      expect(spoken).not.toContain(undefined);
      expect(new Set(spoken).size).toBe(verdicts.length);
    }
    const beliefs: Belief[] = ['proven', 'encrypted', 'readable', 'undelivered'];
    for (const belief of beliefs) expect(words[lang]).toHaveProperty([`belief.${belief}`]);
  });
});
