import { describe, expect, it } from 'vitest';
import { contentOfBuild } from '../../../src/site/content.ts';
import { lawResultsSchema } from '../../../src/site/schemas/laws.ts';
import { knobsAt, levelId, levels, movesAt, toggled } from '../../../src/view/laws/game.ts';
import { parOf } from '../../../src/view/laws/par.ts';
import { findingIn } from '../../../src/view/laws/table.ts';
import { safetyOf } from '../../../src/view/stage/signs.ts';
import { isWithin, setOf } from '../../../src/world/laws/powers.ts';
import { protectionIds, protectionOf } from '../../../src/world/laws/rows.ts';
import { outcomeOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';

const results = contentOfBuild('laws/results.json', lawResultsSchema);

describe('the attacker’s game', () => {
  it.each(levels.map((level) => [levelId(level), level] as const))(
    '%s: par does it, one move less does not, and it can be won where the law is broken',
    (_id, level) => {
      const par = parOf(level);
      const isWon = (moves: NonNullable<typeof par>) =>
        safetyOf[outcomeOfKnobs(knobsAt(level, moves)).verdict] === 'unsafe';
      if (par !== undefined) {
        expect(isWon(par)).toBe(true);
        for (const left of par)
          expect(isWon(par.filter((move) => move !== left)), left).toBe(false);
      }
      const row = protectionIds.find((id) => protectionOf[id] === level.protection) ?? '';
      const remembered = findingIn(results, 'while-remembered', row);
      const law =
        level.history === 'known' && remembered ? remembered : findingIn(results, 'secrecy', row);
      const allowed = setOf(level.isArmed ? 'LDBCPKZ' : 'LDB');
      expect(par !== undefined).toBe(
        law?.weakest.some(({ powers }) => isWithin(setOf(powers), allowed)),
      );
    },
  );

  it('has levels that can be won and levels that cannot', () => {
    const pars = levels.map((level) => parOf(level)?.length);
    expect(pars).toContain(undefined);
    expect(pars).toContain(1);
    expect(Math.max(...pars.map((par) => par ?? 0))).toBeGreaterThan(1);
  });

  it('keeps one move of a group, and takes back what is chosen again', () => {
    const once = toggled(['reads', 'forges-mx'], 'strips');
    expect(once).toEqual(['forges-mx', 'strips']);
    expect(toggled(once, 'strips')).toEqual(['forges-mx']);
    expect(movesAt({ isArmed: false }).flat()).not.toContain('zone-key');
    expect(movesAt({ isArmed: true }).flat()).toContain('zone-key');
  });
});
