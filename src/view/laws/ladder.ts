/** What somebody must be able to do: the minimal sets of powers that break one law, as dots joined by a line. */
import { scaleBand } from 'd3-scale';
import { powers } from '../../world/laws/powers.ts';
import type { LawId } from '../../world/laws/law.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';
import { columnsOf, findingIn, powersOf, type PowerId, type Results } from './table.ts';

export interface Ladder {
  readonly width: number;
  readonly height: number;
  /** Where the head with the powers ends. */
  readonly head: number;
  readonly columns: readonly {
    readonly id: PowerId;
    readonly letter: string;
    readonly x: number;
    readonly width: number;
    readonly middle: number;
  }[];
  readonly groups: readonly {
    readonly protection: ProtectionId;
    readonly y: number;
    /** Empty: no attacker of the model breaks it. */
    readonly sets: readonly {
      readonly powers: readonly PowerId[];
      readonly y: number;
      readonly dots: readonly number[];
    }[];
  }[];
}

const rowHeight = 30;

export function ladderOf(
  results: Results,
  law: LawId,
  width: number,
  left: number,
  head: number,
): Ladder {
  const ids = powers.map(({ id }) => id);
  const band = scaleBand<PowerId>(ids, [left, width]).paddingInner(0.04);
  const middleOf = (id: PowerId) => (band(id) ?? 0) + band.bandwidth() / 2;
  let y = head;
  const groups = columnsOf(results).flatMap(({ id, protection }) => {
    const finding = findingIn(results, law, id);
    if (finding === undefined) return [];
    const start = y;
    const sets = finding.weakest.map((each, index) => {
      const own = powersOf(each.powers);
      return { powers: own, y: start + 26 + index * rowHeight, dots: own.map(middleOf) };
    });
    y = start + 22 + Math.max(1, sets.length) * rowHeight;
    return [{ protection, y: start, sets }];
  });
  return {
    width,
    height: y,
    head,
    columns: powers.map(({ id, letter }) => ({
      id,
      letter,
      x: band(id) ?? 0,
      width: band.bandwidth(),
      middle: middleOf(id),
    })),
    groups,
  };
}
